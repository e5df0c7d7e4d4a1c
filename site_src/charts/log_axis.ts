import type { ScaleOptions } from "@observablehq/plot";
import { formatNumber, formatPowerOfTen } from "./format.js";

const MOST_TICKS = 7;

/** Ticks at powers of ten, or at 1, 2 and 5 times them where the range has fewer than two. */
export function logarithmicTicks(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const exponents = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const inside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const powers = exponents.map((exponent) => Number(`1e${exponent}`)).filter(inside);
  if (powers.length < 2) {
    return exponents.flatMap((e) => [1, 2, 5].map((m) => Number(`${m}e${e}`))).filter(inside);
  }
  const stride = Math.ceil(powers.length / MOST_TICKS);
  return powers.filter((_, index) => index % stride === 0);
}

/** A vertical axis that is logarithmic where every value allows it. */
export function logarithmicAxis(values: readonly number[], label: string): ScaleOptions {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const ticks = logarithmicTicks(low, high);
  const powers = ticks.every((tick) => formatPowerOfTen(tick) !== "");
  // Room for the names at the ends of the lines.
  const room = low < high ? (high / low) ** 0.14 : 2;
  const domain = [low / room, high * room];
  return {
    type: "log",
    domain,
    label,
    grid: true,
    ticks,
    tickFormat: powers ? formatPowerOfTen : (v: number) => formatNumber(v),
  };
}
