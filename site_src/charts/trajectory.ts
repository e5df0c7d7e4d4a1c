import { contour, dot, type Markish, text } from "@observablehq/plot";
import type { Pair, Run } from "../trace/types.js";
import { draw, type Frame } from "./chart.js";
import { finitePart } from "./finite.js";
import { formatNumber } from "./format.js";
import { PAPER } from "./identity.js";
import { type Point, pairOfSeries } from "./series.js";

/** The loss over a rectangle: `z[row][column]`, rows along y from `y[0]` to `y[1]`. */
export interface Surface {
  x: [number, number];
  y: [number, number];
  z: number[][];
  minimum: number[] | null;
}

export interface TrajectoryLabels {
  start: string;
  minimum: string;
  /** Names of the two coordinates. */
  axes: [string, string];
}

// Below this the loss counts as zero, which has no logarithm.
const SMALLEST_LOSS = 1e-9;
const FEW = 0.04;
const NAME = { x: "x", y: "y", fill: "currentColor", stroke: PAPER, strokeWidth: 4 } as const;

function points(run: Run): Point[] {
  return finitePart(run).parameters.map(([x, y]) => ({ x: x as number, y: y as number }));
}

function extent(range: readonly number[], values: readonly number[]): [number, number] {
  const inside = values.filter(Number.isFinite);
  return [Math.min(...range, ...inside), Math.max(...range, ...inside)];
}

/** Contours half a power of ten apart. */
function contours({ x, y, z }: Surface): Markish {
  const exponents = z.flat().map((loss) => Math.log10(Math.max(loss, SMALLEST_LOSS)));
  // A valley narrower than the grid would come out as beads: leave out levels that few points lie below.
  const lowest = exponents.toSorted((a, b) => a - b)[Math.floor(exponents.length * FEW)] as number;
  const low = Math.ceil(2 * lowest);
  const high = Math.floor(2 * Math.max(...exponents));
  return contour(exponents, {
    width: z[0]?.length ?? 0,
    height: z.length,
    x1: x[0],
    x2: x[1],
    y1: y[0],
    y2: y[1],
    thresholds: Array.from({ length: high - low + 1 }, (_, index) => (low + index) / 2),
    stroke: "currentColor",
    strokeOpacity: 0.28,
    clip: true,
  });
}

function startMark(point: Point, label: string): Markish[] {
  return [
    dot([point], { x: "x", y: "y", r: 5, fill: "currentColor", stroke: PAPER, strokeWidth: 2 }),
    text([point], { ...NAME, text: () => label, dy: -10, lineAnchor: "bottom" }),
  ];
}

/** The minimum, with its name on the side where the lines' names are not. */
function minimumMark(point: Point, label: string, namesEndHere: boolean): Markish[] {
  const side = namesEndHere
    ? ({ textAnchor: "start", dx: 10 } as const)
    : ({ textAnchor: "end", dx: -10 } as const);
  return [
    dot([point], {
      x: "x",
      y: "y",
      r: 6,
      symbol: "star",
      fill: PAPER,
      stroke: "currentColor",
      strokeWidth: 1.5,
    }),
    text([point], { ...NAME, text: () => label, ...side }),
  ];
}

/** The way of both through the plane of a problem's two parameters, on its contours where they are known. */
export function trajectoryChart(
  pair: Pair,
  surface: Surface | null,
  labels: TrajectoryLabels,
  frame: Frame,
): Element {
  const adamw = points(pair.adamw);
  const other = points(pair.adam_weight_decay);
  const start = adamw[0] ?? other[0];
  const both = surface ? [start].filter((p) => p !== undefined) : [...adamw, ...other];
  const x = extent(
    surface?.x ?? [],
    both.map((p) => p.x),
  );
  const y = extent(
    surface?.y ?? [],
    both.map((p) => p.y),
  );
  // A name that starts at the right edge would leave the chart.
  const anchor = (last: Point) => (last.x > (x[0] + x[1]) / 2 ? "end" : "start");
  const [minimumX, minimumY] = surface?.minimum ?? [];
  return draw(frame, {
    height: Math.max(260, Math.min(420, frame.width * 0.8)),
    x: {
      domain: x,
      label: labels.axes[0],
      tickFormat: (v: number) => formatNumber(v),
      ticks: frame.width / 90,
    },
    y: { domain: y, label: labels.axes[1], tickFormat: (v: number) => formatNumber(v), ticks: 6 },
    marks: [
      surface ? contours(surface) : [],
      minimumX === undefined || minimumY === undefined
        ? []
        : minimumMark(
            { x: minimumX, y: minimumY },
            labels.minimum,
            anchor({ x: minimumX, y: minimumY }) === "end",
          ),
      start ? startMark(start, labels.start) : [],
      pairOfSeries(adamw, other, anchor),
    ],
  });
}
