import { describe, expect, it } from "vitest";
import { en } from "../../site_src/i18n/en.js";
import { messagesFor } from "../../site_src/i18n/messages.js";
import { zh } from "../../site_src/i18n/zh.js";
import { failureSentence } from "../../site_src/playground/failure_sentence.js";
import type { Failure } from "../../site_src/worker/protocol.js";

function leaves(value: object, path = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === "object" ? leaves(item, `${path}${key}.`) : [[path + key, item] as [string, unknown]],
  );
}

describe("messages", () => {
  it("are there in both languages, of the same kind", () => {
    const kinds = (messages: object) => leaves(messages).map(([key, value]) => [key, typeof value]);
    expect(kinds(en)).toEqual(kinds(zh));
  });

  it("are in Chinese and in English", () => {
    const plain = (messages: object) => leaves(messages).filter(([, value]) => typeof value === "string");
    expect(plain(en).filter(([, value]) => /\p{Script=Han}/u.test(value as string))).toEqual([]);
    // Names of programs, optimizers and quantities are the same in both.
    const name = /^(PyTorch|MindSpore|NumPy|AdamW|AdamWeightDecay|experimental AdamW|m|v)$/;
    const chinese = plain(zh).filter(([, value]) => !name.test(value as string));
    expect(chinese.filter(([, value]) => !/\p{Script=Han}/u.test(value as string))).toEqual([]);
  });

  it.each([
    ["zh", zh],
    ["zh-CN", zh],
    ["en", en],
    ["en-US", en],
    ["", zh],
  ])("for %s", (lang, messages) => expect(messagesFor(lang)).toBe(messages));
});

describe("failures", () => {
  const failures: Failure[] = [
    { kind: "missing", file: "a.wasm", status: 404 },
    { kind: "corrupt", file: "a.wasm" },
    { kind: "network", file: "a.wasm" },
  ];

  it.each(failures)("$kind is one sentence that names the file", (failure) => {
    for (const [messages, end] of [
      [zh, "。"],
      [en, "."],
    ] as const) {
      const sentence = failureSentence(failure, messages);
      expect(sentence).toContain("a.wasm");
      expect(sentence.endsWith(end)).toBe(true);
      expect(sentence).not.toContain("\n");
    }
  });
});
