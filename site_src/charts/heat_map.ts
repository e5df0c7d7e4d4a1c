// A quantity over a grid of two hyper-parameters, as colours.
import { legend, type Markish, raster, type ScaleOptions, text } from "@observablehq/plot";
import { draw, type Frame } from "./chart.js";
import { formatLogarithmicTick } from "./format.js";
import type { Point, ScaledChart } from "./lines.js";
import { logarithmicTicks } from "./log_axis.js";

const SVG = "http://www.w3.org/2000/svg";
const LEGEND_HEIGHT = 52;
const AXES = { marginLeft: 62, marginRight: 16, marginBottom: 44 };

export interface Tick {
  /** Position on the axis, in cells; the first cell is at 0. */
  at: number;
  label: string;
}

/** A quantity on a grid, row by row; the first row is at the bottom. */
export interface Grid {
  columns: number;
  rows: number;
  z: Float64Array;
}

export interface MapLook {
  x: { label: string; ticks: readonly Tick[] };
  y: { label: string; ticks: readonly Tick[] };
  /** What the colours mean. */
  label: string;
  /** The colours below and above one, for a ratio; null for a quantity that only has more or less. */
  ratio: { below: string; middle: string; above: string } | null;
}

/** A map with the two markers that can be moved on it. */
export interface HeatMap {
  chart: ScaledChart;
  /** Puts a frame round the cell that the reader looks at. */
  lookAt(column: number, row: number): void;
  /** Marks where the present settings are; null where they are not on the map. */
  here(at: Point | null): void;
  /** The cell below a point of the chart, in pixels; null beside the map. */
  cellAt(point: Point): { column: number; row: number } | null;
}

/** What has a colour on a logarithmic scale; a zero is given that of the smallest number. */
function coloured(z: Float64Array): { values: number[]; low: number; high: number } {
  const positive = [...z].filter((value) => value > 0 && Number.isFinite(value));
  const low = positive.length > 0 ? Math.min(...positive) : 1;
  const high = positive.length > 0 ? Math.max(...positive) : 1;
  return {
    values: Array.from(z, (value) => (value === 0 ? low : Number.isFinite(value) ? value : Number.NaN)),
    low,
    high,
  };
}

function colours({ ratio }: MapLook, low: number, high: number): ScaleOptions & { domain: number[] } {
  if (ratio) {
    const far = Math.max(high, 1 / low, 1.01);
    const range = [ratio.below, ratio.middle, ratio.above];
    return { type: "diverging-log", domain: [1 / far, far], pivot: 1, range };
  }
  return { type: "log", domain: low < high ? [low, high] : [low / 2, high * 2], scheme: "viridis" };
}

function element(document: Document, name: string, attributes: Record<string, string | number>): Element {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Stripes below the map: they show where there is no number. */
function stripes(frame: Frame): Markish {
  return (_index, { scales }) => {
    const { document } = frame;
    const group = element(document, "g", {});
    const [left, right] = (scales.x?.domain as number[]).map((at) => scales.x?.apply(at) as number);
    const [bottom, top] = (scales.y?.domain as number[]).map((at) => scales.y?.apply(at) as number);
    const id = "adamwd-map-stripes";
    const pattern = element(document, "pattern", {
      id,
      width: 6,
      height: 6,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(
      element(document, "rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.5 }),
    );
    const box = { x: left as number, y: top as number, fill: `url(#${id})` };
    const size = {
      width: (right as number) - (left as number),
      height: (bottom as number) - (top as number),
    };
    group.append(pattern, element(document, "rect", { ...box, ...size }));
    return group as SVGElement;
  };
}

/** Draws a map, with its legend above it. */
export function heatMap({ columns, rows, z }: Grid, look: MapLook, frame: Frame): HeatMap {
  const { document, width } = frame;
  const { values, low, high } = coloured(z);
  const color = colours(look, low, high);
  const side = Math.min(width - AXES.marginLeft - AXES.marginRight, 460);
  const axis = (count: number, { label, ticks }: MapLook["x"]): ScaleOptions => ({
    type: "linear",
    domain: [-0.5, count - 0.5],
    label,
    ticks: ticks.map(({ at }) => at),
    tickFormat: (at: number) => ticks.find((tick) => tick.at === at)?.label ?? "",
  });
  const chart = draw(frame, {
    ...AXES,
    marginTop: LEGEND_HEIGHT + 26,
    width: side + AXES.marginLeft + AXES.marginRight,
    height: side + LEGEND_HEIGHT + 26 + AXES.marginBottom,
    x: axis(columns, look.x),
    // Plot would put this name at the top of the picture, where the legend is.
    y: { ...axis(rows, look.y), label: null },
    color,
    marks: [
      stripes(frame),
      raster(values, {
        width: columns,
        height: rows,
        x1: -0.5,
        y1: -0.5,
        x2: columns - 0.5,
        y2: rows - 0.5,
        imageRendering: "pixelated",
      }),
      text([`↑ ${look.y.label}`], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -40,
        dy: -16,
        fill: "currentColor",
      }),
    ],
  }) as ScaledChart;
  const [least, most] = color.domain as [number, number];
  // Plot's types do not know that a legend takes a document too, as a plot does.
  const options = {
    color: { ...color, label: look.label },
    document,
    width: side,
    height: 46,
    ticks: logarithmicTicks(least, most),
    tickFormat: formatLogarithmicTick,
    style: { color: "currentColor", fontFamily: "inherit", fontSize: "12px" },
  };
  const key = legend(options as Parameters<typeof legend>[0]);
  key.setAttribute("text-anchor", "start");
  key.setAttribute("x", String(AXES.marginLeft));
  key.setAttribute("y", "0");
  chart.append(key);

  const [x, y] = [chart.scale("x"), chart.scale("y")];
  const cell = { width: x.apply(1) - x.apply(0), height: y.apply(0) - y.apply(1) };
  const frameRound = element(document, "rect", {
    ...cell,
    fill: "none",
    stroke: "#fff",
    "stroke-width": 2,
    class: "sweep-cell",
  });
  const shade = element(document, "rect", { ...cell, fill: "none", stroke: "#000", "stroke-width": 5 });
  const now = element(document, "circle", {
    r: 6,
    fill: "none",
    stroke: "#000",
    "stroke-width": 5,
  });
  const nowInside = element(document, "circle", { r: 6, fill: "none", stroke: "#fff", "stroke-width": 2.5 });
  chart.append(now, nowInside, shade, frameRound);
  const place = (items: Element[], [a, b]: [string, string], at: Point | null) => {
    for (const item of items) {
      item.setAttribute("visibility", at ? "visible" : "hidden");
      if (at) item.setAttribute(a, String(at.x));
      if (at) item.setAttribute(b, String(at.y));
    }
  };
  place([shade, frameRound], ["x", "y"], null);
  place([now, nowInside], ["cx", "cy"], null);
  return {
    chart,
    lookAt(column, row) {
      place([shade, frameRound], ["x", "y"], { x: x.apply(column - 0.5), y: y.apply(row + 0.5) });
    },
    here(at) {
      place([now, nowInside], ["cx", "cy"], at && { x: x.apply(at.x), y: y.apply(at.y) });
    },
    cellAt(point) {
      const column = Math.round(x.invert(point.x)) + 0;
      const row = Math.round(y.invert(point.y)) + 0;
      return column >= 0 && row >= 0 && column < columns && row < rows ? { column, row } : null;
    },
  };
}
