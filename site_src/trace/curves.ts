// What charts draw of two runs: columns of numbers, as `adamwd.playground.curves` gives them.
import type { SpecJson } from "./types.js";

/** The two runs that are compared, by where they stand on the page; each may be of any optimizer. */
export type Position = "left" | "right";

export const POSITIONS: readonly Position[] = ["left", "right"];

/** One run. Matrices are row-major: the row of a recorded step has one number for each parameter. */
export interface Curve {
  loss: Float64Array;
  parameters: Float64Array;
  /** Null where they were not recorded. */
  firstMoment: Float64Array | null;
  secondMoment: Float64Array | null;
  /** The parameters minus those one step earlier. */
  update: Float64Array | null;
  /** Root mean square of the update over the parameters. */
  stepSize: Float64Array | null;
  /** The step size in closed form, for a constant gradient, eps = 0 and no decay. */
  closedForm: Float64Array | null;
}

/** Where the numbers came from: recorded runs of the real libraries, or the reference run here. */
export interface Origin {
  backend: string;
  library: string;
  version: string;
  date: string;
}

/** Both runs of one problem, at the same recorded steps. */
export interface Curves {
  specs: Record<Position, SpecJson>;
  origins: Record<Position, Origin>;
  /** Names of the parameters' components, such as `w[0]` or `norm.gamma`. */
  names: string[];
  /** Recorded step numbers; 0 is the start. */
  steps: Float64Array;
  left: Curve;
  right: Curve;
  /** Euclidean distance of the two parameter vectors. */
  distance: Float64Array;
}
