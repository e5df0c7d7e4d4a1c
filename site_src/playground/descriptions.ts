// The sentences under and behind the charts: what was drawn, with what, and how it ended.
import { divergence } from "../charts/finite.js";
import { formatNumber } from "../charts/format.js";
import { IDENTITY } from "../charts/identity.js";
import type { Messages } from "../i18n/messages.js";
import type { Pair, Side, SpecJson, Value } from "../trace/types.js";
import { SIDES } from "../trace/types.js";
import type { Configuration } from "./configuration.js";
import { shown } from "./fields.js";

/** A value as Python writes it, with every digit, and floats as floats: what stands here has to be what ran. */
function written(value: Value): string {
  if (Array.isArray(value)) return `(${value.map(written).join(", ")})`;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(shown(value)).replace(/^-?\d+$/, "$&.0") : `"${value}"`;
}

function assignments(values: Record<string, Value>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${written(value)}`)
    .join(", ");
}

/** The call that a spec makes, defaults included: `AdamW(lr=0.05, betas=(0.9, 0.999), …)`. */
export function callOf(side: Side, spec: SpecJson, configuration: Configuration): string {
  const defaults = configuration.optimizers[side].hyperparameters.map((h) => [h.name, h.default] as const);
  return `${IDENTITY[side].label}(${assignments({ ...Object.fromEntries(defaults), ...spec.hyperparameters })})`;
}

/** The call that makes a problem, its seed where it draws numbers: `rosenbrock(start=(-1.2, 1.0))`. */
export function problemOf(spec: SpecJson, configuration: Configuration): string {
  const problem = configuration.problems.find((p) => p.name === spec.problem);
  const defaults = Object.fromEntries((problem?.options ?? []).map((o) => [o.name, o.default]));
  const seed = problem?.has_noise ? `, seed=${spec.seed}` : "";
  return `${spec.problem}(${assignments({ ...defaults, ...spec.problem_options })}${seed})`;
}

/** How each loss began and ended. */
export function lossSummary(pair: Pair, messages: Messages): string {
  const parts = SIDES.map((side) => {
    const { loss, steps } = pair[side];
    const [first, last] = [formatNumber(loss[0] ?? Number.NaN), formatNumber(loss.at(-1) ?? Number.NaN)];
    return messages.chart.lossSummary(IDENTITY[side].label, first, last, steps.at(-1) ?? 0);
  });
  return messages.sentence(parts);
}

/** Where each trajectory ended, and what the lines behind them are. */
export function trajectorySummary(pair: Pair, withContours: boolean, messages: Messages): string {
  const ends = SIDES.map((side) => {
    const position = `(${(pair[side].parameters.at(-1) ?? []).map((v) => formatNumber(v)).join(", ")})`;
    return messages.chart.positionSummary(IDENTITY[side].label, position);
  });
  return messages.sentence([...ends, ...(withContours ? [messages.chart.contours] : [])]);
}

/** How far apart the two are at the end and at most. */
export function distanceSummary(
  distances: readonly { step: number; distance: number }[],
  messages: Messages,
): string {
  const finite = distances.filter((d) => Number.isFinite(d.distance));
  const last = finite.at(-1);
  const largest = finite.reduce((most, d) => Math.max(most, d.distance), 0);
  const at = last?.step ?? 0;
  return messages.sentence([
    messages.chart.distanceSummary(formatNumber(last?.distance ?? 0), at, formatNumber(largest)),
  ]);
}

/** A sentence for each run that diverged. */
export function divergences(pair: Pair, messages: Messages): string[] {
  return SIDES.flatMap((side) => {
    const index = divergence(pair[side]);
    if (index === null) return [];
    return [messages.chart.diverged(IDENTITY[side].label, pair[side].steps[index] as number)];
  });
}

/** Where what is drawn came from. */
export function sourceOf(pair: Pair, messages: Messages): string {
  const { adamw, adam_weight_decay: other } = pair;
  if (adamw.backend === "numpy") return messages.live(adamw.provenance.numpy_version ?? "");
  const libraries = [adamw, other].map(
    (run) => `${run.provenance.library} ${run.provenance.library_version}`,
  );
  return messages.recorded(libraries.join(", "), other.provenance.date);
}
