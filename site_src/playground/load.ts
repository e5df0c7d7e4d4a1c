// What the playground reads from the site before Python is there.
import { type Position, POSITIONS } from "../trace/curves.js";
import type { TraceJson } from "../trace/types.js";
import type { Configuration, Preset, Surface } from "./configuration.js";

/** A recorded run of the real library: the experiment and its label. */
export interface Recording {
  name: string;
  label: string;
  /** `torch`, `mindspore`, or `numpy` for the reference run. */
  backend: string;
}

/** What the site has before Python is there. */
export interface Library {
  configuration(): Promise<Configuration>;
  presets(): Promise<Preset[]>;
  /** The real libraries' runs of a preset. */
  recordedPreset(preset: Preset): Promise<Record<Position, TraceJson>>;
  /** The real libraries' runs on a problem, with the settings under which they were recorded. */
  recordedProblem(problem: string): Promise<Record<Position, TraceJson>>;
  trace(recording: Recording): Promise<TraceJson>;
  surface(problem: string): Promise<Surface>;
}

/** The backend that runs the real library of an optimizer. */
export function backendOf(optimizer: string): string {
  return optimizer.startsWith("torch.") ? "torch" : "mindspore";
}

// These experiments are older than the two sides.
const PROBLEM_RUNS: Record<Position, Omit<Recording, "name">> = {
  left: { label: "adamw", backend: "torch" },
  right: { label: "adam_weight_decay", backend: "mindspore" },
};

async function both<T>(read: (position: Position) => Promise<T>): Promise<Record<Position, T>> {
  const [left, right] = await Promise.all(POSITIONS.map(read));
  return { left, right } as Record<Position, T>;
}

async function json(url: URL): Promise<unknown> {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return response.json();
}

/** The library of a site, given the address of its root. */
export function libraryOf(root: URL): Library {
  const app = (name: string) => json(new URL(`assets/app/${name}`, root));
  const trace = async ({ name, label, backend }: Recording) =>
    (await json(new URL(`data/traces/${name}/${label}.${backend}.json`, root))) as TraceJson;
  return {
    trace,
    configuration: async () => (await app("playground.json")) as Configuration,
    presets: async () => (await app("presets.json")) as Preset[],
    surface: async (problem) => (await app(`contour-${problem}.json`)) as Surface,
    recordedPreset: ({ name, specs }) =>
      both((label) => trace({ name: `preset-${name}`, label, backend: backendOf(specs[label].optimizer) })),
    recordedProblem: (problem) =>
      both((position) => trace({ name: `playground-${problem}`, ...PROBLEM_RUNS[position] })),
  };
}
