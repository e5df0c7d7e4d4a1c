import { html, nothing, type TemplateResult } from "lit";
import type { PlaygroundModel } from "./model.js";

/** What a link brought that the reader has to know: parts that are no use, and code that waits. */
export function noticesView(model: PlaygroundModel, lookAtCode: () => void): TemplateResult {
  const { controls } = model.ground.messages;
  const { ignored, code } = model;
  const told = ignored.includes("*") ? controls.ignoredAll : controls.ignored(ignored.slice(0, 8).join(", "));
  return html`${
    ignored.length > 0
      ? html`<div class="playground-notice" role="status">
          <p>${told}</p>
          <button type="button" @click=${() => model.dismiss()}>${controls.dismiss}</button>
        </div>`
      : nothing
  }${
    code.waiting
      ? html`<div class="playground-notice playground-waiting" role="status">
          <p>${controls.waiting}</p>
          <button type="button" @click=${lookAtCode}>${controls.lookAtCode}</button>
        </div>`
      : nothing
  }`;
}
