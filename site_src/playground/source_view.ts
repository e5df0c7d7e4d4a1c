import { html, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import { type Curves, POSITIONS } from "../trace/curves.js";
import type { SpecJson, Value } from "../trace/types.js";
import { shownText } from "./typed.js";

/** A value as Python writes it, with every digit, and floats as floats. */
function written(value: Value): string {
  if (Array.isArray(value)) return `(${value.map(written).join(", ")})`;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? shownText(value).replace(/^-?\d+$/, "$&.0") : `"${value}"`;
}

/** The call that a spec makes: `AdamW(lr=0.05, betas=(0.9, 0.999))`. */
export function callOf({ optimizer, hyperparameters }: SpecJson): string {
  const name = optimizer.split(".").at(-1) ?? optimizer;
  const values = Object.entries(hyperparameters).map(([key, value]) => `${key}=${written(value)}`);
  return `${name}(${values.join(", ")})`;
}

function origin({ origins: { left, right } }: Curves, { controls }: Messages): string {
  if (left.backend === "numpy") return controls.live;
  const versions = new Set([left, right].map(({ library, version }) => `${library} ${version}`));
  return controls.recorded([...versions].join(", "), right.date);
}

/**
 * Where the charts' numbers came from.
 *
 * @param stale whether the settings are others by now: then it also says which ones these are
 */
export function sourceView(curves: Curves, stale: boolean, messages: Messages): TemplateResult {
  const { controls, problems } = messages;
  const { specs } = curves;
  const { problem, steps } = specs.left;
  return html`<div class="playground-source">
    <p>${origin(curves, messages)}</p>
    ${
      stale
        ? html`<p class="playground-warning">
            ${controls.stale} ${controls.problemRun(problems[problem] ?? problem, steps)},
            ${POSITIONS.map((position) => html`<code>${callOf(specs[position])}</code> `)}
          </p>`
        : nothing
    }
  </div>`;
}
