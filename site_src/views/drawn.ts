// One chart in the page: drawn when it has changed and is on screen, with a cursor that moves without drawing.
import { type Frame } from "../charts/chart.js";
import type { Point, ScaledChart } from "../charts/lines.js";
import {
  pixelOf,
  planeChart,
  planeOf,
  type Surface,
  wayOf,
  waysGroup,
  type PlaneLabels,
} from "../charts/trajectory.js";
import { type AxisLabels, type Drawing, type StepView, stepChart } from "../charts/views.js";
import { type Position, POSITIONS } from "../trace/curves.js";

const SVG = "http://www.w3.org/2000/svg";

export interface Drawn {
  chart: ScaledChart;
  /** Moves the cursor to a recorded step, given by its index. */
  show(index: number): void;
}

/** Whether what a chart is drawn with has changed: every one of these is a new object then. */
export function sameKey(a: readonly unknown[] | null, b: readonly unknown[]): boolean {
  return a !== null && a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** A chart over the steps, with a line where the present step is. */
export function drawSteps(view: StepView, drawing: Drawing, labels: AxisLabels, frame: Frame): Drawn {
  const chart = stepChart(view, drawing, labels, frame);
  const cursor = frame.document.createElementNS(SVG, "line");
  cursor.setAttribute("class", "views-cursor");
  const y = chart.scale("y");
  const ends = (y.domain as number[]).map((value) => y.apply(value));
  cursor.setAttribute("y1", String(Math.min(...ends)));
  cursor.setAttribute("y2", String(Math.max(...ends)));
  chart.append(cursor);
  return {
    chart,
    show(index) {
      const at = chart.scale("x").apply(drawing.curves.steps[index] ?? 0);
      cursor.setAttribute("x1", String(at));
      cursor.setAttribute("x2", String(at));
    },
  };
}

/** The plane, kept while surface, size and rectangle stay: contours take longer than the ways on them. */
export class PlaneLayer {
  #key: readonly unknown[] | null = null;
  #chart: ScaledChart | null = null;

  of(plane: Record<"x" | "y", [number, number]>, surface: Surface | null, labels: PlaneLabels, frame: Frame) {
    const key = [...plane.x, ...plane.y, surface, labels.minimum, ...labels.axes, frame.width];
    if (!this.#chart || !sameKey(this.#key, key)) {
      this.#chart = planeChart(plane, surface, labels, frame);
      this.#key = key;
    }
    this.#chart.querySelector(".views-ways")?.remove();
    this.#chart.setAttribute("aria-label", frame.summary);
    return this.#chart;
  }
}

/** The ways through the plane, with a marker for each side at the present step. */
export function drawPlane(
  layer: PlaneLayer,
  drawing: Drawing,
  surface: Surface | null,
  labels: PlaneLabels,
  frame: Frame,
): Drawn & { start: Point | null } {
  const { curves, identities, most } = drawing;
  const chart = layer.of(planeOf(curves, surface), surface, labels, frame);
  const { group, markers } = waysGroup(chart, curves, identities, frame, most);
  chart.append(group);
  const ways = Object.fromEntries(POSITIONS.map((p) => [p, wayOf(curves, p)])) as Record<Position, Point[]>;
  const start = ways.left[0] ?? null;
  return {
    chart,
    start: start && pixelOf(chart, start),
    show(index) {
      for (const position of POSITIONS) {
        const way = ways[position];
        const point = way[Math.min(index, way.length - 1)];
        if (!point) continue;
        const { x, y } = pixelOf(chart, point);
        markers[position].setAttribute("transform", `translate(${x},${y})`);
      }
    },
  };
}
