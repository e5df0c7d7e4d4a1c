import type { Pair, Run } from "../trace/types.js";
import { draw, type Frame } from "./chart.js";
import { finitePart } from "./finite.js";
import { formatNumber } from "./format.js";
import { logarithmicAxis } from "./log_axis.js";
import { type Point, pairOfSeries } from "./series.js";
import { thin } from "./thin.js";

export interface LossLabels {
  step: string;
  logarithmic: string;
  linear: string;
}

function points(run: Run): Point[] {
  const { steps, loss } = finitePart(run);
  return thin(steps.map((step, index) => ({ x: step, y: loss[index] as number })));
}

/** Loss against step for both; logarithmic, but linear where a loss is negative, and without zeros. */
export function lossChart(pair: Pair, labels: LossLabels, frame: Frame): Element {
  const all = { adamw: points(pair.adamw), other: points(pair.adam_weight_decay) };
  const logarithmic = [...all.adamw, ...all.other].every(({ y }) => y >= 0);
  const drawable = (p: Point) => !logarithmic || p.y > 0;
  const adamw = all.adamw.filter(drawable);
  const other = all.other.filter(drawable);
  const values = [...adamw, ...other].map(({ y }) => y);
  const middle = (Math.max(pair.adamw.steps.at(-1) ?? 0, pair.adam_weight_decay.steps.at(-1) ?? 0) || 1) / 2;
  const anchor = (last: Point) => (last.x > middle ? "end" : "start");
  const linear = { label: labels.linear, grid: true, tickFormat: (v: number) => formatNumber(v) };
  return draw(frame, {
    height: Math.max(240, Math.min(340, frame.width * 0.62)),
    x: { label: labels.step, tickFormat: (value: number) => String(value), ticks: frame.width / 90 },
    y: logarithmic && values.length > 0 ? logarithmicAxis(values, labels.logarithmic) : linear,
    marks: [pairOfSeries(adamw, other, anchor)],
  });
}
