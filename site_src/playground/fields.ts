// The settings as fields: which there are for a state, where each stands in it, and its slider.
import { type Position, POSITIONS } from "../trace/curves.js";
import { type Configuration, problemNamed } from "./configuration.js";
import { type Place, placed, placesOf, roleOf } from "./roles.js";
import {
  decayRateScale,
  linearScale,
  logarithmicScale,
  type Scale,
  wholeLogarithmicScale,
  zeroAndLogarithmicScale,
  zeroAndWholeScale,
} from "./scales.js";
import type { Setting, State } from "./state.js";

export interface Field extends Place {
  /** `left.betas.0`, `problem.start.1`, `schedule.values`, `steps`: how texts and errors are found. */
  key: string;
  group: Position | "problem" | "schedule" | "run";
  kind: "number" | "integer" | "flag" | "text" | "list";
  /** Null where a slider would not help. */
  scale: Scale | null;
}

const SCALES: Record<string, Scale> = {
  lr: logarithmicScale(-6, 1),
  beta1: decayRateScale(),
  beta2: decayRateScale(),
  eps: logarithmicScale(-16, 0),
  weight_decay: zeroAndLogarithmicScale(-5, 1),
  condition_number: logarithmicScale(0, 6),
  noise: zeroAndLogarithmicScale(-2, 2),
  gradient: zeroAndLogarithmicScale(-12, 24),
  steps: wholeLogarithmicScale(4),
  seed: linearScale(0, 99, 1),
  warmup_steps: zeroAndWholeScale(4),
  minimum_ratio: linearScale(0, 1, 0.01),
};
const START = linearScale(-5, 5, 0.05);

function kindOf(value: Setting, name: string): Field["kind"] {
  if (typeof value === "boolean") return "flag";
  if (typeof value === "string") return "text";
  return ["steps", "seed", "warmup_steps"].includes(name) ? "integer" : "number";
}

function fieldsOf(
  group: Field["group"],
  values: Record<string, Setting>,
  scaleOf: (place: Place) => Scale | null,
) {
  return placesOf(values).map(({ name, index, value }): Field => {
    const path = index === null ? name : `${name}.${index}`;
    const kind = kindOf(value, name);
    const scale = kind === "number" || kind === "integer" ? scaleOf({ name, index }) : null;
    return { key: group === "run" ? path : `${group}.${path}`, group, name, index, kind, scale };
  });
}

function optionScale(range: readonly [number, number] | undefined): (place: Place) => Scale | null {
  const start = range ? linearScale(range[0], range[1], (range[1] - range[0]) / 100) : START;
  return ({ name }) => (name === "start" ? start : (SCALES[name] ?? null));
}

function problemFields(state: State, configuration: Configuration): Field[] {
  const problem = problemNamed(configuration, state.problem);
  const ranges = problem?.has_surface ? [problem.x, problem.y] : [];
  return fieldsOf("problem", state.options, (place) => optionScale(ranges[place.index ?? 0])(place));
}

function scheduleFields({ schedule }: State): Field[] {
  if (schedule.kind === "list") {
    return [
      { key: "schedule.values", group: "schedule", name: "values", index: null, kind: "list", scale: null },
    ];
  }
  const numbers = Object.fromEntries(Object.entries(schedule).filter(([name]) => name !== "kind"));
  return fieldsOf("schedule", numbers, ({ name }) => SCALES[name] ?? null);
}

/** Every field for a state, in the order in which they stand on the page. */
export function fieldsFor(state: State, configuration: Configuration): Field[] {
  const noisy = problemNamed(configuration, state.problem)?.has_noise ?? false;
  const run = { steps: state.steps, ...(noisy ? { seed: state.seed } : {}) };
  return [
    ...problemFields(state, configuration),
    ...fieldsOf("run", run, ({ name }) => SCALES[name] ?? null),
    ...scheduleFields(state),
    ...POSITIONS.flatMap((position) =>
      fieldsOf(position, state[position].hyperparameters, (place) => SCALES[roleOf(place)] ?? null),
    ),
  ];
}

/** What a field of one side is called by both: `left.betas.1` and `right.beta2` are both `beta2`. */
export function fieldsOfRole(fields: readonly Field[], role: string): Field[] {
  return fields.filter((field) => roleOf(field) === role);
}

function valuesOf(state: State, group: Field["group"]): Record<string, Setting> {
  if (group === "problem") return state.options;
  if (group === "schedule") return state.schedule as unknown as Record<string, Setting>;
  if (group === "run") return { steps: state.steps, seed: state.seed };
  return state[group].hyperparameters;
}

/** What stands in a state at a field. */
export function valueAt(state: State, { group, name, index }: Field): Setting {
  const value = valuesOf(state, group)[name] as Setting;
  return index === null ? value : ((value as (number | string)[])[index] as Setting);
}

/** The state with another value at a field. */
export function withValue(state: State, field: Field, value: Setting): State {
  const { group, name } = field;
  if (group === "run") return { ...state, [name]: value };
  const values =
    field.kind === "list"
      ? { ...valuesOf(state, group), [name]: value }
      : placed(valuesOf(state, group), field, value as number | boolean | string);
  if (group === "problem") return { ...state, options: values };
  if (group === "schedule") return { ...state, schedule: values as unknown as State["schedule"] };
  return { ...state, [group]: { ...state[group], hyperparameters: values } };
}
