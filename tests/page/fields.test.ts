import { describe, expect, it } from "vitest";
import type { ProblemDescription } from "../../site_src/playground/configuration.js";
import {
  defaultValues,
  fieldsFor,
  fitting,
  matched,
  missingNumbers,
  specsOf,
  valuesOfSpec,
} from "../../site_src/playground/fields.js";
import { rejectedKeys } from "../../site_src/playground/reply.js";
import { configuration, spec } from "./samples.js";

const [plain, noisy] = configuration.problems as [ProblemDescription, ProblemDescription];
const fields = fieldsFor(configuration, plain);
const defaults = defaultValues(fields);

describe("fields", () => {
  it("are one for each number, with the frameworks' own names", () => {
    expect(fields.map((field) => field.key)).toEqual([
      "problem.condition_number",
      "problem.start.0",
      "problem.start.1",
      "steps",
      "adamw.lr",
      "adamw.betas.0",
      "adamw.betas.1",
      "adamw.eps",
      "adamw.weight_decay",
      "adamw.amsgrad",
      "adam_weight_decay.learning_rate",
      "adam_weight_decay.beta1",
      "adam_weight_decay.beta2",
      "adam_weight_decay.eps",
      "adam_weight_decay.weight_decay",
    ]);
  });

  it("have a seed where it changes something", () => {
    expect(fieldsFor(configuration, noisy).map((field) => field.key)).toContain("seed");
  });

  it("show defaults as one would type them", () => {
    expect(defaults["adam_weight_decay.eps"]).toBe("1e-6");
    expect(defaults["adamw.lr"]).toBe("0.001");
    expect(defaults["adamw.amsgrad"]).toBe(false);
  });
});

describe("specs", () => {
  it("hold exactly the numbers in the fields", () => {
    const values = { ...defaults, "adamw.betas.1": "0.99", "adamw.amsgrad": true, "problem.start.0": "-1.2" };
    const { adamw, adam_weight_decay } = specsOf(configuration, plain, values);
    expect(adamw.hyperparameters).toEqual({
      lr: 0.001,
      betas: [0.9, 0.99],
      eps: 1e-8,
      weight_decay: 0.01,
      amsgrad: true,
    });
    expect(adamw.problem_options).toEqual({ condition_number: 100, start: [-1.2, 1] });
    expect(adam_weight_decay.optimizer).toBe("mindspore.nn.AdamWeightDecay");
    expect(adam_weight_decay.hyperparameters.beta2).toBe(0.999);
    expect(adam_weight_decay.problem_options).toEqual(adamw.problem_options);
  });

  it.each([
    ["500", 1],
    ["2000", 1],
    ["2001", 2],
    ["1000000", 500],
  ])("record %s steps every %d", (steps, every) => {
    expect(specsOf(configuration, plain, { ...defaults, steps }).adamw.record_every).toBe(every);
  });

  it("come back from a recorded spec", () => {
    const recorded = spec("adamw", { hyperparameters: { lr: 0.05, betas: [0.8, 0.9] }, steps: 300 });
    expect(valuesOfSpec(fields, "adamw", recorded)).toEqual({
      "adamw.lr": "0.05",
      "adamw.betas.0": "0.8",
      "adamw.betas.1": "0.9",
      steps: "300",
    });
  });
});

describe("matched", () => {
  it("gives AdamWeightDecay the values of AdamW and leaves the rest", () => {
    const values = matched({ ...defaults, "adamw.lr": "0.5", "adamw.betas.1": "0.95" });
    expect(values["adam_weight_decay.learning_rate"]).toBe("0.5");
    expect(values["adam_weight_decay.beta2"]).toBe("0.95");
    expect(values["adam_weight_decay.eps"]).toBe("1e-8");
    expect(values["adam_weight_decay.weight_decay"]).toBe("0.01");
    expect(values["adamw.lr"]).toBe("0.5");
  });
});

describe("fitting", () => {
  it("keeps what these fields can hold", () => {
    const kept = { "adamw.lr": "0.5", "adamw.amsgrad": true, seed: "3", "adamw.eps": true };
    expect(fitting(fields, kept)).toEqual({ "adamw.lr": "0.5", "adamw.amsgrad": true });
  });
});

describe("missingNumbers", () => {
  it.each(["", " ", "abc", "1,5", "--1", "0x10", "0b1", "Infinity", "1e400", "1e", "."])(
    "finds %j",
    (raw) => {
      expect(missingNumbers(fields, { ...defaults, "adamw.lr": raw })).toEqual(["adamw.lr"]);
    },
  );

  it.each(["-1", "1e-8", " 0.5 ", ".5", "5.", "+1", "1E3", "1e+3"])("accepts %j", (raw) => {
    expect(missingNumbers(fields, { ...defaults, "adamw.lr": raw })).toEqual([]);
  });
});

describe("rejectedKeys", () => {
  const rejection = { type: "ValueError", message: "no" };

  it("finds the field of a side, of the problem and of the run", () => {
    expect(rejectedKeys({ ...rejection, side: "adamw", field: "betas.0" })[0]).toBe("adamw.betas.0");
    expect(rejectedKeys({ ...rejection, side: "adamw", field: "start" })).toContain("problem.start.0");
    expect(rejectedKeys({ ...rejection, side: "adamw", field: "steps" })).toContain("steps");
    expect(rejectedKeys({ ...rejection, side: null, field: null })).toEqual([]);
  });
});
