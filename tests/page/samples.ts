// Small stand-ins for what the build and Python give.
import type { Configuration } from "../../site_src/playground/configuration.js";
import type { Pair, Run, Side, SpecJson, TraceJson } from "../../site_src/trace/types.js";

export const configuration: Configuration = {
  schema: 1,
  problems: [
    {
      name: "quadratic",
      options: [
        { name: "condition_number", type: "number", default: 100 },
        { name: "start", type: "pair", default: [1, 1] },
      ],
      has_surface: true,
      x: [-1, 1],
      y: [-1, 1],
      minimum: [0, 0],
      has_noise: false,
    },
    {
      name: "noisy_quadratic",
      options: [{ name: "start", type: "pair", default: [1, 1] }],
      has_surface: true,
      x: [-1, 1],
      y: [-1, 1],
      minimum: [0, 0],
      has_noise: true,
    },
  ],
  optimizers: {
    adamw: {
      optimizer: "torch.optim.AdamW",
      hyperparameters: [
        { name: "lr", default: 0.001 },
        { name: "betas", default: [0.9, 0.999] },
        { name: "eps", default: 1e-8 },
        { name: "weight_decay", default: 0.01 },
        { name: "amsgrad", default: false },
      ],
    },
    adam_weight_decay: {
      optimizer: "mindspore.nn.AdamWeightDecay",
      hyperparameters: [
        { name: "learning_rate", default: 0.001 },
        { name: "beta1", default: 0.9 },
        { name: "beta2", default: 0.999 },
        { name: "eps", default: 1e-6 },
        { name: "weight_decay", default: 0 },
      ],
    },
  },
  runtime: {
    build: "0123456789abcdef",
    numpy: "2.4.3",
    ways: { snapshot: ["a.bin"], archives: ["a.bin"] },
    rest: [],
    wheel: "numpy.whl",
    smoke: { request: "{}", digests: {} },
    files: [{ name: "a.bin", path: "assets/a.bin", bytes: 3, sha256: "" }],
    bytes: 16_400_000,
    compressed_bytes: 9_300_000,
  },
};

export function spec(side: Side, change: Partial<SpecJson> = {}): SpecJson {
  const { optimizer } = configuration.optimizers[side];
  return {
    schema: 1,
    problem: "quadratic",
    problem_options: {},
    optimizer,
    hyperparameters: side === "adamw" ? { lr: 0.05 } : { learning_rate: 0.05 },
    groups: [],
    steps: 3,
    seed: 0,
    dtype: "float32",
    record: ["parameters"],
    record_every: 1,
    ...change,
  };
}

export function trace(side: Side, backend = "numpy", change: Partial<TraceJson> = {}): TraceJson {
  const scale = side === "adamw" ? 1 : 2;
  return {
    schema: 1,
    spec: spec(side),
    backend,
    steps: [0, 1, 2, 3],
    loss: [50, 5, 0.5, 0.05 * scale],
    parameters: { w: [1, 0.9, 0.8, 0.7].map((value) => [value, value ** scale]) },
    first_moment: {},
    second_moment: {},
    update: {},
    provenance: {
      library: backend,
      library_version: "2.0",
      adamwd_version: "0.1.0",
      numpy_version: "2.4.3",
      date: "2026-11-22",
    },
    ...change,
  };
}

export function runOf(loss: number[], parameters: number[][], side: Side = "adamw"): Run {
  const { provenance } = trace(side);
  return { spec: spec(side), backend: "numpy", provenance, steps: loss.map((_, i) => i), loss, parameters };
}

export function pairOf(adamw: Run, other: Run): Pair {
  return { adamw, adam_weight_decay: other };
}
