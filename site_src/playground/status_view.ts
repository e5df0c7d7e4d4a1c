import { html, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import type { Comparison } from "./comparison.js";
import type { Phase } from "./python.js";

/** Bytes as megabytes with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** How far Python has come: bytes while there are any to count, and else only that it goes on. */
export function progressView(phase: Phase, messages: Messages): TemplateResult | typeof nothing {
  if (phase.name === "idle") return nothing;
  if (phase.name === "load" && phase.phase === "download") {
    const { bytes, total } = phase;
    return html`<progress aria-label=${messages.progress} max=${total} .value=${bytes}></progress>
      <span class="playground-bytes">${messages.bytes(megabytes(bytes), megabytes(total))}</span>`;
  }
  return html`<progress aria-label=${messages.progress}></progress>`;
}

/** What Python is doing, how the last run ended, and what went wrong with a way on. */
export function statusView(comparison: Comparison, retry: () => void): TemplateResult {
  const { python, ground, refusal, summary } = comparison;
  const { messages } = ground;
  // The live region says phases, not every byte: a reader of the screen is not to be talked over.
  return html`<div class="playground-status">
    ${python.slow ? progressView(python.phase, messages) : nothing}
    <p role="status">${python.status || summary}</p>
    <div role="alert">
      ${refusal ? html`<p class="playground-failure">${refusal}</p>` : nothing}
      ${
        python.failure
          ? html`<p class="playground-failure">${python.failure}</p>
              <button type="button" class="playground-retry" @click=${retry}>${messages.retry}</button>`
          : nothing
      }
    </div>
  </div>`;
}
