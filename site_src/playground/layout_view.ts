import { html, type TemplateResult } from "lit";
import { identitiesOf } from "../charts/identity.js";
import type { Playground } from "./element.js";
import type { PlaygroundModel } from "./model.js";
import { noticesView } from "./notices_view.js";
import { panelsView } from "./panels_view.js";
import { presetsView } from "./presets_view.js";
import { problemView } from "./problem_view.js";
import { ALL_VIEWS, resultsView } from "./results_view.js";
import { runView } from "./run_view.js";
import { sidesView } from "./sides_view.js";

/** The whole playground. */
export function layoutView(model: PlaygroundModel, element: Playground): TemplateResult {
  const { comparison, ground } = model;
  const { messages } = ground;
  const { pages, formulas } = element.parts;
  const context = { comparison, prefix: "adamwd" };
  const look = {
    step: model.step,
    views: ALL_VIEWS,
    compact: false,
    component: 0,
    look: (step: number) => model.look(step),
    moveStart: (start: [number, number], final: boolean) => model.moveStart(start, final),
  };
  const submit = (event: Event) => {
    event.preventDefault();
    element.run();
  };
  return html`<div class="playground">
    ${noticesView(model, () => element.lookAtCode())}
    ${presetsView(ground, comparison.preset, pages, (preset) => void model.choose(preset))}
    <div class="playground-main">
      <form class="playground-form" novalidate aria-label=${messages.controls.settings} @submit=${submit}>
        ${problemView(context, formulas)}
        ${sidesView(identitiesOf(comparison.specs, messages.views), context)}
      </form>
      <div class="playground-results">
        ${runView(comparison, () => element.run())} ${resultsView(comparison, look)}
      </div>
    </div>
    ${panelsView(model, element.panels, (name, open) => element.toggle(name, open))}
  </div>`;
}
