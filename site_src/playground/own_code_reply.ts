// What Python says to code of the reader's own.
import type { OwnCode } from "./state.js";

/** Whether a reader's update rule gives the framework's numbers. */
export interface Verdict {
  matches: boolean;
  /** The first step with another number. */
  first_step: number | null;
  /** The largest difference, in units in the last place. */
  largest: number | string;
}

/** An exception in the reader's code. */
export interface OwnCodeError {
  type: "OwnCodeError";
  where: "loss" | "rules.left" | "rules.right";
  line: number | null;
  message: string;
  traceback: string;
}

/** The built-in update rules as readable code, and a loss to begin with. */
export interface Templates {
  loss: string;
  /** Where that loss starts. */
  start: number[];
  rules: Record<string, string>;
}

/** Whether there is any code. */
export function hasCode({ loss, rules }: OwnCode): boolean {
  return loss !== null || rules.left !== null || rules.right !== null;
}
