// What the build writes for the playground: assets/app/playground.json and the contours beside it.
import type { Surface } from "../charts/trajectory.js";
import type { Side, Value } from "../trace/types.js";
import type { RuntimeManifest } from "../worker/protocol.js";

export interface OptionDescription {
  name: string;
  type: string;
  default: Value;
  minimum?: number | null;
  maximum?: number | null;
}

export interface ProblemDescription {
  name: string;
  options: OptionDescription[];
  /** Whether its loss can be drawn over the plane, in this rectangle. */
  has_surface: boolean;
  x: [number, number];
  y: [number, number];
  minimum: [number, number] | null;
  /** Whether the spec's seed changes anything. */
  has_noise: boolean;
}

export interface OptimizerDescription {
  /** The framework's own name, such as `torch.optim.AdamW`. */
  optimizer: string;
  hyperparameters: { name: string; default: Value }[];
}

export interface Configuration {
  schema: 1;
  problems: ProblemDescription[];
  optimizers: Record<Side, OptimizerDescription>;
  runtime: RuntimeManifest;
}

export type { Surface };
