// @vitest-environment node
// DESIGN 3: charts know nothing of Pyodide, the worker nothing of the DOM, and only the playground wires them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCE = "site_src";
const ALLOWED: Record<string, RegExp> = {
  trace: /^\.\//,
  i18n: /^\.\//,
  evidence: /^\.\//,
  worker: /^(\.\/|comlink$|pyodide$)/,
  charts: /^(\.\/|\.\.\/trace\/|@observablehq\/plot$)/,
  views: /^(\.\/|\.\.\/(trace|charts|i18n)\/|lit$)/,
  inspector: /^(\.\/|\.\.\/(trace|charts|i18n)\/|lit$|lit\/)/,
  sweep: /^(\.\/|\.\.\/(trace|charts|i18n|views)\/|lit$|lit\/)/,
  own_code: /^(\.\/|\.\.\/(trace|charts|i18n)\/|lit$|@codemirror\/|@lezer\/)/,
  leave: /^(\.\/|\.\.\/(trace|i18n)\/|lit$)/,
  verify: /^(\.\/|\.\.\/(charts|i18n)\/|lit$)/,
  playground:
    /^(\.\/|\.\.\/(trace|charts|i18n)\/|\.\.\/(views|inspector|sweep|own_code|leave|verify)\/(element\.js|code\.js|delay\.js|\w+\.css|code_mirror\.js)$|lit\/|\.\.\/worker\/(runtime|visit|protocol|failure)\.js$|lit$)/,
  amplification:
    /^(\.\/|\.\.\/(trace|charts|i18n)\/|\.\.\/worker\/(runtime|visit|protocol|failure)\.js$|\.\.\/playground\/(load|status_view|failure_sentence|css\.d|playground\.css)|lit$)/,
};

it.each(Object.keys(ALLOWED))("%s imports what it may", (folder) => {
  for (const name of readdirSync(join(SOURCE, folder)).filter((file) => file.endsWith(".ts"))) {
    const text = readFileSync(join(SOURCE, folder, name), "utf8");
    for (const [, target] of text.matchAll(/(?:from|import) "([^"]+)"/g)) {
      expect(target, `${folder}/${name}`).toMatch(ALLOWED[folder] as RegExp);
    }
  }
});

it("the worker's thread does not touch a document", () => {
  for (const name of readdirSync(join(SOURCE, "worker"))) {
    expect(readFileSync(join(SOURCE, "worker", name), "utf8"), name).not.toMatch(/\b(document|window)\./);
  }
});
