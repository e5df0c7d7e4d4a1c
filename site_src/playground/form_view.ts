import { html, type TemplateResult } from "lit";
import { IDENTITY } from "../charts/identity.js";
import { SIDES } from "../trace/types.js";
import type { Configuration, ProblemDescription } from "./configuration.js";
import { fieldView } from "./field_view.js";
import type { Field } from "./fields.js";
import type { PlaygroundModel } from "./model.js";
import { megabytes } from "./status_view.js";

const SIDE_CLASS = { adamw: "adamw", adam_weight_decay: "adam-weight-decay" };

function problemChoice(
  model: PlaygroundModel,
  configuration: Configuration,
  chosen: ProblemDescription,
): TemplateResult {
  const { messages } = model;
  const choose = (event: Event) => void model.chooseProblem((event.target as HTMLSelectElement).value);
  return html`<div class="playground-field playground-wide">
    <label for="adamwd-problem">${messages.problem}</label>
    <select id="adamwd-problem" @change=${choose}>
      ${configuration.problems.map(
        ({ name }) =>
          html`<option value=${name} ?selected=${name === chosen.name}>
            ${messages.problems[name] ?? name}
          </option>`,
      )}
    </select>
  </div>`;
}

/** What a press on Run would download. */
function hint({ runtime, messages }: PlaygroundModel, { runtime: manifest }: Configuration): string {
  if (runtime.downloaded) return messages.readyHint;
  return messages.downloadHint(megabytes(manifest.bytes), megabytes(manifest.compressed_bytes));
}

/** What the buttons do that their names do not say. */
export function hintsView(model: PlaygroundModel, configuration: Configuration): TemplateResult {
  return html`<div class="playground-hints">
    <p class="playground-hint" id="adamwd-run-hint">${hint(model, configuration)}</p>
    <p class="playground-hint" id="adamwd-match-hint">${model.messages.matchHint}</p>
  </div>`;
}

/** The whole form: problem, both optimizers, length of the run, and the buttons. */
export function formView(
  model: PlaygroundModel,
  configuration: Configuration,
  problem: ProblemDescription,
): TemplateResult {
  const { messages, fields, busy } = model;
  const group = (name: Field["group"]) =>
    fields.filter((field) => field.group === name).map((field) => fieldView(field, model));
  const submit = (event: Event) => {
    event.preventDefault();
    void model.run();
  };
  return html`<form class="playground-form" novalidate aria-label=${messages.settings} @submit=${submit}>
    <div class="playground-fields">
      ${problemChoice(model, configuration, problem)}${group("problem")}${group("run")}
    </div>
    <div class="playground-sides">
      ${SIDES.map(
        (side) =>
          html`<fieldset class="playground-side playground-${SIDE_CLASS[side]}">
            <legend class=${SIDE_CLASS[side]}>${IDENTITY[side].label}</legend>
            <p class="playground-origin"><code>${configuration.optimizers[side].optimizer}</code></p>
            <div class="playground-fields">${group(side)}</div>
          </fieldset>`,
      )}
    </div>
    <div class="playground-buttons">
      <button type="submit" class="playground-run" ?disabled=${busy} aria-describedby="adamwd-run-hint">
        ${messages.run}
      </button>
      <button type="button" class="playground-stop" ?disabled=${!busy} @click=${() => model.stop()}>
        ${messages.stop}
      </button>
      <button type="button" class="playground-defaults" @click=${() => model.useDefaults()}>
        ${messages.defaults}
      </button>
      <button
        type="button"
        class="playground-match"
        @click=${() => model.useMatched()}
        aria-describedby="adamwd-match-hint"
      >
        ${messages.match}
      </button>
    </div>
  </form>`;
}
