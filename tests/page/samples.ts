// Small stand-ins for what the build and Python give.
import { vi } from "vitest";
import { en } from "../../site_src/i18n/en.js";
import type { Configuration, Preset } from "../../site_src/playground/configuration.js";
import type { Ground } from "../../site_src/playground/ground.js";
import type { Library } from "../../site_src/playground/load.js";
import type { Position } from "../../site_src/trace/curves.js";
import type { SpecJson, TraceJson } from "../../site_src/trace/types.js";
import type { Answer, CallName, Progress, RuntimeManifest } from "../../site_src/worker/protocol.js";

const ADAMW = [
  { name: "lr", default: 0.001 },
  { name: "betas", default: [0.9, 0.999] },
  { name: "eps", default: 1e-8 },
  { name: "weight_decay", default: 0.01 },
  { name: "amsgrad", default: false },
  { name: "maximize", default: false },
];

const plane = { x: [-1, 1], y: [-1, 1], minimum: [0, 0], formula: "x^2" } as const;

export const configuration: Configuration = {
  schema: 1,
  problems: [
    {
      ...plane,
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
      ...plane,
      name: "noisy_quadratic",
      options: [{ name: "start", type: "pair", default: [1, 1] }],
      has_surface: true,
      x: [-1, 1],
      y: [-1, 1],
      minimum: [0, 0],
      has_noise: true,
    },
    {
      ...plane,
      name: "constant_gradient",
      options: [
        { name: "gradient", type: "pair", default: [1, 1] },
        { name: "start", type: "pair", default: [1, 1] },
        { name: "names", type: "names", default: ["weight", "gamma"] },
      ],
      has_surface: false,
      x: [-1, 1],
      y: [-1, 1],
      minimum: null,
      has_noise: false,
    },
  ],
  optimizers: [
    { optimizer: "torch.optim.AdamW", hyperparameters: ADAMW },
    {
      optimizer: "mindspore.nn.AdamWeightDecay",
      hyperparameters: [
        { name: "learning_rate", default: 0.001 },
        { name: "beta1", default: 0.9 },
        { name: "beta2", default: 0.999 },
        { name: "eps", default: 1e-6 },
        { name: "weight_decay", default: 0 },
      ],
    },
    { optimizer: "mindspore.experimental.optim.AdamW", hyperparameters: ADAMW },
  ],
  runtime: {
    build: "0123456789abcdef",
    numpy: "2.4.3",
    ways: { snapshot: ["a.bin"], archives: ["a.bin"] },
    rest: [],
    wheel: "numpy.whl",
    smoke: { request: "{}", digests: {} },
    files: [{ name: "a.bin", path: "assets/a.bin", bytes: 3, sha256: "", unpacked: null }],
    bytes: 16_400_000,
    compressed_bytes: 9_300_000,
  },
  experiments: [{ name: "first-step", label: "adamw", backend: "torch" }],
};

const OPTIMIZER = { left: "torch.optim.AdamW", right: "mindspore.nn.AdamWeightDecay" };

export function spec(position: Position, change: Partial<SpecJson> = {}): SpecJson {
  return {
    schema: 1,
    problem: "quadratic",
    problem_options: {},
    optimizer: OPTIMIZER[position],
    hyperparameters: position === "left" ? { lr: 0.05 } : { learning_rate: 0.05 },
    groups: [],
    steps: 3,
    seed: 0,
    dtype: "float32",
    record: ["parameters"],
    record_every: 1,
    ...change,
  };
}

export function trace(position: Position, backend = "numpy", change: Partial<TraceJson> = {}): TraceJson {
  const scale = position === "left" ? 1 : 2;
  return {
    schema: 1,
    spec: spec(position),
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

export const presets: Preset[] = [
  { name: "defaults", specs: { left: spec("left"), right: spec("right") } },
  {
    name: "reversal",
    specs: {
      left: spec("left", { hyperparameters: { lr: 0.1, betas: [0.9, 0.95] } }),
      right: spec("right", { hyperparameters: { learning_rate: 0.1, beta2: 0.95 } }),
    },
  },
];

/** What `curves` answers for two steps of two parameters. */
export function curvesAnswer(loss = 1): Answer {
  const columns: [string, number[], number[]][] = [
    ["steps", [3], [0, 1, 2]],
    ["distance", [3], [0, 0.5, 0.25]],
    ...(["left", "right"] as const).flatMap((position): [string, number[], number[]][] => [
      [`${position}.loss`, [3], [50, 5, loss]],
      [`${position}.parameters`, [3, 2], [1, 1, 0.9, 0.9, 0.8, 0.8]],
      [`${position}.first_moment`, [3, 2], [0, 0, 1, 1, 1, 1]],
      [`${position}.second_moment`, [3, 2], [0, 0, 1, 1, 1, 1]],
      [`${position}.update`, [3, 2], [0, 0, -0.1, -0.1, -0.1, -0.1]],
      [`${position}.step_size`, [3], [Number.NaN, 0.1, 0.1]],
      [`${position}.closed_form`, [3], [Number.NaN, 0.1, 0.1]],
    ]),
  ];
  return {
    json: JSON.stringify({ names: ["w[0]", "w[1]"], layout: columns.map(([key, shape]) => [key, shape]) }),
    numbers: Float64Array.from(columns.flatMap(([, , values]) => values)),
  };
}

export const json = (value: unknown): Answer => ({ json: JSON.stringify(value), numbers: null });

type Reply = (name: CallName, request: unknown, onProgress: (progress: Progress) => void) => Promise<Answer>;

/** A Python that answers as a test wants it to. */
export function python(reply: Reply = async () => curvesAnswer()) {
  const call = vi.fn(
    (name: CallName, request: string, _: RuntimeManifest, onProgress: (progress: Progress) => void) =>
      reply(name, JSON.parse(request), onProgress),
  );
  return { call, prepare: vi.fn(), stop: vi.fn(), downloaded: false };
}

const surface = {
  x: [-1, 1] as [number, number],
  y: [-1, 1] as [number, number],
  z: [
    [1, 2],
    [3, 4],
  ],
  minimum: [0, 0],
};

/** The ground that elements stand on, with recorded runs of the real libraries. */
export function ground(runtime = python(), change: Partial<Library> = {}): Ground {
  const recorded = async () => ({ left: trace("left", "torch"), right: trace("right", "mindspore") });
  const library: Library = {
    configuration: async () => configuration,
    presets: async () => presets,
    recordedPreset: recorded,
    recordedProblem: recorded,
    trace: async ({ backend }) => trace("left", backend),
    surface: async () => surface,
    ...change,
  };
  return { messages: en, configuration, presets, library, runtime };
}

/** A canvas that can be painted on, which the tests' document does not have. */
export function paintable(): void {
  const context = {
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: () => {},
    fillRect: () => {},
  };
  const canvas = HTMLCanvasElement.prototype;
  vi.spyOn(canvas, "getContext").mockReturnValue(context as unknown as RenderingContext);
  vi.spyOn(canvas, "toDataURL").mockReturnValue("data:image/png;base64,");
}
