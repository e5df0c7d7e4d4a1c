import { html, nothing, type TemplateResult } from "lit";
import { distanceChart } from "../charts/distance.js";
import { lossChart } from "../charts/loss.js";
import { trajectoryChart } from "../charts/trajectory.js";
import type { Messages } from "../i18n/messages.js";
import { distance } from "../trace/distance.js";
import type { Configuration } from "./configuration.js";
import {
  callOf,
  distanceSummary,
  divergences,
  lossSummary,
  problemOf,
  sourceOf,
  trajectorySummary,
} from "./descriptions.js";
import type { Drawing } from "./model.js";

export interface ChartsContext {
  configuration: Configuration;
  messages: Messages;
  /** Whether the form no longer says what was drawn. */
  stale: boolean;
  /** Pixels for one chart. */
  width: number;
}

function figure(title: string, chart: Element, note: string): TemplateResult {
  return html`<figure class="playground-figure">
    <figcaption><strong>${title}</strong></figcaption>
    ${chart}
    <p class="playground-note">${note}</p>
  </figure>`;
}

/** The charts of both runs, with their titles, and what was drawn with what. */
export function chartsView({ pair, surface }: Drawing, context: ChartsContext): TemplateResult {
  const { messages, width } = context;
  const { chart } = messages;
  const { spec } = pair.adamw;
  const problem = messages.problems[spec.problem] ?? spec.problem;
  const frame = (title: string, summary: string) => ({ document, width, summary: `${title}: ${summary}` });
  const distances = distance(pair);
  const plane = pair.adamw.parameters[0]?.length === 2;
  const sums = {
    loss: lossSummary(pair, messages),
    trajectory: trajectorySummary(pair, surface !== null, messages),
    distance: distanceSummary(distances, messages),
  };
  const lossLabels = { step: chart.step, logarithmic: chart.lossAxis, linear: chart.lossAxisLinear };
  const trajectoryLabels = {
    start: chart.start,
    minimum: chart.minimum,
    axes: ["w₀", "w₁"] as [string, string],
  };
  return html`<section class="playground-source">
      <p>${sourceOf(pair, messages)}</p>
      <p>${messages.with}</p>
      <ul>
        <li class="adamw"><code>${callOf("adamw", pair.adamw.spec, context.configuration)}</code></li>
        <li class="adam-weight-decay">
          <code>${callOf("adam_weight_decay", pair.adam_weight_decay.spec, context.configuration)}</code>
        </li>
        <li><code>${problemOf(spec, context.configuration)}</code>${messages.stepsOf(spec.steps)}</li>
      </ul>
      ${divergences(pair, messages).map((sentence) => html`<p class="playground-warning">${sentence}</p>`)}
      ${context.stale ? html`<p class="playground-warning">${messages.stale}</p>` : nothing}
    </section>
    <div class="playground-charts">
      ${figure(chart.loss(problem), lossChart(pair, lossLabels, frame(chart.loss(problem), sums.loss)), sums.loss)}
      ${
        plane
          ? figure(
              chart.trajectory(problem),
              trajectoryChart(
                pair,
                surface,
                trajectoryLabels,
                frame(chart.trajectory(problem), sums.trajectory),
              ),
              sums.trajectory,
            )
          : nothing
      }
      ${figure(
        chart.distance(problem),
        distanceChart(
          distances,
          { step: chart.step, distance: chart.distanceAxis },
          frame(chart.distance(problem), sums.distance),
        ),
        sums.distance,
      )}
    </div>`;
}
