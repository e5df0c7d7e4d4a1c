// From what Python answers, and from recorded traces, to the columns that charts draw.
import type { Curve, Curves, Origin, Position } from "./curves.js";
import type { JsonArray, SpecJson, TraceJson } from "./types.js";

/** What `adamwd.playground.curves` answers. */
export interface CurvesAnswer {
  json: string;
  numbers: Float64Array | null;
}

interface Layout {
  names: string[];
  layout: [string, number[]][];
}

/** Reads the columns of an answer. */
export function curvesOfAnswer(answer: CurvesAnswer, specs: Record<Position, SpecJson>): Curves {
  const { names, layout } = JSON.parse(answer.json) as Layout;
  const numbers = answer.numbers ?? new Float64Array();
  const columns = new Map<string, Float64Array>();
  let at = 0;
  for (const [name, shape] of layout) {
    const size = shape.reduce((product, length) => product * length, 1);
    columns.set(name, numbers.subarray(at, at + size));
    at += size;
  }
  const column = (name: string) => columns.get(name) ?? new Float64Array();
  const curve = (position: Position): Curve => ({
    loss: column(`${position}.loss`),
    parameters: column(`${position}.parameters`),
    firstMoment: column(`${position}.first_moment`),
    secondMoment: column(`${position}.second_moment`),
    update: column(`${position}.update`),
    stepSize: column(`${position}.step_size`),
    closedForm: column(`${position}.closed_form`),
  });
  const origin: Origin = { backend: "numpy", library: "adamwd", version: "", date: "" };
  return {
    specs,
    origins: { left: origin, right: origin },
    names,
    steps: column("steps"),
    left: curve("left"),
    right: curve("right"),
    distance: column("distance"),
  };
}

function flatten(value: JsonArray, into: number[]): void {
  if (Array.isArray(value)) for (const item of value) flatten(item, into);
  else into.push(Number(value));
}

/** One row for each recorded step, the parameters one after the other in the order of the trace. */
function matrix(quantity: Record<string, JsonArray[]>, rows: number): Float64Array | null {
  const names = Object.keys(quantity);
  if (names.length === 0) return null;
  const numbers: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (const name of names) flatten(quantity[name]?.[row] ?? [], numbers);
  }
  return Float64Array.from(numbers);
}

function namesOf({ parameters }: TraceJson): string[] {
  return Object.entries(parameters).flatMap(([name, rows]) => {
    const first: number[] = [];
    flatten(rows[0] ?? [], first);
    return first.length === 1 ? [name] : first.map((_, index) => `${name}[${index}]`);
  });
}

function rootMeanSquares(update: Float64Array | null, steps: number[], width: number): Float64Array | null {
  if (!update) return null;
  return Float64Array.from(steps, (step, row) => {
    if (step === 0) return Number.NaN;
    const values = update.subarray(row * width, (row + 1) * width);
    return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / width);
  });
}

function curveOf(trace: TraceJson, width: number): Curve {
  const rows = trace.steps.length;
  const update = matrix(trace.update, rows);
  return {
    loss: Float64Array.from(trace.loss, Number),
    parameters: matrix(trace.parameters, rows) ?? new Float64Array(),
    firstMoment: matrix(trace.first_moment, rows),
    secondMoment: matrix(trace.second_moment, rows),
    update,
    stepSize: rootMeanSquares(update, trace.steps, width),
    closedForm: null,
  };
}

function originOf({ backend, provenance }: TraceJson): Origin {
  const { library, library_version, date } = provenance;
  return { backend, library, version: library_version, date };
}

/** Reads two recorded traces of one problem. */
export function curvesOfTraces(left: TraceJson, right: TraceJson): Curves {
  const names = namesOf(left);
  const width = names.length;
  const curves = { left: curveOf(left, width), right: curveOf(right, width) };
  const distance = Float64Array.from(left.steps, (_, row) => {
    let squares = 0;
    for (let i = row * width; i < (row + 1) * width; i += 1) {
      const difference = Number(curves.left.parameters[i]) - Number(curves.right.parameters[i]);
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  });
  return {
    specs: { left: left.spec, right: right.spec },
    origins: { left: originOf(left), right: originOf(right) },
    names,
    steps: Float64Array.from(left.steps),
    ...curves,
    distance,
  };
}
