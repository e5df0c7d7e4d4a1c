import { beforeEach, describe, expect, it } from "vitest";
import { formatLogarithmicTick, formatNumber, formatPowerOfTen } from "../../site_src/charts/format.js";
import { heatMap } from "../../site_src/charts/heat_map.js";
import { identitiesOf } from "../../site_src/charts/identity.js";
import { finiteStart } from "../../site_src/charts/lines.js";
import { logarithmicTicks } from "../../site_src/charts/log_axis.js";
import { thin } from "../../site_src/charts/thin.js";
import { pixelOf, planeChart, planeOf, waysGroup, wayOf } from "../../site_src/charts/trajectory.js";
import { type Drawing, isAvailable, STEP_VIEWS, stepChart, valuesOf } from "../../site_src/charts/views.js";
import { en } from "../../site_src/i18n/en.js";
import type { Curves } from "../../site_src/trace/curves.js";
import { curvesOfAnswer } from "../../site_src/trace/decode_curves.js";
import { curvesAnswer, paintable, spec } from "./samples.js";

const frame = { document, width: 480, summary: "What is seen." };
const labels = { step: "step t", linear: "loss", logarithmic: "loss (log)", closedForm: "closed form" };
const specs = { left: spec("left"), right: spec("right") };

function drawing(change: Partial<Curves> = {}, more: Partial<Drawing> = {}): Drawing {
  const curves = { ...curvesOfAnswer(curvesAnswer(), specs), ...change };
  const identities = identitiesOf(curves.specs, en.views);
  return { curves, identities, component: 0, log: true, most: 1000, ...more };
}

function withLoss(left: number[], right: number[]): Drawing {
  const { curves } = drawing();
  return drawing({
    left: { ...curves.left, loss: Float64Array.from(left) },
    right: { ...curves.right, loss: Float64Array.from(right) },
  });
}

function texts(chart: Element): string[] {
  return [...chart.querySelectorAll("text")].map((text) => text.textContent ?? "");
}

describe("charts over the steps", () => {
  const chart = stepChart("loss", drawing(), labels, frame);

  it("are one image with a text alternative, and nothing inside has a name of its own", () => {
    expect(chart.getAttribute("role")).toBe("img");
    expect(chart.getAttribute("aria-label")).toBe("What is seen.");
    expect(chart.querySelectorAll("[aria-label]").length).toBe(0);
  });

  it("tell the two apart by colour, dash, marker and name", () => {
    const markup = chart.outerHTML;
    expect(markup).toContain("var(--adamw-color)");
    expect(markup).toContain("var(--adam-weight-decay-color)");
    expect(markup).toContain('stroke-dasharray="7 4"');
    expect(texts(chart)).toEqual(expect.arrayContaining(["AdamW", "AdamWeightDecay"]));
  });

  it("are logarithmic with ticks written out, linear on request, and linear where a loss is negative", () => {
    expect(texts(chart)).toEqual(expect.arrayContaining(["1", "10", "↑ loss (log)", "step t →"]));
    expect(texts(stepChart("loss", drawing({}, { log: false }), labels, frame))).toContain("↑ loss");
    expect(texts(stepChart("loss", withLoss([1, -1, 1], [1, 1, 1]), labels, frame))).toContain("↑ loss");
  });

  it.each([
    ["an exact zero", [1, 0, 0]],
    ["a constant", [1, 1, 1]],
    ["only zeros", [0, 0, 0]],
    ["an infinity", [1, Infinity, 1]],
    ["nothing finite", [NaN, NaN, NaN]],
  ])("draw %s", (_, loss) => {
    expect(stepChart("loss", withLoss(loss, loss), labels, frame).outerHTML).not.toContain("NaN");
  });

  it.each([...STEP_VIEWS])("draw %s of an answer of Python", (view) => {
    const markup = stepChart(view, drawing(), labels, frame).outerHTML;
    expect(markup).not.toContain("NaN");
    expect(markup).toContain("<path");
  });

  it("show the component that is chosen", () => {
    const { curves } = drawing();
    const update = Float64Array.from([0, 0, 1, 2, 3, 4]);
    const chosen = drawing({ left: { ...curves.left, update } }, { component: 1 });
    expect([...(valuesOf("update", "left", chosen) ?? [])]).toEqual([NaN, 2, 4]);
  });

  it("are left out where nothing was recorded", () => {
    const { curves } = drawing();
    const without = drawing({ left: { ...curves.left, update: null, stepSize: null } });
    expect(isAvailable("update", without)).toBe(false);
    expect(isAvailable("ratio", without)).toBe(false);
    expect(isAvailable("loss", without)).toBe(true);
    expect(isAvailable("trajectories", drawing({ names: ["w"] }))).toBe(false);
  });
});

describe("the plane", () => {
  const z = Array.from({ length: 9 }, (_, row) => Array.from({ length: 11 }, (_, column) => row + column));
  const surface = { x: [-1, 1] as [number, number], y: [-2, 2] as [number, number], z, minimum: [0, 0] };
  const planeLabels = { minimum: "minimum", axes: ["w₀", "w₁"] as [string, string] };

  it("has contours and the minimum where the surface is known, and both ways with their markers", () => {
    const { curves, identities } = drawing();
    const plain = planeChart(planeOf(curves, null), null, planeLabels, frame);
    const chart = planeChart(planeOf(curves, surface), surface, planeLabels, frame);
    expect(chart.querySelectorAll("path").length).toBeGreaterThan(plain.querySelectorAll("path").length);
    expect(texts(chart)).toContain("minimum");
    expect(texts(plain)).not.toContain("minimum");
    const { group, markers } = waysGroup(chart, curves, identities, frame, 1000);
    expect(texts(group)).toEqual(["AdamW", "AdamWeightDecay"]);
    expect(group.querySelectorAll(".views-way")).toHaveLength(2);
    expect([markers.left.tagName, markers.right.tagName]).toEqual(["circle", "rect"]);
    expect(chart.outerHTML + group.outerHTML).not.toContain("NaN");
  });

  it("ends a way at the first point that is not finite", () => {
    const { curves } = drawing();
    const parameters = Float64Array.from([1, 1, Infinity, 0, 0.5, 0.5]);
    const broken = { ...curves, right: { ...curves.right, parameters } };
    expect(wayOf(broken, "right")).toEqual([{ x: 1, y: 1 }]);
    expect(wayOf(broken, "left")).toHaveLength(3);
  });

  it("says where a point stands", () => {
    const chart = planeChart({ x: [0, 1], y: [0, 1] }, null, planeLabels, frame);
    const [low, high] = [pixelOf(chart, { x: 0, y: 0 }), pixelOf(chart, { x: 1, y: 1 })];
    expect(low.x).toBeLessThan(high.x);
    expect(low.y).toBeGreaterThan(high.y);
  });
});

describe("finiteStart", () => {
  it("ends before the first value that is not finite, and a start without a value ends nothing", () => {
    const points = [NaN, 1, 2, Infinity, 3].map((y, x) => ({ x, y }));
    expect(finiteStart(points)).toEqual({ points: points.slice(1, 3), endsAt: 3 });
    expect(finiteStart(points.slice(1, 3)).endsAt).toBeNull();
  });
});

describe("a map", () => {
  const look = {
    x: { label: "lr", ticks: [{ at: 0, label: "0.001" }] },
    y: { label: "beta2", ticks: [{ at: 1, label: "0.99" }] },
    label: "distance",
    ratio: null,
  };
  let map: ReturnType<typeof heatMap>;
  beforeEach(() => {
    paintable();
    map = heatMap({ columns: 3, rows: 2, z: Float64Array.from([1, 0, NaN, 10, 100, Infinity]) }, look, frame);
  });

  it("has both axes in words, stripes where there is no number, and one text alternative", () => {
    expect(texts(map.chart)).toEqual(expect.arrayContaining(["0.001", "0.99"]));
    expect(texts(map.chart).join(" ")).toMatch(/lr/);
    expect(map.chart.querySelector("pattern")).not.toBeNull();
    expect(map.chart.getAttribute("aria-label")).toBe("What is seen.");
    expect(map.chart.querySelectorAll("[aria-label]").length).toBe(0);
  });

  it("knows the cell below a point, and none beside the map", () => {
    const [x, y] = [map.chart.scale("x"), map.chart.scale("y")];
    for (const [column, row] of [
      [0, 0],
      [2, 1],
    ] as const) {
      expect(map.cellAt({ x: x.apply(column + 0.4), y: y.apply(row - 0.4) })).toEqual({ column, row });
    }
    expect(map.cellAt({ x: x.apply(-0.6), y: y.apply(0) })).toBeNull();
    expect(map.cellAt({ x: x.apply(0), y: y.apply(1.6) })).toBeNull();
  });

  it("moves its frame and its circle, and hides the circle of settings that are not on it", () => {
    map.lookAt(1, 1);
    const cell = map.chart.querySelector(".sweep-cell");
    expect(Number(cell?.getAttribute("x"))).toBeCloseTo(map.chart.scale("x").apply(0.5));
    map.here({ x: 1, y: 0 });
    const circle = map.chart.querySelector("circle");
    expect(circle?.getAttribute("visibility")).toBe("visible");
    map.here(null);
    expect(circle?.getAttribute("visibility")).toBe("hidden");
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
