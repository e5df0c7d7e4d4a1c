// The two runs that a state describes, as Python reads them.
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import type { State } from "./state.js";

/** A chart shows 1,000 points; twice that leaves room for thinning. */
const MOST_RECORDED = 2000;

/** The spec of one side. */
function specOf(state: State, position: Position): SpecJson {
  const { problem, options, schedule, steps, seed } = state;
  const { algorithm, hyperparameters } = state[position];
  return {
    schema: 1,
    problem,
    problem_options: options,
    optimizer: algorithm,
    hyperparameters,
    groups: [],
    steps,
    seed,
    dtype: "float32",
    record: ["parameters", "first_moment", "second_moment", "update"],
    record_every: Math.max(1, Math.ceil(steps / MOST_RECORDED)),
    // Recorded runs without a schedule do not name one.
    ...(schedule.kind === "constant" ? {} : { schedule }),
  };
}

const known = new WeakMap<State, Record<Position, SpecJson>>();

/** The specs of both sides; the same object for the same state. */
export function specsOf(state: State): Record<Position, SpecJson> {
  const specs = known.get(state) ?? { left: specOf(state, "left"), right: specOf(state, "right") };
  known.set(state, specs);
  return specs;
}
