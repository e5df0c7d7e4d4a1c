// What stands in the panel for one piece of evidence.
import { make, withCode } from "./dom.js";
import type { Language, Messages } from "./messages.js";
import type { ClaimFact, Evidence, TraceFact } from "./record.js";

/** Where the panel's links lead. */
export interface Places {
  /** The root that both languages share. */
  root: URL;
  language: Language;
}

const LIBRARIES: Record<string, string> = {
  torch: "PyTorch",
  pytorch: "PyTorch",
  mindspore: "MindSpore",
};
const PUBLISHED = "docs/data/";

function row(term: string, ...description: (Node | string)[]): HTMLElement[] {
  return [make("dt", {}, term), make("dd", {}, ...description)];
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
}

/** `PyTorch 2.13.0, MindSpore 2.10.0, device CPU, measured 2026-11-22`: what there is of it. */
export function versionsLine(versions: Record<string, string>, messages: Messages): string {
  const names = Object.keys(LIBRARIES).filter((name) => versions[name]);
  const parts = names.map((name) => `${LIBRARIES[name]} ${versions[name]}`);
  if (versions.device) parts.push(messages.device(versions.device));
  if (versions.date) parts.push(messages.date(versions.date));
  return parts.join(", ");
}

function file(path: string, root: URL): HTMLElement {
  const code = make("code", {}, path);
  if (!path.startsWith(PUBLISHED)) return code;
  const href = new URL(`data/${path.slice(PUBLISHED.length)}`, root).href;
  return make("a", { href }, code);
}

function traceView(fact: TraceFact, places: Places, messages: Messages): HTMLElement {
  const files = fact.source.map((path) => make("li", {}, file(path, places.root)));
  return make(
    "dl",
    {},
    ...row(messages.measured, shown(fact.value)),
    ...row(messages.how, ...withCode(fact.how[places.language])),
    ...(Object.keys(fact.versions).length
      ? row(messages.versions, versionsLine(fact.versions, messages))
      : []),
    ...row(messages.traces, make("ul", {}, ...files)),
  );
}

function measurement(fact: ClaimFact, messages: Messages): HTMLElement[] {
  // Names and expectations are the check's own words.
  const name = make("span", { lang: "en" }, ...withCode(fact.measurement));
  return row(
    messages.measured,
    name,
    messages.colon,
    make("b", {}, shown(fact.value)),
    make("br", {}),
    messages.expected,
    messages.colon,
    make("span", { lang: "en" }, fact.expected),
  );
}

function claimView(
  evidence: Extract<Evidence, { kind: "claim" }>,
  places: Places,
  messages: Messages,
): HTMLElement {
  const { claim, id, facts, environment } = evidence;
  const page = new URL(`${places.language === "en" ? "en/" : ""}evidence/#${id}`, places.root);
  return make(
    "dl",
    {},
    ...row(messages.statement, ...withCode(claim.statement[places.language])),
    ...facts.flatMap((fact) => measurement(fact, messages)),
    ...row(messages.verdict, messages.verdicts[claim.verdict] ?? claim.verdict),
    ...row(messages.versions, versionsLine(environment, messages)),
    ...row(messages.check, make("code", {}, claim.source)),
    ...row(messages.all, make("a", { href: page.href }, make("code", {}, id))),
  );
}

/** Draws a piece of evidence. */
export function panelView(evidence: Evidence, places: Places, messages: Messages): HTMLElement {
  return evidence.kind === "trace"
    ? traceView(evidence.fact, places, messages)
    : claimView(evidence, places, messages);
}
