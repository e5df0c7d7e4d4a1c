import { line, type Markish, ruleY, text } from "@observablehq/plot";
import { draw, type Frame } from "./chart.js";
import { formatPowerOfTen } from "./format.js";
import { PAPER } from "./identity.js";
import { logarithmicAxis } from "./log_axis.js";
import { type Point, pairOfSeries } from "./series.js";

/** Values at the same steps, relative to the learning rate's intended peak. */
export interface Amplified {
  steps: number[];
  /** The step of AdamWeightDecay over that of AdamW. */
  amplification: number[];
  /** What AdamW makes of the learning rate: the factor of the warm-up. */
  warmup: number[];
  /** What AdamWeightDecay makes of it. */
  effective: number[];
}

export interface AmplificationLabels {
  step: string;
  axis: string;
  /** The name of the line without warm-up. */
  ratio: string;
}

/** The line that the warm-up bends down, with its name at its top. */
function withoutWarmup(points: Point[], label: string): Markish[] {
  const top = points.reduce((best, point) => (point.y > best.y ? point : best));
  return [
    line(points, { x: "x", y: "y", stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: "1.5 3" }),
    text([top], {
      x: "x",
      y: "y",
      text: () => label,
      fill: "currentColor",
      stroke: PAPER,
      strokeWidth: 5,
      lineAnchor: "bottom",
      dy: -8,
    }),
  ];
}

/** Effective learning rate against step for both; where there is a warm-up, also the bare amplification. */
export function amplificationChart(curve: Amplified, labels: AmplificationLabels, frame: Frame): Element {
  const points = (values: number[]) =>
    curve.steps.map((step, index) => ({ x: step, y: values[index] as number }));
  const values = [...curve.amplification, ...curve.warmup, ...curve.effective];
  const warms = curve.warmup.some((factor) => factor < 1);
  const [first, last] = [curve.steps[0] ?? 1, curve.steps.at(-1) ?? 1];
  return draw(frame, {
    height: Math.max(280, Math.min(400, frame.width * 0.6)),
    x: {
      type: "log",
      domain: first < last ? [first, last] : [first, first + 1],
      label: labels.step,
      tickFormat: formatPowerOfTen,
      ticks: 4,
    },
    y: logarithmicAxis(values, labels.axis),
    marks: [
      ruleY([1], { stroke: "currentColor", strokeOpacity: 0.5 }),
      warms ? withoutWarmup(points(curve.amplification), labels.ratio) : [],
      pairOfSeries(points(curve.warmup), points(curve.effective)),
    ],
  });
}
