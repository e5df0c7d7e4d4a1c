import { html, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import type { Field } from "./fields.js";
import type { PlaygroundModel } from "./model.js";

/** The id of a field's input. */
export function fieldId(key: string): string {
  return `adamwd-${key.replaceAll(".", "-")}`;
}

/** A hyper-parameter keeps its framework's name; options of problems have names in both languages. */
function label(field: Field, messages: Messages): TemplateResult {
  if (field.group === "run") return html`${field.name === "seed" ? messages.seed : messages.steps}`;
  const translated = field.group === "problem" ? messages.options[field.name] : undefined;
  const name = translated ? html`${translated}` : html`<code>${field.name}</code>`;
  if (field.index === null) return name;
  return html`${name} <span class="playground-index">${messages.component(field.index + 1)}</span>`;
}

/** One labelled input, with the message to what stands in it. */
export function fieldView(field: Field, model: PlaygroundModel): TemplateResult {
  const { messages, values, errors } = model;
  const id = fieldId(field.key);
  const error = errors[field.key];
  const value = values[field.key];
  const invalid = error ? "true" : nothing;
  const described = error ? `${id}-error` : nothing;
  const target = (event: Event) => event.target as HTMLInputElement;
  const input =
    field.kind === "flag"
      ? html`<input
          id=${id}
          type="checkbox"
          .checked=${value === true}
          aria-invalid=${invalid}
          aria-describedby=${described}
          @change=${(event: Event) => model.change(field.key, target(event).checked)}
        />`
      : html`<input
          id=${id}
          type="text"
          inputmode="text"
          autocomplete="off"
          spellcheck="false"
          .value=${String(value ?? "")}
          aria-invalid=${invalid}
          aria-describedby=${described}
          @input=${(event: Event) => model.change(field.key, target(event).value)}
        />`;
  return html`<div class="playground-field ${field.kind === "flag" ? "playground-flag" : ""}">
    <label for=${id}>${label(field, messages)}</label>
    ${input} ${error ? html`<p class="playground-error" id="${id}-error">${error}</p>` : nothing}
  </div>`;
}
