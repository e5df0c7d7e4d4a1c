// What a map is of: two hyper-parameters, whose sides, which quantity; and the cells it has.
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import { type FieldName, FIELDS, positionOf, sizeFor, valuesOf } from "./axes.js";

export const QUANTITIES = ["distance", "loss.left", "loss.right", "loss.ratio"] as const;
export type Quantity = (typeof QUANTITIES)[number];
export const SIDES = ["both", "left", "right"] as const;
export type Sides = (typeof SIDES)[number];

/** What the reader has chosen. */
export interface Choice {
  x: FieldName;
  y: FieldName;
  sides: Sides;
  quantity: Quantity;
}

export const FIRST_CHOICE: Choice = { x: "lr", y: "beta2", sides: "both", quantity: "distance" };

export interface Axis {
  field: FieldName;
  values: number[];
}

/** What `adamwd.playground.sweep` reads, beside the specs. */
export interface SweepRequest extends Record<string, unknown> {
  x: Axis;
  y: Axis;
  sides: Sides;
  quantity: Quantity;
}

/** The hyper-parameters that can be varied: the list form of a schedule leaves no learning rate to vary. */
export function fieldsFor(specs: Record<Position, SpecJson>): FieldName[] {
  const { schedule } = specs.left;
  return FIELDS.filter((field) => field !== "lr" || schedule?.kind !== "list");
}

/** A choice in which the two are different and can both be varied. */
export function possible(choice: Choice, fields: readonly FieldName[]): Choice {
  const x = fields.includes(choice.x) ? choice.x : (fields[0] as FieldName);
  const free = fields.filter((field) => field !== x);
  return { ...choice, x, y: free.includes(choice.y) ? choice.y : (free[0] as FieldName) };
}

/** The request of a choice, for runs of so many steps. */
export function requestOf({ x, y, sides, quantity }: Choice, steps: number): SweepRequest {
  const size = sizeFor(steps);
  const axis = (field: FieldName): Axis => ({ field, values: valuesOf(field, size) });
  return { x: axis(x), y: axis(y), sides, quantity };
}

function settingOf({ hyperparameters }: SpecJson, field: FieldName): number {
  const { betas } = hyperparameters;
  if (Array.isArray(betas) && field.startsWith("beta")) return Number(betas[Number(field.at(-1)) - 1]);
  return Number(hyperparameters[field] ?? hyperparameters.learning_rate);
}

/** Where the present settings stand on the map, in cells; null where the two sides differ or beyond it. */
export function hereOf(
  { x, y, sides }: SweepRequest,
  specs: Record<Position, SpecJson>,
): { x: number; y: number } | null {
  const at = ({ field, values }: Axis): number => {
    const [first, ...rest] = (sides === "both" ? (["left", "right"] as const) : ([sides] as const)).map(
      (side) => settingOf(specs[side], field),
    );
    if (first === undefined || rest.some((value) => value !== first)) return Number.NaN;
    return positionOf(field, first, values.length);
  };
  const point = { x: at(x), y: at(y) };
  const inside = (value: number, { values }: Axis) => value >= -0.5 && value <= values.length - 0.5;
  return inside(point.x, x) && inside(point.y, y) ? point : null;
}
