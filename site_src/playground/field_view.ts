import { html, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import type { Comparison } from "./comparison.js";
import { type Field, valueAt } from "./fields.js";
import { roleOf } from "./roles.js";
import type { FieldError } from "./settings.js";
import { shownText } from "./typed.js";

/** What the controls of one element of the page need; ids begin with its prefix. */
export interface FieldContext {
  comparison: Comparison;
  prefix: string;
  /** The fields that one stands for, where it stands for more than itself. */
  standsFor?: (field: Field) => readonly Field[];
}

function fieldsBehind(field: Field, { standsFor }: FieldContext): readonly Field[] {
  return standsFor ? standsFor(field) : [field];
}

/** The id of a field's input. */
export function fieldId(prefix: string, key: string): string {
  return `${prefix}-${key.replaceAll(".", "-")}`;
}

/** A field's name in words: frameworks' names stay as they are. */
export function labelOf({ group, name, index }: Field, { controls }: Messages): string {
  if (group === "run") return name === "seed" ? controls.seed : controls.steps;
  const translated = { problem: controls.options, schedule: controls.scheduleFields, left: {}, right: {} }[
    group
  ];
  const words = (translated as Record<string, string>)[name];
  if (index === null) return words ?? name;
  return words ? controls.component(words, index + 1) : `${name}[${index}]`;
}

function labelView(field: Field, messages: Messages): TemplateResult {
  const label = labelOf(field, messages);
  const isName = field.group === "left" || field.group === "right";
  return isName ? html`<code>${label}</code>` : html`${label}`;
}

/** What a slider says to those who do not see it. */
function valueText(field: Field, value: number, { controls }: Messages): string {
  const isDecayRate = ["beta1", "beta2"].includes(roleOf(field));
  return isDecayRate
    ? controls.complement(shownText(value), shownText(Number((1 - value).toPrecision(2))))
    : shownText(value);
}

function sliderView(field: Field, context: FieldContext): TemplateResult | typeof nothing {
  const { comparison, prefix } = context;
  const { scale } = field;
  if (!scale) return nothing;
  const { messages } = comparison.ground;
  const value = Number(valueAt(comparison.state, field));
  const fields = fieldsBehind(field, context);
  const moved = (event: Event, moving: boolean) =>
    comparison.set(fields, scale.valueAt(Number((event.target as HTMLInputElement).value)), moving);
  // A press without a move is no change: the value may lie between two positions.
  return html`<input
    id="${fieldId(prefix, field.key)}-slider"
    class="playground-slider"
    type="range"
    min="0"
    max=${scale.positions}
    .value=${String(scale.positionOf(value))}
    aria-label=${messages.controls.slider(labelOf(field, messages))}
    aria-valuetext=${valueText(field, value, messages)}
    @input=${(event: Event) => moved(event, true)}
    @change=${(event: Event) => moved(event, false)}
  />`;
}

function errorText(error: FieldError, { controls }: Messages): string {
  return "mistake" in error ? controls.mistakes[error.mistake] : error.message;
}

/** One setting: its label, slider and text, and the message to what stands in it. */
export function fieldView(field: Field, context: FieldContext): TemplateResult {
  const { comparison, prefix } = context;
  const { messages } = comparison.ground;
  const id = fieldId(prefix, field.key);
  const fields = fieldsBehind(field, context);
  const error = comparison.settings.errors[field.key];
  const invalid = error ? "true" : nothing;
  const described = error ? `${id}-error` : nothing;
  const type = (event: Event) => comparison.type(fields, (event.target as HTMLInputElement).value);
  const message = error
    ? html`<p class="playground-error" id="${id}-error">${errorText(error, messages)}</p>`
    : nothing;
  const label = html`<label for=${id}>${labelView(field, messages)}</label>`;
  if (field.kind === "flag") {
    return html`<div class="playground-setting playground-flag">
      ${label}
      <input
        id=${id}
        type="checkbox"
        .checked=${valueAt(comparison.state, field) === true}
        aria-invalid=${invalid}
        aria-describedby=${described}
        @change=${(event: Event) => comparison.set(fields, (event.target as HTMLInputElement).checked)}
      />
      ${message}
    </div>`;
  }
  const text = comparison.settings.textOf(field);
  if (field.kind === "list") {
    return html`<div class="playground-setting playground-list">
      ${label}
      <textarea
        id=${id}
        rows="4"
        spellcheck="false"
        .value=${text}
        aria-invalid=${invalid}
        aria-describedby="${id}-hint ${error ? `${id}-error` : ""}"
        @input=${type}
      ></textarea>
      <p class="playground-hint" id="${id}-hint">${messages.controls.listHint}</p>
      ${message}
    </div>`;
  }
  return html`<div class="playground-setting ${field.scale ? "" : "playground-plain"}">
    ${label}${sliderView(field, context)}
    <input
      id=${id}
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      .value=${text}
      aria-invalid=${invalid}
      aria-describedby=${described}
      @input=${type}
    />
    ${message}
  </div>`;
}
