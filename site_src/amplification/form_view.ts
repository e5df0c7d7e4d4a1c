import { html, nothing, type TemplateResult } from "lit";
import { megabytes, progressView } from "../playground/status_view.js";
import { type AmplificationModel, type Field, FIELDS } from "./model.js";

/** The id of a field's input. */
export function fieldId(field: Field): string {
  return `adamwd-amplification-${field}`;
}

function label(field: Field, { messages }: AmplificationModel): string {
  const { betas, warmupSteps } = messages.amplification;
  return { ...betas, steps: messages.steps, warmup_steps: warmupSteps }[field];
}

function fieldView(field: Field, model: AmplificationModel): TemplateResult {
  const id = fieldId(field);
  const error = model.errors[field];
  return html`<div class="playground-field">
    <label for=${id}>${label(field, model)}</label>
    <input
      id=${id}
      type="text"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      .value=${model.values[field]}
      aria-invalid=${error ? "true" : nothing}
      aria-describedby=${error ? `${id}-error` : nothing}
      @input=${(event: Event) => model.change(field, (event.target as HTMLInputElement).value)}
    />
    ${error ? html`<p class="playground-error" id="${id}-error">${error}</p>` : nothing}
  </div>`;
}

function hint({ manifest, messages, runtime }: AmplificationModel): string {
  if (runtime.downloaded || !manifest) return messages.amplification.readyHint;
  return messages.amplification.downloadHint(megabytes(manifest.bytes), megabytes(manifest.compressed_bytes));
}

function failureView(model: AmplificationModel): TemplateResult | typeof nothing {
  if (!model.failure) return nothing;
  const retry = () => (model.manifest ? model.run() : model.load());
  return html`<p class="playground-failure">${model.failure}</p>
    <button type="button" class="playground-retry" @click=${retry}>${model.messages.retry}</button>`;
}

/** The four numbers, the buttons, and what is going on. */
export function formView(model: AmplificationModel): TemplateResult {
  const { messages, busy, manifest } = model;
  const submit = (event: Event) => {
    event.preventDefault();
    void model.run();
  };
  return html`<form class="playground-form" novalidate aria-label=${messages.settings} @submit=${submit}>
      <div class="playground-fields">${FIELDS.map((field) => fieldView(field, model))}</div>
      <div class="playground-buttons">
        <button
          type="submit"
          class="playground-run"
          ?disabled=${busy || !manifest}
          aria-describedby="adamwd-amplification-hint"
        >
          ${messages.amplification.calculate}
        </button>
        <button type="button" class="playground-stop" ?disabled=${!busy} @click=${() => model.stop()}>
          ${messages.stop}
        </button>
      </div>
      <p class="playground-hint" id="adamwd-amplification-hint">${manifest ? hint(model) : nothing}</p>
    </form>
    <div class="playground-status">
      ${progressView(model.phase, messages)}
      <p role="status">${model.status}</p>
      <div role="alert">${failureView(model)}</div>
    </div>`;
}
