import { html, nothing, type TemplateResult } from "lit";
import type { PlaygroundModel } from "./model.js";

/** Bytes as megabytes with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function progress({ phase, messages }: PlaygroundModel): TemplateResult | typeof nothing {
  if (phase.name === "idle") return nothing;
  if (phase.name === "load" && phase.phase === "download") {
    const { bytes, total } = phase;
    return html`<progress aria-label=${messages.progress} max=${total} .value=${bytes}></progress>
      <span class="playground-bytes">${messages.bytes(megabytes(bytes), megabytes(total))}</span>`;
  }
  return html`<progress aria-label=${messages.progress}></progress>`;
}

/** Progress, the spoken status, and what went wrong with a way to try again. */
export function statusView(model: PlaygroundModel): TemplateResult {
  const { status, failure, messages } = model;
  // The live region says phases, not every byte: a reader of the screen is not to be talked over.
  return html`<div class="playground-status">
    ${progress(model)}
    <p role="status">${status}</p>
    <div role="alert">
      ${
        failure
          ? html`<p class="playground-failure">${failure}</p>
              <button
                type="button"
                class="playground-retry"
                @click=${() => (model.configuration ? model.run() : model.load())}
              >
                ${messages.retry}
              </button>`
          : nothing
      }
    </div>
  </div>`;
}
