import { html, LitElement, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import { fieldId } from "./field_view.js";
import type { Formulas } from "./formula.js";
import { Intent } from "./intent.js";
import { layoutView } from "./layout_view.js";
import type { PlaygroundModel } from "./model.js";
import { type PanelName, Panels } from "./panels.js";

/** What the bundle's entry and the tests give the element. */
export interface PlaygroundParts {
  messages: Messages;
  /** Reads what there is to choose; fails where the site does not answer. */
  createModel: () => Promise<PlaygroundModel>;
  panels: Record<PanelName, () => Promise<unknown>>;
  formulas: Formulas;
  /** The root of the pages in the reader's language. */
  pages: URL;
}

/**
 * `<adamwd-playground>`: presets, controls, charts, and the panels below them.
 *
 * It renders into itself rather than into a shadow tree, so that the site's styles hold here too.
 */
export class Playground extends LitElement {
  static parts: () => PlaygroundParts;

  readonly parts = Playground.parts();
  readonly panels = new Panels(this.parts.panels, () => this.requestUpdate());
  model: PlaygroundModel | null = null;
  #failed = false;
  readonly #intent = new Intent(this, () => {
    this.model?.comparison.python.prepare();
    void this.parts.formulas.set();
  });

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.model) void this.model.open();
    else void this.load();
  }

  /** Instant navigation takes the element away. What runs for it ends; Python stays for the next page. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#intent.stop();
    this.model?.leave();
  }

  /** Reads what there is to choose, and shows what the address says. */
  async load(): Promise<void> {
    this.#failed = false;
    this.requestUpdate();
    try {
      this.model = await this.parts.createModel();
    } catch {
      this.#failed = true;
      this.requestUpdate();
      return;
    }
    this.model.onChange = () => this.requestUpdate();
    if (!this.isConnected) return;
    this.#intent.watch();
    await this.model.open();
  }

  /** What stood here for readers without scripts stays until there is something to see. */
  override updated(): void {
    if (this.model?.comparison.runs.curves || this.#failed || this.model?.comparison.python.busy) {
      for (const fallback of this.querySelectorAll(".playground-fallback")) fallback.remove();
    }
  }

  override render(): TemplateResult {
    const { messages } = this.parts;
    if (this.#failed) {
      return html`<div class="playground" role="alert">
        <p class="playground-failure">${messages.failure.configuration}</p>
        <button type="button" class="playground-retry" @click=${() => this.load()}>${messages.retry}</button>
      </div>`;
    }
    if (!this.model) return html``;
    return layoutView(this.model, this);
  }

  /** Runs what the settings say, or takes the reader to the field that says nothing. */
  run(): void {
    const { comparison } = this.model as PlaygroundModel;
    const [wrong] = Object.keys(comparison.settings.errors);
    if (wrong) this.querySelector<HTMLElement>(`#${CSS.escape(fieldId("adamwd", wrong))}`)?.focus();
    else void comparison.compute();
  }

  /** Opens or closes a panel. */
  toggle(name: PanelName, open: boolean): void {
    void this.panels.toggle(name, open);
    if (name === "inspector") this.model?.inspection.show(open);
    if (name === "code" && open) void this.model?.code.loadTemplates();
  }

  /** Opens the panel of the reader's own code and goes there. */
  lookAtCode(): void {
    this.toggle("code", true);
    const panel = this.querySelector<HTMLElement>("#adamwd-panel-code");
    panel?.scrollIntoView({ block: "start" });
    panel?.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
  }
}
