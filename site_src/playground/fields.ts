// The form as data: which fields there are, what stands in them, and the specs that come of it.
import type { Side, SpecJson, Value } from "../trace/types.js";
import { SIDES } from "../trace/types.js";
import type { Configuration, ProblemDescription } from "./configuration.js";

export interface Field {
  /** `adamw.betas.0`, `problem.start.1`, `steps`: how errors and values are found. */
  key: string;
  group: Side | "problem" | "run";
  name: string;
  /** The component of a vector. */
  index: number | null;
  kind: "number" | "integer" | "flag";
  default: number | boolean;
}

/** What stands in the fields, as typed. */
export type Values = Record<string, string | boolean>;

const STEPS = 500;
/** A chart shows 1,000 points; twice that leaves room for thinning. */
const MOST_RECORDED = 2000;

function fieldsOfValue(group: Field["group"], name: string, value: Value, type = "number"): Field[] {
  const key = group === "run" ? name : `${group}.${name}`;
  if (Array.isArray(value)) {
    return value.map((item, index) => ({
      key: `${key}.${index}`,
      group,
      name,
      index,
      kind: "number",
      default: item,
    }));
  }
  if (typeof value === "boolean") return [{ key, group, name, index: null, kind: "flag", default: value }];
  const kind = type === "integer" ? "integer" : "number";
  return [{ key, group, name, index: null, kind, default: Number(value) }];
}

/** Every field for a problem, in the order in which they stand on the page. */
export function fieldsFor(configuration: Configuration, problem: ProblemDescription): Field[] {
  return [
    ...problem.options.flatMap((o) => fieldsOfValue("problem", o.name, o.default, o.type)),
    ...fieldsOfValue("run", "steps", STEPS, "integer"),
    ...(problem.has_noise ? fieldsOfValue("run", "seed", 0, "integer") : []),
    ...SIDES.flatMap((side) =>
      configuration.optimizers[side].hyperparameters.flatMap((h) => fieldsOfValue(side, h.name, h.default)),
    ),
  ];
}

/** A value as one would type it: 1e-6 rather than 0.000001. */
export function shown(value: number | boolean): string | boolean {
  if (typeof value === "boolean") return value;
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}

/** The defaults: the problem's and the frameworks' own. */
export function defaultValues(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.key, shown(field.default)]));
}

/** What the fields have to say to give a spec that was recorded. */
export function valuesOfSpec(fields: readonly Field[], side: Side, spec: SpecJson): Values {
  const values: Values = {};
  for (const { key, group, name, index } of fields) {
    const sources = { problem: spec.problem_options, run: { steps: spec.steps, seed: spec.seed } };
    const source: Record<string, Value> =
      group === side ? spec.hyperparameters : (sources[group as "run"] ?? {});
    const value = source[name];
    const item = index !== null && Array.isArray(value) ? value[index] : value;
    if (typeof item === "number" || typeof item === "boolean") values[key] = shown(item);
  }
  return values;
}

/** Values that these fields can hold: what was kept by an older page may be of another form. */
export function fitting(fields: readonly Field[], values: Values): Values {
  const fits = fields.filter(
    ({ key, kind }) => typeof values[key] === (kind === "flag" ? "boolean" : "string"),
  );
  return Object.fromEntries(fits.map(({ key }) => [key, values[key] as string | boolean]));
}

/** The names under which AdamWeightDecay takes what AdamW calls otherwise. */
const SAME: Record<string, string> = {
  "adam_weight_decay.learning_rate": "adamw.lr",
  "adam_weight_decay.beta1": "adamw.betas.0",
  "adam_weight_decay.beta2": "adamw.betas.1",
  "adam_weight_decay.eps": "adamw.eps",
  "adam_weight_decay.weight_decay": "adamw.weight_decay",
};

/** The values with AdamW's hyper-parameters under AdamWeightDecay's names too. */
export function matched(values: Values): Values {
  const copied = Object.entries(SAME).map(([to, from]) => [to, values[from] ?? values[to] ?? ""]);
  return { ...values, ...Object.fromEntries(copied) };
}

// What Python reads as a number too: not JavaScript's 0x10, nor Infinity.
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Keys of fields in which no finite decimal number stands. */
export function missingNumbers(fields: readonly Field[], values: Values): string[] {
  const isNumber = (raw: unknown) =>
    typeof raw === "string" && DECIMAL.test(raw.trim()) && Number.isFinite(Number(raw));
  return fields.filter((f) => f.kind !== "flag" && !isNumber(values[f.key])).map((f) => f.key);
}

function collect(fields: readonly Field[], values: Values, group: Field["group"]): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const field of fields.filter((f) => f.group === group)) {
    const raw = values[field.key];
    const value = field.kind === "flag" ? raw === true : Number(raw);
    if (field.index === null) result[field.name] = value;
    else result[field.name] = [...((result[field.name] as number[]) ?? []), value as number];
  }
  return result;
}

/** The two runs that the form describes. */
export function specsOf(
  configuration: Configuration,
  problem: ProblemDescription,
  values: Values,
): Record<Side, SpecJson> {
  const fields = fieldsFor(configuration, problem);
  const run = collect(fields, values, "run");
  const steps = Number(run.steps);
  const spec = (side: Side): SpecJson => ({
    schema: 1,
    problem: problem.name,
    problem_options: collect(fields, values, "problem"),
    optimizer: configuration.optimizers[side].optimizer,
    hyperparameters: collect(fields, values, side),
    groups: [],
    steps,
    seed: Number(run.seed ?? 0),
    dtype: "float32",
    record: ["parameters"],
    record_every: Math.max(1, Math.ceil(steps / MOST_RECORDED)),
  });
  return { adamw: spec("adamw"), adam_weight_decay: spec("adam_weight_decay") };
}
