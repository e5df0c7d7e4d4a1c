import { html, LitElement, nothing, type TemplateResult } from "lit";
import { drawingView } from "./drawing_view.js";
import { fieldId, formView } from "./form_view.js";
import type { AmplificationModel, Field } from "./model.js";

const NARROWEST_CHART = 280;
const WIDEST_CHART = 760;

/**
 * `<adamwd-amplification>`: how much AdamWeightDecay amplifies a learning rate, and what warm-up hides.
 *
 * It renders into itself rather than into a shadow tree, so that the site's styles hold here too.
 */
export class Amplification extends LitElement {
  /** Makes the model; the bundle's entry and the tests each give their own. */
  static createModel: () => AmplificationModel;

  readonly model = Amplification.createModel();
  #width = WIDEST_CHART;
  readonly #resizing = new ResizeObserver(() => this.#measure());

  override createRenderRoot(): HTMLElement {
    // What stood here for readers without scripts.
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.model.onChange = () => this.requestUpdate();
    this.model.onRejected = (field) => void this.#focus(field);
    this.#resizing.observe(this);
    if (!this.model.drawing) void this.model.load();
  }

  /** Instant navigation takes the element away: the thread goes with it, the downloaded bytes stay. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.model.runtime.stop();
  }

  /** A parser may add what stands in the element after it has come to life. */
  override firstUpdated(): void {
    for (const fallback of this.querySelectorAll(":scope > .amplification-fallback")) fallback.remove();
  }

  override render(): TemplateResult {
    const { model } = this;
    const { drawing, messages, stale } = model;
    return html`<div class="playground">
      <div class="playground-controls">${formView(model)}</div>
      <div class="playground-results">
        ${drawing ? drawingView(drawing, { messages, stale, width: this.#width }) : nothing}
      </div>
    </div>`;
  }

  /** The chart is drawn for a width in pixels: that of the column it stands in. */
  #measure(): void {
    const width = Math.min(WIDEST_CHART, Math.max(NARROWEST_CHART, Math.floor(this.clientWidth)));
    if (width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  }

  async #focus(field: Field): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#${fieldId(field)}`)?.focus();
  }
}
