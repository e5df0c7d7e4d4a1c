import { beforeEach, describe, expect, it } from "vitest";
import {
  defaultState,
  isMatched,
  stateOfSpecs,
  withAlgorithm,
  withCopy,
  withFrameworkDefaults,
  withMatch,
  withProblem,
} from "../../site_src/playground/defaults.js";
import { type Field, fieldsFor, fieldsOfRole, valueAt, withValue } from "../../site_src/playground/fields.js";
import { rejectedKey } from "../../site_src/playground/reply.js";
import { Settings } from "../../site_src/playground/settings.js";
import { specsOf } from "../../site_src/playground/specs.js";
import type { State } from "../../site_src/playground/state.js";
import { readTyped, shownText } from "../../site_src/playground/typed.js";
import { configuration, spec } from "./samples.js";

const state = defaultState(configuration);
const keysOf = (s: State) => fieldsFor(s, configuration).map(({ key }) => key);
const field = (s: State, key: string) => fieldsFor(s, configuration).find((f) => f.key === key) as Field;
const put = (s: State, key: string, value: number | string | boolean) => withValue(s, field(s, key), value);

describe("fields", () => {
  it("are one for each number, with the frameworks' own names", () => {
    expect(keysOf(state)).toEqual([
      "problem.condition_number",
      "problem.start.0",
      "problem.start.1",
      "steps",
      "left.lr",
      "left.betas.0",
      "left.betas.1",
      "left.eps",
      "left.weight_decay",
      "left.amsgrad",
      "left.maximize",
      "right.learning_rate",
      "right.beta1",
      "right.beta2",
      "right.eps",
      "right.weight_decay",
    ]);
  });

  it("have a seed, names and a schedule where there are any", () => {
    expect(keysOf(withProblem(state, "noisy_quadratic", configuration))).toContain("seed");
    const named = withProblem(state, "constant_gradient", configuration);
    expect(field(named, "problem.names.1").kind).toBe("text");
    const cosine: State = {
      ...state,
      schedule: { kind: "cosine", warmup_steps: 5, minimum_ratio: 0.1 },
    };
    expect(keysOf(cosine)).toEqual(
      expect.arrayContaining(["schedule.warmup_steps", "schedule.minimum_ratio"]),
    );
    expect(keysOf({ ...state, schedule: { kind: "list", values: [1] } })).toContain("schedule.values");
  });

  it("are read and written where they stand", () => {
    for (const key of keysOf(state)) {
      const before = valueAt(state, field(state, key));
      const value = typeof before === "boolean" ? !before : 0.25;
      const after = put(state, key, value);
      expect(valueAt(after, field(after, key)), key).toBe(value);
      expect(keysOf(after)).toEqual(keysOf(state));
    }
  });

  it("of both sides have one role", () => {
    const keys = fieldsOfRole(fieldsFor(state, configuration), "beta2").map(({ key }) => key);
    expect(keys).toEqual(["left.betas.1", "right.beta2"]);
  });
});

describe("what brings the sides together", () => {
  const changed = put(put(state, "left.lr", 0.5), "left.betas.1", 0.95);

  it("matches the values under each framework's names", () => {
    const matched = withMatch(changed).right;
    expect(matched.algorithm).toBe("mindspore.nn.AdamWeightDecay");
    expect(matched.hyperparameters).toEqual({
      learning_rate: 0.5,
      beta1: 0.9,
      beta2: 0.95,
      eps: 1e-8,
      weight_decay: 0.01,
    });
    expect(isMatched(withMatch(changed))).toBe(true);
    expect(isMatched(changed)).toBe(false);
  });

  it("copies the algorithm too", () => {
    expect(withCopy(changed).right).toEqual(changed.left);
  });

  it("goes back to the defaults of both frameworks", () => {
    expect(withFrameworkDefaults(withCopy(changed), configuration).right).toEqual(state.left);
    expect(withFrameworkDefaults(changed, configuration)).toEqual(state);
  });

  it("keeps the values when the algorithm changes", () => {
    const { right } = withAlgorithm(
      put(state, "right.beta2", 0.95),
      "right",
      "torch.optim.AdamW",
      configuration,
    );
    expect(right.hyperparameters).toEqual({
      lr: 0.001,
      betas: [0.9, 0.95],
      eps: 1e-6,
      weight_decay: 0,
      amsgrad: false,
      maximize: false,
    });
  });
});

describe("specs", () => {
  it("hold exactly the numbers of the state", () => {
    const { left, right } = specsOf(put(state, "problem.start.0", -1.2));
    expect(left.hyperparameters).toEqual(state.left.hyperparameters);
    expect(left.problem_options).toEqual({ condition_number: 100, start: [-1.2, 1] });
    expect(right.problem_options).toEqual(left.problem_options);
    expect(right.optimizer).toBe("mindspore.nn.AdamWeightDecay");
    expect("schedule" in left).toBe(false);
  });

  it.each([
    [500, 1],
    [2000, 1],
    [2001, 2],
    [1_000_000, 500],
  ])("record %d steps every %d", (steps, every) => {
    expect(specsOf({ ...state, steps }).left.record_every).toBe(every);
  });

  it("carry a schedule that is not constant", () => {
    const schedule = { kind: "warmup", warmup_steps: 5 } as const;
    expect(specsOf({ ...state, schedule }).right.schedule).toEqual(schedule);
  });

  it("come back as the state that they describe", () => {
    const specs = { left: spec("left", { seed: 4 }), right: spec("right") };
    const found = stateOfSpecs(specs, configuration);
    expect(found.left.hyperparameters).toEqual({ ...state.left.hyperparameters, lr: 0.05 });
    expect(found.options).toEqual(state.options);
    expect([found.steps, found.seed, found.schedule]).toEqual([3, 4, { kind: "constant" }]);
  });
});

describe("what is typed", () => {
  const lr = field(state, "left.lr");
  const steps = field(state, "steps");

  it.each(["", " ", "abc", "1,5", "--1", "0x10", "0b1", "Infinity", "1e400", "1e", "."])(
    "is no number: %j",
    (text) => expect(readTyped(lr, text)).toEqual({ mistake: "number" }),
  );

  it.each([
    ["-1", -1],
    ["1e-8", 1e-8],
    [" 0.5 ", 0.5],
    [".5", 0.5],
    ["5.", 5],
    ["+1", 1],
    ["1E3", 1000],
    ["-0", 0],
  ])("is a number: %j", (text, value) => expect(readTyped(lr, text)).toEqual({ value }));

  it("is a whole number where it has to be", () => {
    expect(readTyped(steps, "1.5")).toEqual({ mistake: "integer" });
    expect(readTyped(steps, "1e3")).toEqual({ value: 1000 });
  });

  it("is a list of numbers, however it is separated", () => {
    const values = field({ ...state, schedule: { kind: "list", values: [1] } }, "schedule.values");
    expect(readTyped(values, "[0.1, 0.2\n3e-4；5]")).toEqual({ value: [0.1, 0.2, 3e-4, 5] });
    expect(readTyped(values, "")).toEqual({ mistake: "list" });
    expect(readTyped(values, "0.1, x")).toEqual({ mistake: "list" });
  });

  it.each([
    [1e-6, "1e-6"],
    [0.001, "0.001"],
    [0, "0"],
    [1e19, "1e19"],
    [500, "500"],
    [[0.1, 1e-5], "0.1, 1e-5"],
  ])("is shown as one would type it: %j", (value, text) => expect(shownText(value)).toBe(text));
});

describe("Settings", () => {
  let settings = new Settings(state, configuration);
  beforeEach(() => {
    settings = new Settings(state, configuration);
  });
  const lr = field(state, "left.lr");

  it("keep what was typed, and the last state that can be run", () => {
    expect(settings.type(lr, "1e-2")).toBe(true);
    expect(settings.textOf(lr)).toBe("1e-2");
    expect(settings.type(lr, "1e-")).toBe(false);
    expect(settings.textOf(lr)).toBe("1e-");
    expect(settings.errors).toEqual({ "left.lr": { mistake: "number" } });
    expect(settings.state.left.hyperparameters.lr).toBe(0.01);
    expect(settings.set(lr, 0.5)).toBe(true);
    expect([settings.textOf(lr), settings.errors]).toEqual(["0.5", {}]);
  });

  it("are no others where the same number is typed differently", () => {
    expect(settings.type(lr, "1e-3")).toBe(false);
    expect(settings.state).toBe(state);
  });

  it("show the library's message at its field, until it runs", () => {
    settings.type(field(state, "steps"), "x");
    const rejection = { side: "left" as const, field: "lr", type: "ValueError", message: "no" };
    expect(settings.refuse([rejection, { ...rejection, side: null, field: "odd", message: "odd" }])).toEqual([
      "odd",
    ]);
    expect(settings.errors).toEqual({ steps: { mistake: "integer" }, "left.lr": { message: "no" } });
    settings.accept();
    expect(settings.errors).toEqual({ steps: { mistake: "integer" } });
  });

  it("forget what was typed when all of them change", () => {
    settings.type(lr, "x");
    settings.replace(withProblem(state, "noisy_quadratic", configuration));
    expect([settings.textOf(lr), settings.errors]).toEqual(["0.001", {}]);
    expect(settings.fields.map(({ key }) => key)).toContain("seed");
  });
});

describe("a refused field", () => {
  const rejection = { type: "ValueError", message: "no" };
  const named = withProblem(state, "constant_gradient", configuration);
  const keys = keysOf({ ...named, schedule: { kind: "warmup", warmup_steps: 1 } });

  it.each([
    ["left", "betas.0", "left.betas.0"],
    ["right", "learning_rate", "right.learning_rate"],
    ["left", "betas", "left.betas.0"],
    ["left", "start", "problem.start.0"],
    ["right", "problem_options.names", "problem.names.0"],
    ["left", "steps", "steps"],
    ["left", "schedule", "schedule.warmup_steps"],
    ["left", "warmup_steps", "schedule.warmup_steps"],
    ["left", "schedule.warmup_steps", "schedule.warmup_steps"],
    ["left", "odd", null],
    [null, null, null],
  ] as const)("of %s, %s, is %s", (side, name, key) => {
    expect(rejectedKey({ ...rejection, side, field: name }, keys)).toBe(key);
  });
});
