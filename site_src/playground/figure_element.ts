import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import { fieldView } from "./field_view.js";
import { type Field, fieldsOfRole } from "./fields.js";
import { FigureModel } from "./figure_model.js";
import type { Ground } from "./ground.js";
import { Intent } from "./intent.js";
import { resultsView } from "./results_view.js";
import { roleOf } from "./roles.js";
import { statusView } from "./status_view.js";

/** What the bundle's entry and the tests give the element. */
export interface FigureParts {
  messages: Messages;
  ground: () => Promise<Ground>;
  /** The root of the pages in the reader's language. */
  pages: URL;
}

let count = 0;

/**
 * `<adamwd-figure preset="bias-correction" views="step_size" controls="beta2,lr">`: one message to play with;
 * `component="1"` shows the second component at first.
 *
 * It renders into itself rather than into a shadow tree, so that the site's styles hold here too.
 */
export class Figure extends LitElement {
  static parts: () => FigureParts;

  readonly parts = Figure.parts();
  model: FigureModel | null = null;
  #failure = "";
  readonly #prefix = `adamwd-figure-${++count}`;
  readonly #intent = new Intent(this, () => this.model?.comparison.python.prepare());

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.model) this.#intent.watch();
    else void this.load();
  }

  /** Instant navigation takes the element away. What runs for it ends; Python stays for the next page. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#intent.stop();
    this.model?.comparison.leave();
  }

  /** Reads the preset and shows its recorded runs. */
  async load(): Promise<void> {
    const { messages } = this.parts;
    this.#failure = "";
    try {
      const ground = await this.parts.ground();
      const preset = ground.presets.find(({ name }) => name === this.getAttribute("preset"));
      if (preset) this.model = new FigureModel(ground, preset);
      else this.#failure = messages.controls.figure.missing;
    } catch {
      this.#failure = messages.failure.configuration;
    }
    this.requestUpdate();
    if (!this.model || !this.isConnected) return;
    this.model.onChange = () => this.requestUpdate();
    this.#intent.watch();
    await this.model.open();
  }

  /** The static figure stays until there is another to see. */
  override updated(): void {
    if (!this.model?.comparison.runs.curves) return;
    for (const fallback of this.querySelectorAll(".figure-fallback")) fallback.remove();
  }

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    const { messages, pages } = this.parts;
    if (this.#failure) {
      return html`<div class="playground" role="alert">
        <p class="playground-failure">${this.#failure}</p>
        <button type="button" class="playground-retry" @click=${() => this.load()}>${messages.retry}</button>
      </div>`;
    }
    if (!model?.comparison.runs.curves) return nothing;
    const { comparison } = model;
    const { controls } = messages;
    const standsFor = (field: Field) => fieldsOfRole(comparison.settings.fields, roleOf(field));
    const context = { comparison, prefix: this.#prefix, standsFor };
    const look = {
      step: model.step,
      views: this.#list("views"),
      compact: true,
      component: Number(this.getAttribute("component") ?? 0),
      look: (step: number) => model.look(step),
      moveStart: null,
    };
    const address = new URL(`playground/${model.fragment}`, pages).href;
    return html`<figure class="playground figure">
      <figcaption>${controls.presetTexts[model.preset.name]?.sentence ?? nothing}</figcaption>
      <div class="figure-controls">
        ${model.fieldsFor(this.#list("controls")).map((field) => fieldView(field, context))}
      </div>
      ${resultsView(comparison, look)} ${statusView(comparison, () => void comparison.compute())}
      <p class="figure-more"><a href=${address}>${controls.figure.open}</a></p>
    </figure>`;
  }

  #list(attribute: string): string[] {
    return (this.getAttribute(attribute) ?? "").split(/[\s,]+/).filter((item) => item !== "");
  }
}
