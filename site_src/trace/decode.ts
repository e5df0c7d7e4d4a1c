import type { JsonArray, Run, TraceJson } from "./types.js";

/** A trace that the page cannot read. */
export class TraceError extends Error {}

function flatten(value: JsonArray, into: number[]): number[] {
  if (Array.isArray(value)) for (const item of value) flatten(item, into);
  else into.push(Number(value));
  return into;
}

/**
 * Turns a trace into what charts draw.
 *
 * @throws TraceError where the JSON is not a trace of a schema that this page knows.
 */
export function decode(trace: TraceJson): Run {
  if (trace?.schema !== 1) throw new TraceError(`unknown trace schema ${String(trace?.schema)}`);
  const { spec, backend, provenance, steps } = trace;
  const names = Object.keys(trace.parameters).sort();
  const loss = trace.loss.map(Number);
  const parameters = steps.map((_, index) => {
    const vector: number[] = [];
    for (const name of names) flatten(trace.parameters[name]?.[index] ?? [], vector);
    return vector;
  });
  if (loss.length !== steps.length) throw new TraceError("a trace with missing losses");
  return { spec, backend, provenance, steps, loss, parameters };
}
