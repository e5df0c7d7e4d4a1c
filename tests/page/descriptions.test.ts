import { describe, expect, it } from "vitest";
import { callOf, problemOf } from "../../site_src/playground/descriptions.js";
import { configuration, spec } from "./samples.js";

describe("calls", () => {
  it("are Python, with the defaults and every digit", () => {
    const hyperparameters = { lr: 0.123456789, amsgrad: true };
    expect(callOf("adamw", spec("adamw", { hyperparameters }), configuration)).toBe(
      "AdamW(lr=0.123456789, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=True)",
    );
    expect(callOf("adamw", spec("adamw"), configuration)).toContain("amsgrad=False");
    const whole = spec("adamw", { hyperparameters: { lr: 1, betas: [0, 0.9], eps: 1e-30 } });
    expect(callOf("adamw", whole, configuration)).toContain("lr=1.0, betas=(0.0, 0.9), eps=1e-30");
  });

  it("have the seed of a problem that draws numbers, and of no other", () => {
    const noisy = spec("adamw", { problem: "noisy_quadratic", seed: 7 });
    expect(problemOf(noisy, configuration)).toBe("noisy_quadratic(start=(1.0, 1.0), seed=7)");
    expect(problemOf(spec("adamw"), configuration)).toBe(
      "quadratic(condition_number=100.0, start=(1.0, 1.0))",
    );
  });
});
