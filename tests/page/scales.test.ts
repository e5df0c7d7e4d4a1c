import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decayRateScale,
  linearScale,
  logarithmicScale,
  type Scale,
  wholeLogarithmicScale,
  zeroAndLogarithmicScale,
  zeroAndWholeScale,
} from "../../site_src/playground/scales.js";

const SCALES: Record<string, Scale> = {
  linear: linearScale(-1.5, 1.5, 0.03),
  logarithmic: logarithmicScale(-6, 1),
  "logarithmic with zero": zeroAndLogarithmicScale(-5, 1),
  whole: wholeLogarithmicScale(4),
  "whole with zero": zeroAndWholeScale(4),
  "decay rate": decayRateScale(),
};

const all = (scale: Scale) =>
  Array.from({ length: scale.positions + 1 }, (_, position) => scale.valueAt(position));

describe.each(Object.entries(SCALES))("the %s scale", (_, scale) => {
  it("rises from end to end", () => {
    const values = all(scale);
    expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b));
  });

  it("finds the position of each of its values", () => {
    expect(all(scale).map(scale.positionOf)).toEqual(Array.from(all(scale), (_value, index) => index));
  });

  it("has a position for any number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const position = scale.positionOf(value);
        return Number.isInteger(position) && position >= 0 && position <= scale.positions;
      }),
    );
  });
});

describe("the scales", () => {
  it.each([1e-3, 2e-3, 5e-3, 0.01, 0.05, 1])("have the learning rate %d", (value) => {
    expect(all(SCALES.logarithmic as Scale)).toContain(value);
  });

  it.each([0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999])("have the decay rate %d", (value) => {
    expect(all(SCALES["decay rate"] as Scale)).toContain(value);
  });

  it.each([1, 2, 10, 100, 500, 1000, 10_000])("have the number of steps %d", (value) => {
    expect(all(SCALES.whole as Scale)).toContain(value);
  });

  it("reach zero where zero means something", () => {
    expect(SCALES["logarithmic with zero"]?.valueAt(0)).toBe(0);
    expect(SCALES["whole with zero"]?.valueAt(0)).toBe(0);
  });
});
