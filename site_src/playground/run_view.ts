import { html, type TemplateResult } from "lit";
import type { Comparison } from "./comparison.js";
import { megabytes, statusView } from "./status_view.js";

/** Run and Stop, what a first run downloads, and what Python is doing. */
export function runView(comparison: Comparison, run: () => void): TemplateResult {
  const { python, ground } = comparison;
  const { messages, runtime, configuration } = ground;
  const { controls } = messages;
  const { bytes, compressed_bytes } = configuration.runtime;
  const hint = runtime.downloaded
    ? controls.readyHint
    : controls.runHint(megabytes(bytes), megabytes(compressed_bytes));
  return html`<div class="playground-run-row">
      <button type="button" class="playground-run" aria-describedby="adamwd-run-hint" @click=${run}>
        ${controls.run}
      </button>
      <button
        type="button"
        class="playground-stop"
        ?disabled=${!python.slow}
        @click=${() => comparison.stop()}
      >
        ${controls.stop}
      </button>
      <p class="playground-hint" id="adamwd-run-hint">${hint}</p>
    </div>
    ${statusView(comparison, run)}`;
}
