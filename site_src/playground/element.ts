import { html, LitElement, nothing, type TemplateResult } from "lit";
import { chartsView } from "./charts_view.js";
import { fieldId } from "./field_view.js";
import { formView, hintsView } from "./form_view.js";
import type { PlaygroundModel } from "./model.js";
import type { Reply } from "./reply.js";
import { statusView } from "./status_view.js";

const NARROWEST_CHART = 280;
const WIDEST_CHART = 760;

/**
 * `<adamwd-playground>`: the form, the runs and the charts.
 *
 * It renders into itself rather than into a shadow tree, so that the site's styles hold here too.
 *
 * @fires adamwd-result with the reply of `adamwd.playground.run`, after every run
 */
export class Playground extends LitElement {
  /** Makes the model; the bundle's entry and the tests each give their own. */
  static createModel: () => PlaygroundModel;

  readonly model = Playground.createModel();
  #announced: Reply | null = null;
  #width = WIDEST_CHART;
  readonly #resizing = new ResizeObserver(() => this.#measure());

  /** The reply to the last run, or null before the first. */
  get result(): Reply | null {
    return this.model.result;
  }

  override createRenderRoot(): HTMLElement {
    // What stood here for readers without scripts.
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.model.onChange = () => this.requestUpdate();
    this.model.onRejected = (key) => void this.#focus(key);
    if (!this.model.configuration) void this.model.load();
  }

  /** Instant navigation takes the element away: the thread goes with it, the downloaded bytes stay. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.model.runtime.stop();
  }

  /** A parser may add what stands in the element after it has come to life. */
  override firstUpdated(): void {
    this.querySelector(".playground-fallback")?.remove();
  }

  override updated(): void {
    const charts = this.querySelector(".playground-charts");
    if (charts) this.#resizing.observe(charts);
    if (this.result && this.result !== this.#announced) {
      this.#announced = this.result;
      this.dispatchEvent(new CustomEvent("adamwd-result", { detail: this.result, bubbles: true }));
    }
  }

  override render(): TemplateResult {
    const { model } = this;
    const { configuration, problem, drawing, messages, stale } = model;
    const form = configuration && problem ? formView(model, configuration, problem) : nothing;
    const hints = configuration && problem ? hintsView(model, configuration) : nothing;
    const charts =
      configuration && drawing
        ? chartsView(drawing, { configuration, messages, stale, width: this.#width })
        : nothing;
    return html`<div class="playground">
      <div class="playground-controls">${form}${statusView(model)}${hints}</div>
      <div class="playground-results">${charts}</div>
    </div>`;
  }

  /** Charts are drawn for a width in pixels: that of the column they stand in. */
  #measure(): void {
    const figure = this.querySelector(".playground-figure");
    const width = Math.floor(figure?.clientWidth ?? 0);
    if (width === 0 || width === this.#width) return;
    this.#width = Math.min(WIDEST_CHART, Math.max(NARROWEST_CHART, width));
    this.requestUpdate();
  }

  async #focus(key: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#${CSS.escape(fieldId(key))}`)?.focus();
  }
}
