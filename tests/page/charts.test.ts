import { describe, expect, it } from "vitest";
import { distanceChart } from "../../site_src/charts/distance.js";
import { divergence, finitePart } from "../../site_src/charts/finite.js";
import { formatLogarithmicTick, formatNumber, formatPowerOfTen } from "../../site_src/charts/format.js";
import { logarithmicTicks } from "../../site_src/charts/log_axis.js";
import { lossChart } from "../../site_src/charts/loss.js";
import { thin } from "../../site_src/charts/thin.js";
import { trajectoryChart } from "../../site_src/charts/trajectory.js";
import { distance } from "../../site_src/trace/distance.js";
import { pairOf, runOf } from "./samples.js";

const frame = { document, width: 480, summary: "What is seen." };
const lossLabels = { step: "step t", logarithmic: "loss (log)", linear: "loss" };
const trajectoryLabels = { start: "start", minimum: "minimum", axes: ["w₀", "w₁"] as [string, string] };
const way = [
  [1, 1],
  [0.5, 0.4],
  [0.1, 0.05],
];
const pair = pairOf(runOf([100, 10, 1], way), runOf([100, 20, 5], way));

function texts(chart: Element): string[] {
  return [...chart.querySelectorAll("text")].map((text) => text.textContent ?? "");
}

function lines(chart: Element): Element[] {
  return [...chart.querySelectorAll("path")].filter((path) => (path.getAttribute("d") ?? "").length > 20);
}

describe("loss chart", () => {
  const chart = lossChart(pair, lossLabels, frame);

  it("is one image with a text alternative, and nothing inside has a name of its own", () => {
    expect(chart.getAttribute("role")).toBe("img");
    expect(chart.getAttribute("aria-label")).toBe("What is seen.");
    expect(chart.querySelectorAll("[aria-label]").length).toBe(0);
  });

  it("tells the two apart by colour, dash, marker and name", () => {
    const markup = chart.outerHTML;
    expect(markup).toContain("var(--adamw-color)");
    expect(markup).toContain("var(--adam-weight-decay-color)");
    expect(markup).toContain('stroke-dasharray="7 4"');
    expect(texts(chart)).toContain("AdamW");
    expect(texts(chart)).toContain("AdamWeightDecay");
  });

  it("has a logarithmic axis whose ticks are written out, never as 300m", () => {
    expect(texts(chart)).toEqual(expect.arrayContaining(["1", "10", "100", "↑ loss (log)", "step t →"]));
    expect(texts(chart).join()).not.toMatch(/\d[mkµ]\b/);
  });

  it("is linear where a loss is negative", () => {
    const negative = pairOf(runOf([1, -1], way.slice(0, 2)), runOf([1, 0.5], way.slice(0, 2)));
    expect(texts(lossChart(negative, lossLabels, frame))).toContain("↑ loss");
  });

  it.each([
    ["an exact zero", [1, 0]],
    ["a constant", [1, 1]],
    ["only zeros", [0, 0]],
    ["an infinity", [1, Infinity]],
    ["nothing finite", [NaN, NaN]],
  ])("draws %s", (_, loss) => {
    const run = runOf(loss as number[], way.slice(0, 2));
    expect(lossChart(pairOf(run, run), lossLabels, frame).outerHTML).not.toContain("NaN");
  });
});

describe("trajectory chart", () => {
  const z = Array.from({ length: 9 }, (_, row) => Array.from({ length: 11 }, (_, column) => row + column));
  const surface = { x: [-1, 1] as [number, number], y: [-2, 2] as [number, number], z, minimum: [0, 0] };

  it("draws contours, both ways, the start and the minimum", () => {
    const chart = trajectoryChart(pair, surface, trajectoryLabels, frame);
    expect(texts(chart)).toEqual(expect.arrayContaining(["AdamW", "AdamWeightDecay", "start", "minimum"]));
    const without = trajectoryChart(pair, null, trajectoryLabels, frame);
    expect(lines(chart).length).toBeGreaterThan(lines(without).length);
  });

  it("draws ways alone where no surface is known", () => {
    const chart = trajectoryChart(pair, null, trajectoryLabels, frame);
    expect(texts(chart)).not.toContain("minimum");
    expect(chart.outerHTML).not.toContain("NaN");
  });
});

describe("distance chart", () => {
  it("leaves out the start, where the distance is 0", () => {
    const other = runOf(
      [1, 1, 1],
      [
        [1, 1],
        [0.4, 0.4],
        [0.2, 0.05],
      ],
    );
    const chart = distanceChart(distance(pairOf(pair.adamw, other)), { step: "t", distance: "d" }, frame);
    expect(chart.outerHTML).not.toContain("NaN");
    expect(texts(chart)).toContain("↑ d");
  });

  it("draws two runs that are the same", () => {
    const chart = distanceChart(distance(pair), { step: "t", distance: "d" }, frame);
    expect(chart.outerHTML).not.toContain("NaN");
  });
});

describe("finitePart", () => {
  it("ends before the first value that is not finite", () => {
    const run = runOf([1, 2, 3], [[0], [Infinity], [0]]);
    expect(divergence(run)).toBe(1);
    expect(finitePart(run).steps).toEqual([0]);
    expect(divergence(runOf([1], [[1]]))).toBeNull();
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [0.05, "0.05"],
    [1e-8, "1e-8"],
    [123456, "1.235e5"],
    [1 / 3, "0.3333"],
    [-2.5e-7, "-2.5e-7"],
    [100, "100"],
    [Infinity, "Infinity"],
  ])("%d is written %s", (value, written) => expect(formatNumber(value)).toBe(written));

  it.each([
    [1e-14, "10⁻¹⁴"],
    [1, "1"],
    [0.01, "0.01"],
    [1000, "1000"],
    [1e5, "10⁵"],
    [300, ""],
  ])("tick %d is written %s", (value, written) => expect(formatPowerOfTen(value)).toBe(written));

  it("has few ticks over many decades and some over a part of one", () => {
    expect(logarithmicTicks(1e-30, 1e3).length).toBeLessThanOrEqual(7);
    expect(logarithmicTicks(0.5, 80)).toEqual([0.5, 1, 2, 5, 10, 20, 50]);
    expect(logarithmicTicks(0.05, 0.9)).toEqual([0.05, 0.1, 0.2, 0.5]);
    expect(logarithmicTicks(2.1, 8)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(logarithmicTicks(1, 1000)).toEqual([1, 10, 100, 1000]);
  });
});

describe("ticks of a logarithmic axis", () => {
  it.each([
    [24.1, 24.2],
    [0.99999, 1.00001],
    [1, 1.5],
    [3e-7, 3.1e-7],
    [0.3, 3],
    [1e-9, 1.1e-8],
  ])("from %d to %d are at least three, inside and told apart", (low, high) => {
    const ticks = logarithmicTicks(low, high);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(Math.min(...ticks)).toBeGreaterThanOrEqual(low * (1 - 1e-9));
    expect(Math.max(...ticks)).toBeLessThanOrEqual(high * (1 + 1e-9));
    expect(new Set(ticks.map(formatLogarithmicTick)).size).toBe(ticks.length);
  });

  it.each([
    [0.5, "0.5"],
    [200, "200"],
    [1e-5, "10⁻⁵"],
    [5e-5, "5·10⁻⁵"],
    [20000, "2·10⁴"],
  ])("%d is written %s", (value, written) => expect(formatLogarithmicTick(value)).toBe(written));
});

describe("thin", () => {
  it("keeps the ends and at most the limit", () => {
    const kept = thin(Array.from({ length: 12345 }, (_, i) => i));
    expect(kept).toHaveLength(1000);
    expect([kept[0], kept.at(-1)]).toEqual([0, 12344]);
    expect(new Set(kept).size).toBe(1000);
    expect(thin([1, 2])).toEqual([1, 2]);
  });
});
