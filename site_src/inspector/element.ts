import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Identity } from "../charts/identity.js";
import type { Messages } from "../i18n/messages.js";
import { type Position, POSITIONS } from "../trace/curves.js";
import { formulaView, type Katex } from "./formula_view.js";
import { aligned, type InspectedLine, type Inspection } from "./inspection.js";

/**
 * `<adamwd-inspector>`: both rules at one step, line by line, with the numbers put in.
 *
 * @fires adamwd-component with the component that the reader chooses
 */
export class Inspector extends LitElement {
  /** Loads KaTeX; the bundle's entry gives it. */
  static loadKatex: () => Promise<Katex> = () => Promise.reject(new Error("there is no KaTeX"));

  static override properties = {
    messages: { attribute: false },
    identities: { attribute: false },
    inspection: { attribute: false },
    names: { attribute: false },
    step: { attribute: false },
    component: { attribute: false },
    stale: { attribute: false },
    katex: { state: true },
  };

  declare messages: Messages;
  declare identities: Record<Position, Identity>;
  declare inspection: Inspection | null;
  declare names: readonly string[];
  /** The step that is looked at; none has led to step 0. */
  declare step: number;
  declare component: number;
  declare stale: boolean;
  declare katex: Katex | null;

  constructor() {
    super();
    this.inspection = null;
    this.names = [];
    this.step = 1;
    this.component = 0;
    this.stale = false;
    this.katex = null;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    Inspector.loadKatex().then(
      (katex) => {
        this.katex = katex;
      },
      () => {},
    );
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.messages) return nothing;
    const { inspector } = this.messages;
    const { inspection, stale } = this;
    if (this.step === 0) return html`<p class="inspector-step" role="status">${inspector.none}</p>`;
    return html`<div class="inspector">
      ${this.#choice()}
      <p class="inspector-step" role="status">
        ${inspection ? inspector.step(inspection.step, inspection.component) : inspector.waiting}
        ${stale ? html`<span class="inspector-stale">${inspector.stale}</span>` : nothing}
      </p>
      ${inspection ? this.#table(inspection) : nothing}
    </div>`;
  }

  #choice(): TemplateResult | typeof nothing {
    if (this.names.length < 2) return nothing;
    const choose = (event: Event) => {
      const component = (event.target as HTMLSelectElement).selectedIndex;
      this.dispatchEvent(new CustomEvent("adamwd-component", { detail: { component }, bubbles: true }));
    };
    return html`<label class="inspector-choice">
      <span>${this.messages.inspector.component}</span>
      <select @change=${choose}>
        ${this.names.map((name, index) => html`<option ?selected=${index === this.component}>${name}</option>`)}
      </select>
    </label>`;
  }

  #table(inspection: Inspection): TemplateResult {
    const { inspector } = this.messages;
    return html`<p class="inspector-legend">${inspector.legend}</p>
      <div class="inspector-rows" ?data-stale=${this.stale}>
        <div class="inspector-row inspector-head" aria-hidden="true">
          <span></span>
          ${POSITIONS.map(
            (position) =>
              html`<strong class="inspector-side" style="color:${this.identities[position].color}">
                ${this.identities[position].label}
              </strong>`,
          )}
        </div>
        <ul class="inspector-list">
          ${aligned(inspection).map(({ id, lines }) => this.#row(id, lines))}
        </ul>
      </div>`;
  }

  #row(id: string, lines: Partial<Record<Position, InspectedLine>>): TemplateResult {
    const { inspector } = this.messages;
    const differs = Object.values(lines).some((line) => line.differs);
    return html`<li class="inspector-row ${differs ? "inspector-differs" : ""}">
      <span class="inspector-name">
        ${inspector.lines[id] ?? id}
        ${differs ? html`<span class="inspector-mark">≠ ${inspector.differs}</span>` : nothing}
      </span>
      ${POSITIONS.map((position) => this.#cell(position, lines[position]))}
    </li>`;
  }

  #cell(position: Position, line: InspectedLine | undefined): TemplateResult {
    const { inspector } = this.messages;
    const { label, color } = this.identities[position];
    return html`<div class="inspector-cell" style="border-color:${color}">
      <span class="inspector-label" style="color:${color}">${label}</span>
      ${
        line
          ? html`${line.own ? html`<span class="inspector-own">${inspector.own}</span>` : nothing}
              ${formulaView(line.formula, this.katex)} ${formulaView(`= ${line.substituted}`, this.katex)}
              <code class="inspector-value">= ${String(line.value)}</code>`
          : html`<span class="inspector-missing">— ${inspector.missing}</span>`
      }
    </div>`;
  }
}
