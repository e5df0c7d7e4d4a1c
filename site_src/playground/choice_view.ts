import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** A labelled choice of one among several. */
export function choiceView(
  id: string,
  label: string,
  options: readonly { value: string; text: string }[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<div class="playground-setting playground-choice">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      .value=${live(chosen)}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        ({ value, text }) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`,
      )}
    </select>
  </div>`;
}
