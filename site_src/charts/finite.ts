import type { Run } from "../trace/types.js";

/**
 * Where a run stops being drawable.
 *
 * @returns the index of the first recorded step with a loss or parameter that is not finite, or null
 */
export function divergence(run: Run): number | null {
  const index = run.steps.findIndex((_, i) => {
    const values = [run.loss[i] as number, ...(run.parameters[i] ?? [])];
    return !values.every(Number.isFinite);
  });
  return index === -1 ? null : index;
}

/** The run up to, and without, the first step that is not finite. */
export function finitePart(run: Run): Run {
  const end = divergence(run);
  if (end === null) return run;
  const cut = <T>(items: T[]) => items.slice(0, end);
  return { ...run, steps: cut(run.steps), loss: cut(run.loss), parameters: cut(run.parameters) };
}
