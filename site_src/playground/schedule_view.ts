import { html, type TemplateResult } from "lit";
import { choiceView } from "./choice_view.js";
import { type FieldContext, fieldView } from "./field_view.js";
import type { Schedule, State } from "./state.js";

const KINDS = ["constant", "warmup", "cosine", "list"] as const;
const WARMUP = 0.1;
const LOWEST_RATIO = 0.1;
/** A list is typed, so one that is longer than this is not begun for the reader. */
const LONGEST_BEGUN = 2000;

/** A schedule of a kind to begin with, for the present number of steps and the left side's rate. */
export function scheduleOfKind(kind: Schedule["kind"], { steps, left }: State): Schedule {
  const warmup_steps = Math.max(1, Math.round(steps * WARMUP));
  if (kind === "warmup") return { kind, warmup_steps };
  if (kind === "cosine") return { kind, warmup_steps, minimum_ratio: LOWEST_RATIO };
  if (kind === "constant") return { kind };
  const rate = Number(left.hyperparameters.lr ?? left.hyperparameters.learning_rate);
  return { kind, values: Array.from({ length: Math.min(steps, LONGEST_BEGUN) }, () => rate) };
}

/** The learning rate over the steps: which kind, and its numbers. */
export function scheduleView(context: FieldContext): TemplateResult {
  const { comparison, prefix } = context;
  const { controls } = comparison.ground.messages;
  const { state } = comparison;
  const fields = comparison.settings.fields.filter(({ group }) => group === "schedule");
  const options = KINDS.map((kind) => ({ value: kind, text: controls.schedules[kind] }));
  const choose = (kind: string) =>
    comparison.replace({ ...state, schedule: scheduleOfKind(kind as Schedule["kind"], state) });
  return html`${choiceView(`${prefix}-schedule`, controls.schedule, options, state.schedule.kind, choose)}
  ${fields.map((field) => fieldView(field, context))}`;
}
