// Lines over the steps: the marks that every chart of the playground is made of.
import { dot, line, type Markish, ruleY, text } from "@observablehq/plot";
import { draw, type Frame } from "./chart.js";
import { formatNumber } from "./format.js";
import { PAPER } from "./identity.js";
import { logarithmicAxis } from "./log_axis.js";
import { thin } from "./thin.js";

export interface Point {
  x: number;
  y: number;
}

export interface Line {
  points: Point[];
  color: string;
  dash: string;
  /** Null for a line without markers: a closed form beside what was measured. */
  symbol: "circle" | "square" | null;
  /** The name at the end of the line; none where it is empty. */
  label: string;
}

export interface LinesOptions {
  step: string;
  /** Names of the vertical axis. */
  linear: string;
  logarithmic: string;
  /** Whether the vertical axis is logarithmic where the values allow it. */
  log: boolean;
  /** A level to compare with. */
  level?: number;
  most: number;
}

/** A chart that can be asked where a value stands. */
export interface ScaledChart extends Element {
  scale(name: "x" | "y"): { apply(value: number): number; invert(pixel: number): number; domain: number[] };
}

const MARKERS = 7;

/** Points up to the first that is not finite. Step 0 may have no value, which ends nothing. */
export function finiteStart(points: readonly Point[]): { points: Point[]; endsAt: number | null } {
  const begin = points.findIndex(({ y }) => Number.isFinite(y));
  if (begin === -1) return { points: [], endsAt: points.length > 1 ? (points[1]?.x ?? null) : null };
  const broken = points.findIndex(({ y }, index) => index > begin && !Number.isFinite(y));
  const end = broken === -1 ? points.length : broken;
  return { points: points.slice(begin, end), endsAt: broken === -1 ? null : (points[broken]?.x ?? null) };
}

function markers({ points, symbol, color }: Line): Markish {
  if (!symbol) return [];
  return dot(thin(points, MARKERS), { x: "x", y: "y", fill: color, stroke: PAPER, symbol, r: 4, clip: true });
}

/** Where a run ends in a value that is not finite. */
function broken(line: Line, endsAt: number | null): Markish {
  const last = line.points.at(-1);
  if (endsAt === null || !last) return [];
  return dot([last], { x: "x", y: "y", symbol: "times", stroke: line.color, strokeWidth: 3, r: 7 });
}

function name({ points, label, color }: Line, above: boolean, middle: number): Markish {
  const last = points.at(-1);
  if (!last || !label) return [];
  const end = last.x > middle;
  return text([last], {
    x: "x",
    y: "y",
    text: () => label,
    fill: color,
    stroke: PAPER,
    strokeWidth: 5,
    fontWeight: 600,
    textAnchor: end ? "end" : "start",
    lineAnchor: above ? "bottom" : "top",
    dx: end ? 0 : 6,
    dy: above ? -8 : 8,
  });
}

/** Which names stand above the ends of their lines: those of the higher ends. */
function namesAbove(lines: readonly Line[]): boolean[] {
  const ends = lines.map(({ points, label }) => (label ? (points.at(-1)?.y ?? 0) : Number.NEGATIVE_INFINITY));
  const highest = ends.indexOf(Math.max(...ends));
  return lines.map((_, index) => index === highest);
}

/** A chart of lines over the steps, with their names at their ends. */
export function linesChart(given: readonly Line[], options: LinesOptions, frame: Frame): ScaledChart {
  const cut = given.map((line) => ({ line, ...finiteStart(line.points) }));
  const values = cut.flatMap(({ points }) => points.map(({ y }) => y));
  // A logarithm has no zero, but many a run begins with one.
  const log = options.log && values.every((y) => y >= 0) && values.some((y) => y > 0);
  const lines = cut.map(({ line, points }) => ({
    ...line,
    points: thin(log ? points.filter(({ y }) => y > 0) : points, options.most),
  }));
  const levels = options.level === undefined ? [] : [options.level];
  const drawn = [...levels, ...lines.flatMap(({ points }) => points.map(({ y }) => y))];
  const last = Math.max(1, ...cut.flatMap(({ points }) => points.map(({ x }) => x)));
  const above = namesAbove(lines);
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  // Room for the names, and for a line that is level.
  const room = low < high ? (high - low) * 0.14 : Math.max(Math.abs(high), 1e-12);
  const linear = {
    label: options.linear,
    grid: true,
    domain: drawn.length > 0 ? [low - room, high + room] : [0, 1],
    tickFormat: (value: number) => formatNumber(value, 3),
    ticks: 5,
  };
  return draw(frame, {
    height: Math.round(Math.max(220, Math.min(300, frame.width * 0.6))),
    marginLeft: 60,
    x: {
      domain: [0, last],
      label: options.step,
      tickFormat: (value: number) => String(value),
      ticks: Math.max(2, Math.floor(frame.width / 100)),
    },
    y: log ? logarithmicAxis(drawn, options.logarithmic) : linear,
    marks: [
      ruleY(levels, { strokeOpacity: 0.5 }),
      lines.map((l) =>
        line(l.points, {
          x: "x",
          y: "y",
          stroke: l.color,
          strokeWidth: l.symbol ? 2 : 1.5,
          strokeDasharray: l.dash,
          clip: true,
        }),
      ),
      lines.map(markers),
      lines.map((l, index) => broken(l, cut[index]?.endsAt ?? null)),
      lines.map((l, index) => name(l, above[index] === true, last / 2)),
    ],
  }) as ScaledChart;
}
