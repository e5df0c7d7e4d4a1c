import { html, nothing, type TemplateResult } from "lit";
import { choiceView } from "./choice_view.js";
import { problemNamed } from "./configuration.js";
import { type FieldContext, fieldView } from "./field_view.js";
import type { Formulas } from "./formula.js";
import { scheduleView } from "./schedule_view.js";

/** What both runs share: the problem with its formula and options, the length, the schedule. */
export function problemView(context: FieldContext, formulas: Formulas): TemplateResult {
  const { comparison, prefix } = context;
  const { messages, configuration } = comparison.ground;
  const { controls } = messages;
  const { settings, state } = comparison;
  const options = configuration.problems.map(({ name }) => ({
    value: name,
    text: messages.problems[name] ?? name,
  }));
  const chosen = problemNamed(configuration, state.problem);
  const fields = (group: string) =>
    settings.fields.filter((field) => field.group === group).map((field) => fieldView(field, context));
  return html`<fieldset class="playground-group">
    <legend>${controls.ofBoth}</legend>
    ${choiceView(`${prefix}-problem`, controls.problem, options, state.problem, (name) =>
      comparison.chooseProblem(name),
    )}
    ${
      chosen
        ? html`<p class="playground-formula">
            <span class="playground-hint">${controls.formula}</span>
            ${formulas.nodeOf(chosen.name, chosen.formula)}
          </p>`
        : nothing
    }
    ${fields("problem")} ${fields("run")} ${scheduleView(context)}
  </fieldset>`;
}
