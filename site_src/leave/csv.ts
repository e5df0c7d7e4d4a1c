// Two traces as one table of comma-separated values.
import { type Position, POSITIONS } from "../trace/curves.js";
import type { JsonArray, TraceJson } from "../trace/types.js";

const QUANTITIES = ["parameters", "first_moment", "second_moment", "update"] as const;

function flatten(value: JsonArray | undefined, into: string[]): string[] {
  if (Array.isArray(value)) for (const item of value) flatten(item, into);
  else if (value !== undefined) into.push(String(value));
  return into;
}

function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

interface Column {
  name: string;
  at: (row: number) => string;
}

function columnsOf(side: Position, trace: TraceJson): Column[] {
  const columns: Column[] = [{ name: `${side}.loss`, at: (row) => String(trace.loss[row]) }];
  for (const quantity of QUANTITIES) {
    for (const [parameter, rows] of Object.entries(trace[quantity])) {
      const count = flatten(rows[0], []).length;
      for (let index = 0; index < count; index += 1) {
        const component = count === 1 ? parameter : `${parameter}[${index}]`;
        columns.push({
          name: `${side}.${quantity}.${component}`,
          at: (row) => flatten(rows[row], [])[index] ?? "",
        });
      }
    }
  }
  return columns;
}

/** One line for each recorded step, every number with all its digits; NaN and Infinity as words. */
export function csvOf(traces: Record<Position, TraceJson>): string {
  const columns = POSITIONS.flatMap((side) => columnsOf(side, traces[side]));
  const head = ["step", ...columns.map(({ name }) => quoted(name))].join(",");
  const lines = traces.left.steps.map((step, row) => [step, ...columns.map(({ at }) => at(row))].join(","));
  return `${[head, ...lines].join("\n")}\n`;
}
