// What a view says in words: its title, its summary and its table, all from the numbers that it draws.
import { formatNumber } from "../charts/format.js";
import { finiteStart } from "../charts/lines.js";
import { wayOf } from "../charts/trajectory.js";
import { type Drawing, ratioOf, type StepView, type ViewName, valuesOf } from "../charts/views.js";
import { thin } from "../charts/thin.js";
import type { Messages } from "../i18n/messages.js";
import { type Position, POSITIONS } from "../trace/curves.js";

const ROWS = 25;

interface Peak {
  step: number;
  value: number;
}

function peakOf(steps: Float64Array, values: Float64Array): Peak | null {
  let peak: Peak | null = null;
  values.forEach((value, index) => {
    if (Number.isFinite(value) && (!peak || value > peak.value))
      peak = { step: steps[index] as number, value };
  });
  return peak;
}

function lastFinite(steps: Float64Array, values: Float64Array): Peak | null {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index] as number;
    if (Number.isFinite(value)) return { step: steps[index] as number, value };
  }
  return null;
}

/** The series of a view by the label of the side, or of the one line. */
function seriesOf(view: StepView, drawing: Drawing): { label: string; values: Float64Array }[] {
  const { curves, identities } = drawing;
  if (view === "distance") return [{ label: "", values: curves.distance }];
  if (view === "ratio") {
    const values = ratioOf(curves.right.stepSize, curves.left.stepSize);
    return values ? [{ label: "", values }] : [];
  }
  return POSITIONS.flatMap((position) => {
    const values = valuesOf(view, position, drawing);
    return values ? [{ label: identities[position].label, values }] : [];
  });
}

/** What one sees, in one line. */
export function titleOf(view: ViewName, drawing: Drawing, { views }: Messages): string {
  const { curves, identities } = drawing;
  const { left, right } = identities;
  const { titles } = views;
  switch (view) {
    case "loss": {
      const step = String(curves.steps.at(-1) ?? 0);
      const [a, b] = [curves.left.loss.at(-1), curves.right.loss.at(-1)].map((x) =>
        formatNumber(x ?? Number.NaN, 3),
      );
      return titles.loss(left.label, a as string, right.label, b as string, step);
    }
    case "trajectories":
      return titles.trajectories(left.label, right.label);
    case "distance": {
      const peak = peakOf(curves.steps, curves.distance);
      if (!peak || peak.value === 0) return titles.together;
      return titles.distance(formatNumber(peak.value, 3), String(peak.step));
    }
    case "step_size":
      return titles.step_size(left.label, right.label);
    case "ratio": {
      const peak = peakOf(curves.steps, seriesOf("ratio", drawing)[0]?.values ?? new Float64Array());
      if (!peak) return views.names.ratio ?? "";
      return titles.ratio(right.label, left.label, formatNumber(peak.value, 3), String(peak.step));
    }
    default:
      return titles.component(views.names[view] ?? view, curves.names[drawing.component] ?? "");
  }
}

/** Sentences about sides whose numbers end in a NaN or an infinity. */
function brokenSentences(view: ViewName, drawing: Drawing, { views }: Messages): string[] {
  const { curves, identities } = drawing;
  if (view === "trajectories") {
    return POSITIONS.flatMap((position) => {
      const ends = wayOf(curves, position).length;
      const step = curves.steps[ends];
      return step === undefined ? [] : [views.summaries.broken(identities[position].label, String(step))];
    });
  }
  return seriesOf(view, drawing).flatMap(({ label, values }) => {
    const { endsAt } = finiteStart(Array.from(values, (y, i) => ({ x: curves.steps[i] as number, y })));
    if (endsAt === null) return [];
    return [views.summaries.broken(label || (views.names[view] ?? view), String(endsAt))];
  });
}

/** The chart in words, for whoever does not see it and for whoever wants the numbers. */
export function summaryOf(
  view: ViewName,
  drawing: Drawing,
  messages: Messages,
  withContours: boolean,
): string {
  const { curves, identities } = drawing;
  const { summaries, sentence } = messages.views;
  const sentences: string[] = [];
  if (view === "trajectories") {
    const ends = POSITIONS.flatMap((position) => {
      const end = wayOf(curves, position).at(-1);
      if (!end) return [];
      return [summaries.end(identities[position].label, `(${formatNumber(end.x)}, ${formatNumber(end.y)})`)];
    });
    if (ends.length > 0) sentences.push(sentence(ends));
    if (withContours) sentences.push(messages.views.contours);
  } else {
    const parts = seriesOf(view, drawing).flatMap(({ label, values }) => {
      const first = values.find(Number.isFinite);
      const last = lastFinite(curves.steps, values);
      if (first === undefined || !last) return [];
      const name = label || (messages.views.names[view] ?? view);
      return [summaries.line(name, formatNumber(first), formatNumber(last.value), String(last.step))];
    });
    if (parts.length > 0) sentences.push(sentence(parts));
  }
  if (view === "distance" && curves.distance.every((value) => value === 0)) sentences.push(summaries.same);
  const hasForm = curves.left.closedForm !== null && (view === "step_size" || view === "ratio");
  if (hasForm) sentences.push(summaries.closedForm);
  return [...sentences, ...brokenSentences(view, drawing, messages)].join(" ");
}

export interface Table {
  head: string[];
  rows: string[][];
}

/** A number with six digits; at the start some quantities have none. */
function written(value: number, isStart: boolean): string {
  return isStart && Number.isNaN(value) ? "–" : formatNumber(value, 6);
}

/** The numbers at selected steps. */
export function tableOf(view: ViewName, drawing: Drawing, { views }: Messages): Table {
  const { curves, identities } = drawing;
  const indices = thin(Array.from(curves.steps.keys()), ROWS);
  const step = (index: number) => String(curves.steps[index]);
  if (view === "trajectories") {
    const at = (position: Position, index: number) => {
      const [x, y] = [0, 1].map((i) => formatNumber(curves[position].parameters[2 * index + i] as number));
      return `(${x}, ${y})`;
    };
    return {
      head: [views.tableStep, ...POSITIONS.map((position) => views.position(identities[position].label))],
      rows: indices.map((index) => [step(index), ...POSITIONS.map((position) => at(position, index))]),
    };
  }
  const series = seriesOf(view, drawing);
  return {
    head: [views.tableStep, ...series.map(({ label }) => label || (views.names[view] ?? view))],
    rows: indices.map((index) => [
      step(index),
      ...series.map(({ values }) => written(values[index] as number, curves.steps[index] === 0)),
    ]),
  };
}
