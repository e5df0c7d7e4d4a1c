import { line } from "@observablehq/plot";
import { draw, type Frame } from "./chart.js";
import { logarithmicAxis } from "./log_axis.js";
import { thin } from "./thin.js";

export interface DistanceLabels {
  step: string;
  distance: string;
}

/** How far apart the two are, against step. The step 0, where they start from one point, has no logarithm. */
export function distanceChart(
  distances: readonly { step: number; distance: number }[],
  labels: DistanceLabels,
  frame: Frame,
): Element {
  const drawn = thin(distances.filter((d) => d.distance > 0 && Number.isFinite(d.distance)));
  const values = drawn.map((d) => d.distance);
  return draw(frame, {
    height: Math.max(200, Math.min(280, frame.width * 0.45)),
    x: { label: labels.step, tickFormat: (value: number) => String(value), ticks: frame.width / 90 },
    y: values.length > 0 ? logarithmicAxis(values, labels.distance) : { label: labels.distance },
    marks: [line(drawn, { x: "step", y: "distance", stroke: "currentColor", strokeWidth: 2 })],
  });
}
