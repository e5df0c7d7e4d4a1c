import { describe, expect, it } from "vitest";
import { decode, TraceError } from "../../site_src/trace/decode.js";
import { distance } from "../../site_src/trace/distance.js";
import type { TraceJson } from "../../site_src/trace/types.js";
import { pairOf, runOf, trace } from "./samples.js";

describe("decode", () => {
  it("puts the parameters of a step into one vector, in the order of their names", () => {
    const parameters = { weight: [[1, 2]], bias: [[3]] };
    const run = decode(trace("adamw", "numpy", { steps: [0], loss: [1], parameters }));
    expect(run.parameters).toEqual([[3, 1, 2]]);
  });

  it("reads the numbers that JSON does not have", () => {
    const loss = [1, "Infinity", "-Infinity", "NaN"] as TraceJson["loss"];
    expect(decode(trace("adamw", "numpy", { loss })).loss).toEqual([1, Infinity, -Infinity, NaN]);
  });

  it("refuses what is no trace of this schema", () => {
    expect(() => decode({ ...trace("adamw"), schema: 2 } as unknown as TraceJson)).toThrow(TraceError);
    expect(() => decode(null as unknown as TraceJson)).toThrow(TraceError);
    expect(() => decode(trace("adamw", "numpy", { loss: [1] }))).toThrow(TraceError);
  });
});

describe("distance", () => {
  it("is Euclidean, at the steps that both recorded", () => {
    const other = runOf(
      [1, 1],
      [
        [3, 4],
        [0, 0],
      ],
    );
    const pair = pairOf(
      runOf(
        [1, 1, 1],
        [
          [0, 0],
          [0, 1],
          [9, 9],
        ],
      ),
      other,
    );
    expect(distance(pair)).toEqual([
      { step: 0, distance: 5 },
      { step: 1, distance: 1 },
    ]);
  });

  it("is nothing where no parameters were recorded", () => {
    expect(distance(pairOf(runOf([1], []), runOf([1], [])))).toEqual([]);
  });
});
