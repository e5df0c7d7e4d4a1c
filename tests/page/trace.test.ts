import { describe, expect, it } from "vitest";
import { curvesOfAnswer, curvesOfTraces } from "../../site_src/trace/decode_curves.js";
import type { TraceJson } from "../../site_src/trace/types.js";
import { curvesAnswer, spec, trace } from "./samples.js";

const specs = { left: spec("left"), right: spec("right") };

describe("an answer of Python", () => {
  it("is read by its layout, without a copy of its numbers", () => {
    const answer = curvesAnswer(0.5);
    const curves = curvesOfAnswer(answer, specs);
    expect([...curves.steps]).toEqual([0, 1, 2]);
    expect([...curves.left.loss]).toEqual([50, 5, 0.5]);
    expect([...curves.right.parameters]).toEqual([1, 1, 0.9, 0.9, 0.8, 0.8]);
    expect(curves.names).toEqual(["w[0]", "w[1]"]);
    expect(curves.distance.buffer).toBe(answer.numbers?.buffer);
    expect(curves.origins.left.backend).toBe("numpy");
  });
});

describe("recorded traces", () => {
  it("put the parameters of a step into one row, and know their distance", () => {
    const { left, right, distance, names, origins } = curvesOfTraces(
      trace("left", "torch", { parameters: { weight: [[3, 0]], bias: [[0]] }, steps: [0], loss: [1] }),
      trace("right", "mindspore", { parameters: { weight: [[0, 4]], bias: [[0]] }, steps: [0], loss: [1] }),
    );
    expect([...left.parameters]).toEqual([3, 0, 0]);
    expect([...right.parameters]).toEqual([0, 4, 0]);
    expect([...distance]).toEqual([5]);
    expect(names).toEqual(["weight[0]", "weight[1]", "bias"]);
    expect([origins.left.backend, origins.right.backend]).toEqual(["torch", "mindspore"]);
  });

  it("have the numbers that JSON does not have", () => {
    const loss = [1, "Infinity", "-Infinity", "NaN"] as TraceJson["loss"];
    const { left } = curvesOfTraces(trace("left", "torch", { loss }), trace("right", "mindspore"));
    expect([...left.loss]).toEqual([1, Infinity, -Infinity, NaN]);
  });

  it("have step sizes where updates were recorded, and none at the start", () => {
    const update = { w: [0, 3, 6, 9].map((value) => [value, value]) };
    const { left, right } = curvesOfTraces(trace("left", "torch", { update }), trace("right", "mindspore"));
    expect([...(left.stepSize ?? [])]).toEqual([NaN, 3, 6, 9]);
    expect(right.stepSize).toBeNull();
  });
});
