// The way of both runs through the plane of two parameters. What stays (contours, axes, minimum) is drawn
// by Plot once; the ways are put on it by hand, so that they can follow a slider.
import { contour, dot, type Markish, text } from "@observablehq/plot";
import { type Curves, type Position, POSITIONS } from "../trace/curves.js";
import { draw, type Frame } from "./chart.js";
import { formatNumber } from "./format.js";
import { type Identity, PAPER } from "./identity.js";
import type { Point, ScaledChart } from "./lines.js";
import { thin } from "./thin.js";

/** The loss over a rectangle: `z[row][column]`, rows along y from `y[0]` to `y[1]`. */
export interface Surface {
  x: [number, number];
  y: [number, number];
  z: number[][];
  minimum: number[] | null;
}

export interface PlaneLabels {
  minimum: string;
  /** Names of the two coordinates. */
  axes: [string, string];
}

// Below this the loss counts as zero, which has no logarithm.
const SMALLEST_LOSS = 1e-9;
const FEW = 0.04;
const SVG = "http://www.w3.org/2000/svg";

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
    thresholds: Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => (low + index) / 2),
    stroke: "currentColor",
    strokeOpacity: 0.28,
    clip: true,
  });
}

function minimumMark([x, y]: number[], label: string): Markish[] {
  const point = [{ x, y }];
  return [
    dot(point, {
      x: "x",
      y: "y",
      r: 6,
      symbol: "star",
      fill: PAPER,
      stroke: "currentColor",
      strokeWidth: 1.5,
    }),
    text(point, {
      x: "x",
      y: "y",
      text: () => label,
      fill: "currentColor",
      stroke: PAPER,
      strokeWidth: 4,
      lineAnchor: "top",
      dy: 10,
    }),
  ];
}

/** The points of one side, up to the first that is not finite. */
export function wayOf(curves: Curves, position: Position): Point[] {
  const { parameters } = curves[position];
  const points: Point[] = [];
  for (let row = 0; row < curves.steps.length; row += 1) {
    const [x, y] = [parameters[2 * row] as number, parameters[2 * row + 1] as number];
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    points.push({ x, y });
  }
  return points;
}

function extent(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = low < high ? (high - low) * 0.08 : Math.max(Math.abs(low) * 0.1, 0.1);
  return [low - room, high + room];
}

/** What part of the plane is shown: the surface and the start, or without a surface both ways. */
export function planeOf(curves: Curves, surface: Surface | null): Record<"x" | "y", [number, number]> {
  const ways = POSITIONS.map((position) => wayOf(curves, position));
  const points = surface ? ways.flatMap((way) => way.slice(0, 1)) : ways.flat();
  const both = (axis: "x" | "y"): [number, number] => {
    const values = points.map((point) => point[axis]);
    if (!surface) return extent(values.length > 0 ? values : [0]);
    return [Math.min(...surface[axis], ...values), Math.max(...surface[axis], ...values)];
  };
  return { x: both("x"), y: both("y") };
}

/** The plane without the ways: axes, contours, minimum. */
export function planeChart(
  plane: Record<"x" | "y", [number, number]>,
  surface: Surface | null,
  labels: PlaneLabels,
  frame: Frame,
): ScaledChart {
  const tickFormat = (value: number) => formatNumber(value, 3);
  return draw(frame, {
    height: Math.round(Math.max(260, Math.min(420, frame.width * 0.8))),
    marginLeft: 60,
    x: {
      domain: plane.x,
      label: labels.axes[0],
      tickFormat,
      ticks: Math.max(2, Math.floor(frame.width / 100)),
    },
    y: { domain: plane.y, label: labels.axes[1], tickFormat, ticks: 6 },
    marks: [
      surface ? contours(surface) : [],
      surface?.minimum ? minimumMark(surface.minimum, labels.minimum) : [],
    ],
  }) as ScaledChart;
}

function element(document: Document, name: string, attributes: Record<string, string | number>): Element {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Where a point of the plane stands in the chart, in pixels. */
export function pixelOf(chart: ScaledChart, { x, y }: Point): Point {
  return { x: chart.scale("x").apply(x), y: chart.scale("y").apply(y) };
}

function marker(document: Document, { symbol, color }: Identity): Element {
  const look = { fill: color, stroke: PAPER, "stroke-width": 2, class: "views-now" };
  if (symbol === "circle") return element(document, "circle", { r: 7, ...look });
  return element(document, "rect", { x: -6.5, y: -6.5, width: 13, height: 13, ...look });
}

function nameOf(document: Document, at: Point, { label, color }: Identity, above: boolean, middle: number) {
  const text = element(document, "text", {
    x: at.x,
    y: at.y + (above ? -10 : 18),
    fill: color,
    stroke: PAPER,
    "stroke-width": 5,
    "paint-order": "stroke",
    "font-weight": 600,
    "text-anchor": at.x > middle ? "end" : "start",
  });
  text.textContent = label;
  return text;
}

/** The ways of both, as a group to be put on the plane, with a marker for each that can be moved. */
export function waysGroup(
  chart: ScaledChart,
  curves: Curves,
  identities: Record<Position, Identity>,
  frame: Pick<Frame, "document" | "width">,
  most: number,
): { group: Element; markers: Record<Position, Element> } {
  const { document } = frame;
  const group = element(document, "g", { class: "views-ways" });
  const [x, y] = [chart.scale("x"), chart.scale("y")];
  const [left, right] = x.domain.map((value) => x.apply(value)) as [number, number];
  const [bottom, top] = y.domain.map((value) => y.apply(value)) as [number, number];
  const inside = ({ x: px, y: py }: Point) =>
    px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1;
  const ways = POSITIONS.map((position) => ({
    position,
    pixels: thin(wayOf(curves, position), most).map((point) => pixelOf(chart, point)),
  }));
  const ends = ways.map(({ pixels }) => pixels.findLast(inside));
  const markers = {} as Record<Position, Element>;
  for (const { position, pixels } of ways) {
    const { color, dash } = identities[position];
    // Far outside, coordinates are cut: some renderers stumble over large ones.
    const cut = (value: number) => Math.max(-5000, Math.min(5000, value)).toFixed(1);
    const d = pixels.map((point, index) => `${index ? "L" : "M"}${cut(point.x)},${cut(point.y)}`).join("");
    group.append(
      element(document, "path", {
        d,
        fill: "none",
        stroke: color,
        "stroke-width": 2,
        "stroke-linejoin": "round",
        ...(dash === "none" ? {} : { "stroke-dasharray": dash }),
        class: "views-way",
      }),
    );
  }
  ways.forEach(({ position }, index) => {
    const end = ends[index];
    const other = ends[1 - index];
    const above = end && other ? end.y < other.y || (end.y === other.y && index === 0) : true;
    if (end) group.append(nameOf(document, end, identities[position], above, (left + right) / 2));
    markers[position] = marker(document, identities[position]);
    group.append(markers[position]);
  });
  return { group, markers };
}
