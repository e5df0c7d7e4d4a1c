import type { Pair } from "./types.js";

/** The Euclidean distance of the two parameter vectors, where both runs recorded the step. */
export function distance({ adamw, adam_weight_decay: other }: Pair): { step: number; distance: number }[] {
  const indices = new Map(other.steps.map((step, index) => [step, index]));
  return adamw.steps.flatMap((step, index) => {
    const a = adamw.parameters[index];
    const b = other.parameters[indices.get(step) ?? -1];
    if (!a || !b || a.length !== b.length || a.length === 0) return [];
    return [{ step, distance: Math.hypot(...a.map((value, i) => value - (b[i] as number))) }];
  });
}
