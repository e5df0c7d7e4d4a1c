// How a slider's position becomes a value: logarithmic where values span powers of ten.

/** A slider has whole positions from 0 to `positions`. */
export interface Scale {
  positions: number;
  /** The value at a position, with few digits. */
  valueAt(position: number): number;
  /** The position nearest to a value, which may lie beyond the scale. */
  positionOf(value: number): number;
}

// Twenty to a power of ten: 1, 2 and 5 times every power of ten lie on it to two digits.
const PER_DECADE = 20;

function clamped(position: number, positions: number): number {
  return Math.min(positions, Math.max(0, Math.round(position)));
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Equal steps from `low` to `high`. */
export function linearScale(low: number, high: number, step: number): Scale {
  const positions = Math.round((high - low) / step);
  return {
    positions,
    valueAt: (position) => rounded(low + position * step, 12) + 0,
    positionOf: (value) => clamped((value - low) / step, positions),
  };
}

/** Equal factors between two powers of ten, to two digits. */
export function logarithmicScale(lowExponent: number, highExponent: number): Scale {
  const positions = (highExponent - lowExponent) * PER_DECADE;
  return {
    positions,
    valueAt: (position) => rounded(10 ** (lowExponent + position / PER_DECADE), 2),
    positionOf: (value) =>
      value > 0 ? clamped((Math.log10(value) - lowExponent) * PER_DECADE, positions) : 0,
  };
}

/** A logarithmic scale whose lowest position is zero. */
export function zeroAndLogarithmicScale(lowExponent: number, highExponent: number): Scale {
  const { positions, valueAt, positionOf } = logarithmicScale(lowExponent, highExponent);
  return {
    positions: positions + 1,
    valueAt: (position) => (position === 0 ? 0 : valueAt(position - 1)),
    positionOf: (value) => (value > 0 ? positionOf(value) + 1 : 0),
  };
}

/** Whole numbers on a logarithmic scale. The first positions would repeat small ones, so they are left out. */
export function wholeLogarithmicScale(highExponent: number): Scale {
  const fine = logarithmicScale(0, highExponent);
  const values = Array.from({ length: fine.positions + 1 }, (_, index) => Math.round(fine.valueAt(index)));
  const distinct = [...new Set(values)];
  return valuesScale(distinct);
}

/** Whole numbers on a logarithmic scale, with zero below them. */
export function zeroAndWholeScale(highExponent: number): Scale {
  const { positions, valueAt } = wholeLogarithmicScale(highExponent);
  return valuesScale([0, ...Array.from({ length: positions + 1 }, (_, index) => valueAt(index))]);
}

function valuesScale(values: readonly number[]): Scale {
  const distance = (value: number, index: number) => Math.abs((values[index] as number) - value);
  return {
    positions: values.length - 1,
    valueAt: (position) => values[position] as number,
    positionOf: (value) =>
      values.reduce((best, _, index) => (distance(value, index) < distance(value, best) ? index : best), 0),
  };
}

/** Decay rates: what matters is how far below one they are, so 1 - beta is logarithmic. */
export function decayRateScale(): Scale {
  const complement = logarithmicScale(-5, 0);
  const { positions } = complement;
  return {
    positions,
    // Neither end is a decay rate that every framework takes, so the scale stops short of zero.
    valueAt: (position) => (position === 0 ? 0.01 : rounded(1 - complement.valueAt(positions - position), 7)),
    positionOf: (value) => positions - complement.positionOf(1 - value),
  };
}
