import { html, nothing, type TemplateResult } from "lit";
import { amplificationChart } from "../charts/amplification.js";
import { formatNumber } from "../charts/format.js";
import type { Messages } from "../i18n/messages.js";
import type { Curve } from "./curve.js";
import type { Drawing } from "./model.js";

export interface DrawingContext {
  messages: Messages;
  /** Whether the form no longer says what was drawn. */
  stale: boolean;
  /** Pixels for the chart. */
  width: number;
}

/** The peaks in words. */
function summaryOf({ peak, effective_peak, hidden, warmup }: Curve, { amplification, sentence }: Messages) {
  const parts = [amplification.peak(formatNumber(peak.value), peak.step)];
  if (warmup.some((factor) => factor < 1)) {
    parts.push(amplification.effectivePeak(formatNumber(effective_peak.value), effective_peak.step));
    parts.push(
      hidden === null ? amplification.notHidden : amplification.hidden(formatNumber(100 * hidden, 3)),
    );
  }
  return sentence(parts);
}

function source({ of }: Drawing, { amplification }: Messages): TemplateResult {
  if ("versions" in of) return html`${amplification.recorded(of.versions.join(", "))}`;
  const { beta1, beta2, steps, warmup_steps } = of.values;
  const call = `beta1=${beta1}, beta2=${beta2}, steps=${steps}, warmup_steps=${warmup_steps}`;
  return html`${amplification.live} <code>${call}</code>`;
}

/** The chart with its title, what it says, and where it comes from. */
export function drawingView(drawing: Drawing, { messages, stale, width }: DrawingContext): TemplateResult {
  const { curve } = drawing;
  const { title, axis, ratio } = messages.amplification;
  const summary = summaryOf(curve, messages);
  const labels = { step: messages.chart.step, axis, ratio };
  const chart = amplificationChart(curve, labels, { document, width, summary: `${title}: ${summary}` });
  return html`<section class="playground-source">
      <p>${source(drawing, messages)}</p>
      ${stale ? html`<p class="playground-warning">${messages.stale}</p>` : nothing}
    </section>
    <figure class="playground-figure">
      <figcaption><strong>${title}</strong></figcaption>
      ${chart}
      <p class="playground-note">${summary}</p>
    </figure>`;
}
