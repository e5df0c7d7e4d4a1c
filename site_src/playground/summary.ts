import { formatNumber } from "../charts/format.js";
import { identitiesOf } from "../charts/identity.js";
import type { Messages } from "../i18n/messages.js";
import type { Curves } from "../trace/curves.js";

/** How the two runs ended, in one sentence. */
export function summaryOf(curves: Curves, messages: Messages): string {
  const { left, right } = identitiesOf(curves.specs, messages.views);
  const last = (column: Float64Array) => formatNumber(column.at(-1) ?? Number.NaN);
  return messages.controls.summary(
    left.label,
    last(curves.left.loss),
    right.label,
    last(curves.right.loss),
    last(curves.distance),
    curves.steps.at(-1) ?? 0,
  );
}
