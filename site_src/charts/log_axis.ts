import type { ScaleOptions } from "@observablehq/plot";
import { formatLogarithmicTick } from "./format.js";

const MOST_TICKS = 7;
/** Fewer do not show that an axis is logarithmic. */
const FEWEST_TICKS = 3;
const FACTORS = [
  [1, 2, 5],
  [1, 2, 3, 5],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
];

/** Evenly spaced ticks, for a range so narrow that a logarithm is as good as straight in it. */
function linearTicks(low: number, high: number): number[] {
  const rough = (high - low) / FEWEST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [5, 2, 1].map((factor) => factor * power).find((size) => size <= rough) ?? power;
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return ticks.map((tick) => Number(tick.toPrecision(12)));
}

/** Ticks at powers of ten; where the range has too few of those, at round numbers between them. */
export function logarithmicTicks(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const exponents = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const inside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const powers = exponents.map((exponent) => Number(`1e${exponent}`)).filter(inside);
  if (powers.length < FEWEST_TICKS) {
    const finer = FACTORS.map((factors) =>
      exponents.flatMap((e) => factors.map((m) => Number(`${m}e${e}`))).filter(inside),
    );
    return finer.find((ticks) => ticks.length >= FEWEST_TICKS) ?? linearTicks(low, high);
  }
  const stride = Math.ceil(powers.length / MOST_TICKS);
  return powers.filter((_, index) => index % stride === 0);
}

/** A vertical axis that is logarithmic where every value allows it. */
export function logarithmicAxis(values: readonly number[], label: string): ScaleOptions {
  const low = Math.min(...values);
  const high = Math.max(...values);
  // Room for the names at the ends of the lines.
  const room = low < high ? (high / low) ** 0.14 : 2;
  const domain: [number, number] = [low / room, high * room];
  return {
    type: "log",
    domain,
    label,
    grid: true,
    ticks: logarithmicTicks(...domain),
    tickFormat: formatLogarithmicTick,
  };
}
