import { html, nothing, type TemplateResult } from "lit";
import { identitiesOf } from "../charts/identity.js";
import type { PlaygroundModel, Picked } from "./model.js";
import { hasCode } from "./own_code_reply.js";
import type { PanelName, Panels } from "./panels.js";
import { PANELS } from "./panels.js";
import type { OwnCode } from "./state.js";

function inspector(model: PlaygroundModel): TemplateResult {
  const { inspection, comparison, ground } = model;
  const { messages } = ground;
  const { runs, permitted } = comparison;
  return html`${
      hasCode(permitted)
        ? html`<p class="playground-warning">${messages.controls.inspectorOfRule}</p>`
        : nothing
    }
    <adamwd-inspector
      .messages=${messages}
      .identities=${identitiesOf(comparison.specs, messages.views)}
      .inspection=${inspection.inspection}
      .names=${runs.curves?.names ?? []}
      .step=${model.step}
      .component=${inspection.component}
      .stale=${inspection.stale}
      @adamwd-component=${(event: CustomEvent<{ component: number }>) => inspection.choose(event.detail.component)}
    ></adamwd-inspector>`;
}

function sweep(model: PlaygroundModel): TemplateResult {
  const { comparison, ground, questions } = model;
  const { messages } = ground;
  return html`${
      hasCode(comparison.permitted)
        ? html`<p class="playground-warning">${messages.sweep.ofBuiltIn}</p>`
        : nothing
    }<adamwd-sweep
      .messages=${messages}
      .specs=${comparison.specs}
      .identities=${identitiesOf(comparison.specs, messages.views)}
      .compute=${questions.sweep}
      .busy=${comparison.python.slow}
      @adamwd-pick=${(event: CustomEvent<Picked>) => model.pick(event.detail)}
    ></adamwd-sweep>`;
}

function code({ code: own, comparison, ground }: PlaygroundModel): TemplateResult {
  return html`<adamwd-own-code
    .messages=${ground.messages}
    .code=${own.code}
    .optimizers=${{ left: comparison.state.left.algorithm, right: comparison.state.right.algorithm }}
    .identities=${identitiesOf(comparison.specs, ground.messages.views)}
    .output=${own.output}
    .pending=${own.pending}
    .templates=${own.templates}
    .error=${own.error}
    .verdicts=${own.verdicts}
    .waiting=${own.waiting}
    .busy=${comparison.python.slow}
    @adamwd-code=${(event: CustomEvent<{ code: OwnCode }>) => own.edit(event.detail.code)}
    @adamwd-code-run=${() => void own.run()}
  ></adamwd-own-code>`;
}

function leave({ ground, link, questions }: PlaygroundModel): TemplateResult {
  return html`<adamwd-leave
    .messages=${ground.messages}
    .link=${link}
    .sourceCode=${questions.sourceCode}
    .traces=${questions.traces}
  ></adamwd-leave>`;
}

function verify({ ground, questions, comparison }: PlaygroundModel): TemplateResult {
  return html`<adamwd-verify
    .messages=${ground.messages}
    .experiments=${ground.configuration.experiments}
    .verify=${questions.verify}
    .busy=${comparison.python.slow}
  ></adamwd-verify>`;
}

const CONTENTS: Record<PanelName, (model: PlaygroundModel) => TemplateResult> = {
  inspector,
  sweep,
  code,
  leave,
  verify,
};

function contentView(
  name: PanelName,
  model: PlaygroundModel,
  panels: Panels,
): TemplateResult | typeof nothing {
  const { messages } = model.ground;
  const state = panels.stateOf(name);
  if (state === "ready") return CONTENTS[name](model);
  if (state === "loading") return html`<p role="status">${messages.controls.loading}</p>`;
  if (state === "closed") return nothing;
  return html`<div role="alert">
    <p class="playground-failure">${messages.controls.panelFailed}</p>
    <button type="button" class="playground-retry" @click=${() => panels.load(name)}>
      ${messages.retry}
    </button>
  </div>`;
}

/** What is below the charts, each folded until it is wanted. */
export function panelsView(
  model: PlaygroundModel,
  panels: Panels,
  toggle: (name: PanelName, open: boolean) => void,
): TemplateResult {
  const { controls } = model.ground.messages;
  const toggled = (name: PanelName) => (event: Event) =>
    toggle(name, (event.currentTarget as HTMLDetailsElement).open);
  return html`<div class="playground-panels">
    ${PANELS.map(
      (name) =>
        html`<details
          class="playground-panel"
          id="adamwd-panel-${name}"
          ?open=${panels.isOpen(name)}
          @toggle=${toggled(name)}
        >
          <summary>
            <span class="playground-heading">${controls.panels[name]}</span>
            <span class="playground-hint">${controls.panelHints[name]}</span>
          </summary>
          <div class="playground-panel-content">${contentView(name, model, panels)}</div>
        </details>`,
    )}
  </div>`;
}
