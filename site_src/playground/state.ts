// Everything that the reader can set, as one value: what a link carries and what a preset is.
import type { Code } from "../own_code/code.js";

export const ALGORITHMS = [
  "torch.optim.AdamW",
  "mindspore.nn.AdamWeightDecay",
  "mindspore.experimental.optim.AdamW",
] as const;

export type Algorithm = (typeof ALGORITHMS)[number];

/** A hyper-parameter or a problem's option: a number, a flag, a name, or a vector of numbers or names. */
export type Setting = number | boolean | string | number[] | string[];

export interface SideState {
  algorithm: Algorithm;
  /** All hyper-parameters, under the names of the algorithm's framework. */
  hyperparameters: Record<string, Setting>;
}

/** The learning rate over the steps; `adamwd.schedule` computes it. */
export type Schedule =
  | { kind: "constant" }
  /** Linear: min(1, t / warmup_steps) at step t, counted from 1. */
  | { kind: "warmup"; warmup_steps: number }
  /** Half a cosine from the learning rate down to minimum_ratio times it, after the warm-up. */
  | { kind: "cosine"; warmup_steps: number; minimum_ratio: number }
  /** One learning rate a step: MindSpore's list form. */
  | { kind: "list"; values: number[] };

export type OwnCode = Code;

export interface State {
  problem: string;
  /** All options of the problem. */
  options: Record<string, Setting>;
  left: SideState;
  right: SideState;
  schedule: Schedule;
  steps: number;
  seed: number;
  code: OwnCode;
}
