import { html, type TemplateResult } from "lit";
import type { Identity } from "../charts/identity.js";
import { type Position, POSITIONS } from "../trace/curves.js";
import { choiceView } from "./choice_view.js";
import { isMatched, withAlgorithm, withCopy, withFrameworkDefaults, withMatch } from "./defaults.js";
import { type FieldContext, fieldView } from "./field_view.js";
import type { Algorithm, State } from "./state.js";

type Identities = Record<Position, Identity>;

function sideView(position: Position, identity: Identity, context: FieldContext): TemplateResult {
  const { comparison, prefix } = context;
  const { messages, configuration } = comparison.ground;
  const { controls } = messages;
  const { state, settings } = comparison;
  const options = configuration.optimizers.map(({ optimizer }) => ({ value: optimizer, text: optimizer }));
  const choose = (algorithm: string) =>
    comparison.replace(withAlgorithm(state, position, algorithm as Algorithm, configuration));
  const family = identity.symbol === "square" ? "adam-weight-decay" : "adamw";
  return html`<fieldset class="playground-group playground-side playground-${family}">
    <legend class=${family}>${controls.sideOf(controls.side[position], identity.label)}</legend>
    ${choiceView(
      `${prefix}-${position}-algorithm`,
      controls.algorithm[position],
      options,
      state[position].algorithm,
      choose,
    )}
    ${settings.fields.filter(({ group }) => group === position).map((field) => fieldView(field, context))}
  </fieldset>`;
}

function linkButtons({ comparison, prefix }: FieldContext): TemplateResult {
  const { messages, configuration } = comparison.ground;
  const { controls } = messages;
  const { state } = comparison;
  const button = (name: "defaults" | "copy" | "match", change: (state: State) => State) =>
    html`<button
        type="button"
        class="playground-${name}"
        title=${controls[`${name}Hint`]}
        aria-describedby="${prefix}-${name}-hint"
        @click=${() => comparison.replace(change(state))}
      >
        ${controls[name]}</button
      ><span class="playground-hidden" id="${prefix}-${name}-hint">${controls[`${name}Hint`]}</span>`;
  return html`<div class="playground-buttons" role="group" aria-label=${controls.links}>
    ${button("defaults", (s) => withFrameworkDefaults(s, configuration))} ${button("copy", withCopy)}
    ${button("match", withMatch)}
    ${isMatched(state) ? html`<span class="playground-hint">✓ ${controls.matched}</span>` : ""}
  </div>`;
}

/** Both algorithms with all their hyper-parameters, and what brings the two together. */
export function sidesView(identities: Identities, context: FieldContext): TemplateResult {
  return html`${linkButtons(context)}
  ${POSITIONS.map((position) => sideView(position, identities[position], context))}`;
}
