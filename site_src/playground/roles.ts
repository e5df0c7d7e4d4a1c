// The two frameworks name the same thing differently: `lr` and `learning_rate`, `betas` and `beta1`, `beta2`.
import type { Setting } from "./state.js";

/** Where a number stands among the hyper-parameters of one algorithm. */
export interface Place {
  name: string;
  /** The component of a vector. */
  index: number | null;
}

/** A number, flag or name with its place. */
export interface PlacedValue extends Place {
  value: number | boolean | string;
}

const ROLES: Record<string, string[]> = { learning_rate: ["lr"], betas: ["beta1", "beta2"] };

/** What a hyper-parameter does, under AdamW's names with the two decay rates apart. */
export function roleOf({ name, index }: Place): string {
  return ROLES[name]?.[index ?? 0] ?? name;
}

/** Every number and flag among hyper-parameters, with its place. */
export function placesOf(values: Record<string, Setting>): PlacedValue[] {
  return Object.entries(values).flatMap(([name, value]): PlacedValue[] =>
    Array.isArray(value)
      ? value.map((item, index) => ({ name, index, value: item }))
      : [{ name, index: null, value }],
  );
}

/** The hyper-parameters with another value at one place. */
export function placed(
  values: Record<string, Setting>,
  { name, index }: Place,
  value: number | boolean | string,
): Record<string, Setting> {
  if (index === null) return { ...values, [name]: value };
  const vector = values[name] as (number | string)[];
  return { ...values, [name]: vector.map((item, i) => (i === index ? value : item)) as number[] };
}

/** The values of `from` under the names of `to`; what `from` does not have stays. */
export function translated(
  from: Record<string, Setting>,
  to: Record<string, Setting>,
): Record<string, Setting> {
  const given = new Map(placesOf(from).map((place) => [roleOf(place), place.value]));
  return placesOf(to).reduce(
    (values, place) => placed(values, place, given.get(roleOf(place)) ?? place.value),
    to,
  );
}
