import { html, type TemplateResult } from "lit";
import { identitiesOf } from "../charts/identity.js";
import type { Comparison } from "./comparison.js";
import { problemNamed } from "./configuration.js";
import { sourceView } from "./source_view.js";

/** What the charts are told beside the curves. */
export interface Look {
  step: number;
  views: readonly string[];
  compact: boolean;
  /** The component that is shown at first. */
  component: number;
  /** The reader looks at another step. */
  look(step: number): void;
  /** The reader drags the start; null where it stays. */
  moveStart: ((start: [number, number], final: boolean) => void) | null;
}

export const ALL_VIEWS = [
  "loss",
  "trajectories",
  "distance",
  "step_size",
  "ratio",
  "first_moment",
  "second_moment",
  "update",
];

/** The charts, and where their numbers came from. */
export function resultsView(comparison: Comparison, look: Look): TemplateResult {
  const { runs, ground, moving, stale, permitted, state } = comparison;
  const { messages, configuration } = ground;
  const { curves } = runs;
  if (!curves) return html`<p class="playground-empty">${messages.controls.noCurves}</p>`;
  const hasPlane =
    (problemNamed(configuration, state.problem)?.has_surface ?? false) && permitted.loss === null;
  const stepped = (event: CustomEvent<{ step: number }>) => look.look(event.detail.step);
  const started = (event: CustomEvent<{ start: [number, number]; final: boolean }>) =>
    look.moveStart?.(event.detail.start, event.detail.final);
  return html`${sourceView(curves, stale && !moving, messages)}
    <adamwd-views
      .curves=${curves}
      .surface=${runs.surface}
      .identities=${identitiesOf(curves.specs, messages.views)}
      .messages=${messages}
      .step=${look.step}
      .moving=${moving}
      .views=${look.views}
      .startDraggable=${hasPlane && look.moveStart !== null}
      .compact=${look.compact}
      .component=${look.component}
      @adamwd-step=${stepped}
      @adamwd-start=${started}
    ></adamwd-views>`;
}
