// The two hyper-parameters of a map: which values of them are run, and how their axes are labelled.
import type { Tick } from "../charts/heat_map.js";

export const FIELDS = ["lr", "beta1", "beta2", "eps", "weight_decay"] as const;
export type FieldName = (typeof FIELDS)[number];

/** Exponents of ten: of the value, or for a decay rate of how far below one it is. */
interface Range {
  from: number;
  to: number;
  below: boolean;
}

const RANGES: Record<FieldName, Range> = {
  lr: { from: -5, to: 0, below: false },
  beta1: { from: -0.1, to: -3, below: true },
  beta2: { from: -0.3, to: -4, below: true },
  eps: { from: -12, to: 0, below: false },
  weight_decay: { from: -5, to: 0, below: false },
};

export const SIZE = 64;
/** `adamwd.playground.sweep` refuses more steps than this in all. */
const MOST_STEPS = 20_000_000;
const DIGITS = 3;

/** How many values each axis has, for runs of so many steps. */
export function sizeFor(steps: number): number {
  return Math.max(2, Math.min(SIZE, Math.floor(Math.sqrt(MOST_STEPS / Math.max(1, steps)))));
}

function valueAt({ below }: Range, exponent: number): number {
  const power = Number((10 ** exponent).toPrecision(DIGITS));
  return below ? Number((1 - power).toPrecision(8)) : power;
}

/** Values of a hyper-parameter, smallest first, in equal factors; of a decay rate, of one minus it. */
export function valuesOf(field: FieldName, size: number): number[] {
  const range = RANGES[field];
  return Array.from({ length: size }, (_, index) =>
    valueAt(range, range.from + ((range.to - range.from) * index) / (size - 1)),
  );
}

/** Where a value stands among `size` values, from 0 to size - 1; it may lie outside. */
export function positionOf(field: FieldName, value: number, size: number): number {
  const { from, to, below } = RANGES[field];
  return ((Math.log10(below ? 1 - value : value) - from) / (to - from)) * (size - 1);
}

/** Labels at powers of ten. */
export function ticksOf(field: FieldName, size: number, format: (value: number) => string): Tick[] {
  const range = RANGES[field];
  const [low, high] = [Math.min(range.from, range.to), Math.max(range.from, range.to)];
  const exponents = [];
  for (let exponent = Math.ceil(low); exponent <= high; exponent += 1) exponents.push(exponent);
  const stride = Math.ceil(exponents.length / 7);
  return exponents
    .filter((_, index) => index % stride === 0)
    .map((exponent) => {
      const value = Number((range.below ? 1 - 10 ** exponent : 10 ** exponent).toPrecision(8));
      return { at: positionOf(field, value, size), label: format(value) };
    });
}
