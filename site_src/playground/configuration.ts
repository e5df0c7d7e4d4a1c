// What the build writes for the playground: assets/app/playground.json, presets.json and the contours.
import type { Surface } from "../charts/trajectory.js";
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import type { RuntimeManifest } from "../worker/protocol.js";
import type { Algorithm, Setting } from "./state.js";

export interface OptionDescription {
  name: string;
  /** `number`, `pair` or `names`. */
  type: string;
  default: Setting;
  minimum?: number | null;
  maximum?: number | null;
}

export interface ProblemDescription {
  name: string;
  options: OptionDescription[];
  /** The objective in LaTeX. */
  formula: string;
  /** Whether its loss can be drawn over the plane, in this rectangle. */
  has_surface: boolean;
  x: [number, number];
  y: [number, number];
  minimum: [number, number] | null;
  /** Whether the seed changes anything. */
  has_noise: boolean;
}

export interface OptimizerDescription {
  /** The framework's own name, such as `torch.optim.AdamW`. */
  optimizer: Algorithm;
  hyperparameters: { name: string; default: Setting }[];
}

/** Two specs that tell a story; recorded with the real libraries. */
export interface Preset {
  name: string;
  specs: Record<Position, SpecJson>;
}

export interface Configuration {
  schema: 1;
  problems: ProblemDescription[];
  optimizers: OptimizerDescription[];
  runtime: RuntimeManifest;
  /** Every recorded run of the real libraries. */
  experiments: { name: string; label: string; backend: string }[];
}

/** The description of a problem, by its name. */
export function problemNamed(configuration: Configuration, name: string): ProblemDescription | undefined {
  return configuration.problems.find((problem) => problem.name === name);
}

export type { Surface };
