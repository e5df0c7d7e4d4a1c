import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultHyperparameters, defaultOptions, defaultState } from "../../site_src/playground/defaults.js";
import {
  fragmentOf,
  isStateFragment,
  LONGEST_LINK,
  stateOfFragment,
} from "../../site_src/playground/link.js";
import { placesOf } from "../../site_src/playground/roles.js";
import { ALGORITHMS, type Setting, type State } from "../../site_src/playground/state.js";
import { configuration } from "./samples.js";

// Zero has one sign in a state.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const name = fc
  .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
  .filter((text) => text.trim() !== "");
const code = fc.option(fc.string({ maxLength: 400, unit: "grapheme" }), { nil: null });
const whole = (max: number, min = 0) => fc.integer({ min, max });

/** Anything of the same kinds as these values. */
function alike(values: Record<string, Setting>): fc.Arbitrary<Record<string, Setting>> {
  const kinds = placesOf(values).map(({ value }) =>
    typeof value === "boolean" ? fc.boolean() : typeof value === "string" ? name : number,
  );
  return fc.tuple(...kinds).map((drawn) => {
    const rest = [...drawn];
    const entries = Object.entries(values).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(() => rest.shift()) : rest.shift(),
    ]);
    return Object.fromEntries(entries) as Record<string, Setting>;
  });
}

const side = fc.constantFrom(...ALGORITHMS).chain((algorithm) =>
  fc.record({
    algorithm: fc.constant(algorithm),
    hyperparameters: alike(defaultHyperparameters(configuration, algorithm)),
  }),
);
const schedule = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const) }),
  fc.record({ kind: fc.constant("warmup" as const), warmup_steps: whole(1_000_000) }),
  fc.record({
    kind: fc.constant("cosine" as const),
    warmup_steps: whole(1_000_000),
    minimum_ratio: number,
  }),
  fc.record({
    kind: fc.constant("list" as const),
    values: fc.array(number, { minLength: 1, maxLength: 50 }),
  }),
);
const problem = fc
  .constantFrom(...configuration.problems.map((p) => p.name))
  .chain((chosen) =>
    fc.record({ problem: fc.constant(chosen), options: alike(defaultOptions(configuration, chosen)) }),
  );
const states: fc.Arbitrary<State> = problem.chain((chosen) =>
  fc
    .record({
      left: side,
      right: side,
      schedule,
      steps: whole(1_000_000, 1),
      seed: whole(2 ** 32 - 1),
      code: fc.record({
        loss: code,
        start: fc.array(number, { minLength: 1, maxLength: 6 }),
        rules: fc.record({ left: code, right: code }),
      }),
    })
    .map((rest) => ({ ...chosen, ...rest })),
);

const encode = (value: unknown) =>
  `#s=${btoa(String.fromCharCode(...new TextEncoder().encode(String(value))))}`;
const encodeJson = (value: unknown) => encode(JSON.stringify(value));

describe("a link", () => {
  it("gives back 1,000 random states exactly", () => {
    fc.assert(
      fc.property(states, (state) => {
        const { state: found, ignored } = stateOfFragment(fragmentOf(state), configuration);
        expect(found).toEqual(state);
        expect(ignored).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("is made of characters that chats and mail leave alone", () => {
    fc.assert(fc.property(states, (state) => /^#s=[A-Za-z0-9_-]+$/.test(fragmentOf(state))));
  });

  it("is told from the fragments of headings", () => {
    expect(isStateFragment(fragmentOf(defaultState(configuration)))).toBe(true);
    expect(["", "#", "#things-to-try", "#s", "#spectrum"].filter(isStateFragment)).toEqual([]);
  });
});

/** Whatever came of a link, it has to be a state that the page can show. */
function expectState(state: State): void {
  expect(configuration.problems.map((p) => p.name)).toContain(state.problem);
  expect(Object.keys(state.options)).toEqual(Object.keys(defaultOptions(configuration, state.problem)));
  for (const { algorithm, hyperparameters } of [state.left, state.right]) {
    const known = defaultHyperparameters(configuration, algorithm);
    expect(Object.keys(hyperparameters)).toEqual(Object.keys(known));
    for (const { value } of placesOf(hyperparameters)) expect(value).not.toBeNaN();
  }
  expect(Number.isInteger(state.steps) && state.steps >= 1 && state.steps <= 1_000_000).toBe(true);
  expect(Object.keys(state)).toHaveLength(8);
}

/** Code that notices if anything runs it. */
const ran: string[] = [];
Object.assign(globalThis, { ranFromALink: (what: string) => ran.push(what) });
const SCRIPT = "globalThis.ranFromALink('script')";
const scripts = fc.constantFrom(
  SCRIPT,
  `<img src=x onerror="${SCRIPT}">`,
  `<script>${SCRIPT}</script>`,
  `javascript:${SCRIPT}`,
  `\${${SCRIPT}}`,
  `{{constructor.constructor("${SCRIPT}")()}}`,
  "__import__('os').system('true')",
);
const oddities = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  1e308,
  "NaN",
  "Infinity",
  [],
  {},
  "x".repeat(5000),
  [[[[]]]],
  { toString: "x", valueOf: 1 },
  { constructor: { prototype: { hostile: true } } },
  ["__proto__"],
);
const anything = fc.oneof(
  scripts,
  oddities,
  fc.jsonValue({ maxDepth: 6 }),
  fc.double(),
  fc.anything().filter((value) => typeof value !== "bigint" && typeof value !== "symbol"),
);

/** JSON, or half of it where a value has none. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "{";
  }
}

/** A valid link of which one part, somewhere, is something else. */
const mutated = fc
  .tuple(states, fc.array(fc.nat(7), { maxLength: 4 }), anything, scripts)
  .map(([state, way, odd, key]) => {
    const root = { v: 1, ...structuredClone(state) } as Record<string, unknown>;
    let at: Record<string, unknown> = root;
    for (const turn of way.slice(0, -1)) {
      const next = Object.values(at)[turn % Math.max(1, Object.keys(at).length)];
      if (typeof next === "object" && next !== null) at = next as Record<string, unknown>;
    }
    const keys = Object.keys(at);
    const turn = way.at(-1) ?? 0;
    at[turn < 6 ? (keys[turn % Math.max(1, keys.length)] ?? key) : key] = odd;
    return encode(textOf(root));
  });
const cut = fc.tuple(states, fc.nat(1000), fc.string({ maxLength: 5 })).map(([state, at, text]) => {
  const fragment = fragmentOf(state);
  const place = 3 + (at % (fragment.length - 3));
  return fragment.slice(0, place) + text + fragment.slice(place + text.length + (at % 3));
});
const deep = fc.nat(20_000).map((depth) => encode("[".repeat(depth) + "]".repeat(depth % 7 ? depth : 0)));
const polluted = fc
  .constantFrom("__proto__", "constructor", "prototype", "hasOwnProperty", "toString")
  .chain((key) =>
    fc.constantFrom(
      `{"v":1,"${key}":{"hostile":true,"problem":"quadratic"}}`,
      `{"v":1,"left":{"algorithm":"${key}","hyperparameters":{"${key}":{"lr":1}}}}`,
      `{"v":1,"problem":"${key}","options":{"${key}":[1,2]}}`,
      `{"v":1,"schedule":{"kind":"${key}"},"code":{"rules":{"${key}":"x"},"${key}":1}}`,
    ),
  )
  .map(encode);
const hostile = fc.oneof(
  fc.string({ maxLength: 200, unit: "binary" }).map((text) => `#s=${text}`),
  fc.string({ maxLength: 200, unit: "grapheme" }).map(encode),
  scripts.map((script) => `#s=${script}`),
  scripts.map(encode),
  anything.map((value) => encode(textOf(value))),
  { arbitrary: mutated, weight: 6 },
  cut,
  deep,
  polluted,
);

describe("a hostile link", () => {
  it("throws nothing, runs nothing and gives a state: 5,000 of them", () => {
    fc.assert(
      fc.property(hostile, (fragment) => {
        const { state, ignored } = stateOfFragment(fragment, configuration);
        expectState(state);
        expect(ignored.every((part) => part.length < 100)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(ran).toEqual([]);
    expect(({} as Record<string, unknown>).hostile).toBeUndefined();
  });

  it("is refused as a whole where it is too long", () => {
    expect(stateOfFragment(`#s=${"A".repeat(LONGEST_LINK)}`, configuration).ignored).toEqual(["*"]);
  });

  it.each([
    ["of another version", { v: 2 }],
    ["without a version", {}],
    ["that is a list", [1]],
    ["that is a number", 1],
    ["that is nothing", null],
  ])("is refused as a whole where it is one %s", (_, value) => {
    const { state, ignored } = stateOfFragment(encodeJson(value), configuration);
    expect(ignored).toEqual(["*"]);
    expect(state).toEqual(defaultState(configuration));
  });

  it("keeps the parts that are good, and names the others", () => {
    const state = { v: 1, ...defaultState(configuration), seed: 7, steps: 0.5, evil: 1 };
    const left = { ...state.left, hyperparameters: { ...state.left.hyperparameters, lr: "1", foo: 2 } };
    const { state: found, ignored } = stateOfFragment(encodeJson({ ...state, left }), configuration);
    expect(ignored.toSorted()).toEqual(["evil", "left.foo", "left.lr", "steps"]);
    expect(found.seed).toBe(7);
    expect(found.left.hyperparameters.lr).toBe(0.001);
    expect(found.steps).toBe(500);
  });

  it("leaves out code that is too long", () => {
    const state = { v: 1, ...defaultState(configuration), code: { loss: "x".repeat(60_000) } };
    const { state: found, ignored } = stateOfFragment(encodeJson(state), configuration);
    expect(found.code.loss).toBeNull();
    expect(ignored).toContain("code.loss");
  });
});
