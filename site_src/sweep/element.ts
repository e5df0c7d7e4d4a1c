import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { formatNumber } from "../charts/format.js";
import { type HeatMap, heatMap } from "../charts/heat_map.js";
import { type Identity } from "../charts/identity.js";
import type { Messages } from "../i18n/messages.js";
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import { dataView } from "../views/data_view.js";
import { Delay } from "../views/delay.js";
import { ticksOf } from "./axes.js";
import {
  type Choice,
  fieldsFor,
  FIRST_CHOICE,
  hereOf,
  possible,
  QUANTITIES,
  requestOf,
  SIDES,
  type SweepRequest,
} from "./request.js";
import { summaryOf, tableOf, titleOf } from "./texts.js";

/** What came of a request: a quantity on a grid, row by row. */
export interface Swept {
  shape: [number, number];
  z: Float64Array;
}

interface Shown {
  request: SweepRequest;
  specs: Record<Position, SpecJson>;
  swept: Swept;
}

const NARROWEST = 260;
/** After the last change of the settings, before the map is computed again. */
const REST_MS = 400;

/**
 * `<adamwd-sweep>`: a map of what comes of two hyper-parameters, computed as one batch.
 *
 * @fires adamwd-pick with the setting that the reader wants to load
 */
export class Sweep extends LitElement {
  static override properties = {
    messages: { attribute: false },
    specs: { attribute: false },
    identities: { attribute: false },
    compute: { attribute: false },
    busy: { attribute: false },
  };

  declare messages: Messages;
  declare specs: Record<Position, SpecJson>;
  declare identities: Record<Position, Identity>;
  declare compute: (request: SweepRequest) => Promise<Swept>;
  declare busy: boolean;

  #choice: Choice = FIRST_CHOICE;
  #shown: Shown | null = null;
  #map: HeatMap | null = null;
  /** What the map was drawn of and how wide; another one is drawn where these differ. */
  #drawnOf: readonly unknown[] = [];
  #cell = { column: 0, row: 0 };
  #running = false;
  #failure = "";
  #notice = "";
  readonly #rest = new Delay(REST_MS, () => void this.run());
  readonly #resizing = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.busy = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.#rest.cancel();
  }

  /** A map that was asked for once follows the settings. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.specs) return;
    this.#choice = possible(this.#choice, fieldsFor(this.specs));
    if (!changed.has("specs") || !this.#shown) return;
    if (this.#stale) this.#rest.restart();
    else this.#rest.cancel();
  }

  get #stale(): boolean {
    return this.#shown !== null && this.#shown.specs !== this.specs;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.messages || !this.specs) return nothing;
    const { sweep } = this.messages;
    return html`<div class="sweep">
      <p class="sweep-intro">${sweep.intro}</p>
      ${this.#choices()}
      <div class="sweep-buttons">
        <button type="button" class="sweep-run" ?disabled=${this.#running} @click=${() => void this.run()}>
          ${sweep.run}
        </button>
        <span role="status">${this.#running ? sweep.running : this.#notice}</span>
      </div>
      <div role="alert">
        ${this.#failure ? html`<p class="playground-failure">${this.#failure}</p>` : nothing}
      </div>
      ${this.#shown ? this.#mapView(this.#shown) : nothing}
    </div>`;
  }

  override updated(): void {
    this.#draw();
  }

  /** Computes the map of the present choice. */
  async run(): Promise<void> {
    const { specs } = this;
    const choice = this.#choice;
    const request = requestOf(choice, specs.left.steps);
    this.#running = true;
    this.#failure = "";
    this.#notice = "";
    this.requestUpdate();
    try {
      const swept = await this.compute(request);
      const before = this.#shown?.request;
      this.#shown = { request, specs, swept };
      if (before?.x.field !== choice.x || before?.y.field !== choice.y) this.#goHere();
      this.#clamp();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#running = false;
    this.requestUpdate();
  }

  #goHere(): void {
    if (!this.#shown) return;
    const { request, specs, swept } = this.#shown;
    const at = hereOf(request, specs);
    const [rows, columns] = swept.shape;
    this.#cell = at
      ? { column: Math.round(at.x), row: Math.round(at.y) }
      : { column: Math.floor(columns / 2), row: Math.floor(rows / 2) };
  }

  #clamp(): void {
    const [rows, columns] = this.#shown?.swept.shape ?? [1, 1];
    const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
    this.#cell = { column: within(this.#cell.column, columns), row: within(this.#cell.row, rows) };
  }

  #choices(): TemplateResult {
    const { sweep } = this.messages;
    const fields = fieldsFor(this.specs).map((field) => [field, field] as const);
    const choice = this.#choice;
    const select = <K extends keyof Choice>(
      name: K,
      label: string,
      options: readonly (readonly [Choice[K], string])[],
    ) =>
      html`<label class="sweep-choice">
        <span>${label}</span>
        <select
          .value=${live(choice[name])}
          @change=${(event: Event) => this.#choose(name, (event.target as HTMLSelectElement).value as Choice[K])}
        >
          ${options.map(
            ([value, text]) =>
              html`<option value=${value} ?selected=${value === choice[name]}>${text}</option>`,
          )}
        </select>
      </label>`;
    return html`<div class="sweep-choices">
      ${select("x", sweep.x, fields)} ${select("y", sweep.y, fields)}
      ${select(
        "sides",
        sweep.sides,
        SIDES.map((side) => [side, this.#sideName(side)] as const),
      )}
      ${select(
        "quantity",
        sweep.quantity,
        QUANTITIES.map((quantity) => [quantity, this.#quantityName(quantity)] as const),
      )}
    </div>`;
  }

  #sideName(side: Choice["sides"]): string {
    return side === "both" ? this.messages.sweep.both : this.identities[side].label;
  }

  #quantityName(quantity: Choice["quantity"]): string {
    const { left, right } = this.identities;
    return this.messages.sweep.quantities[quantity](left.label, right.label);
  }

  #choose<K extends keyof Choice>(name: K, value: Choice[K]): void {
    const next = { ...this.#choice, [name]: value };
    // Two axes of the same are no map: the other axis takes what this one had.
    if (next.x === next.y) {
      if (name === "x") next.y = this.#choice.x;
      else next.x = this.#choice.y;
    }
    this.#choice = next;
    if (this.#shown) void this.run();
    else this.requestUpdate();
  }

  #mapView(shown: Shown): TemplateResult {
    const { sweep } = this.messages;
    const { request, swept } = shown;
    const [rows, columns] = swept.shape;
    const { column, row } = this.#cell;
    const value = formatNumber(swept.z[row * columns + column] as number);
    const [x, y] = [request.x.values[column], request.y.values[row]].map((v) => formatNumber(v ?? 0, 5)) as [
      string,
      string,
    ];
    const at = sweep.at(request.x.field, x, request.y.field, y, this.#quantityName(request.quantity), value);
    const slider = (name: "column" | "row", count: number, field: string, text: string) =>
      html`<label class="sweep-slider">
        <code>${field}</code>
        <input
          type="range"
          min="0"
          max=${count - 1}
          .value=${live(String(this.#cell[name]))}
          aria-valuetext="${text}；${value}"
          @input=${(event: Event) => {
            this.#lookAt({ ...this.#cell, [name]: Number((event.target as HTMLInputElement).value) });
          }}
        />
        <span>${text}</span>
      </label>`;
    const title = titleOf(shown, this.#quantityName(request.quantity), this.messages);
    return html`<figure class="sweep-figure" ?data-stale=${this.#stale || this.#running}>
      <figcaption><strong>${title}</strong></figcaption>
      <div
        class="sweep-map"
        @pointermove=${(event: PointerEvent) => this.#hover(event)}
        @click=${(event: PointerEvent) => this.#press(event)}
      ></div>
      <div class="sweep-cursor">
        ${slider("column", columns, request.x.field, x)} ${slider("row", rows, request.y.field, y)}
        <p><output>${at}</output></p>
        <button type="button" class="sweep-pick" @click=${() => this.#pick()}>${sweep.pick}</button>
      </div>
      <p class="sweep-note">${summaryOf(shown, this.#quantityName(request.quantity), this.messages)}</p>
      ${dataView({
        name: sweep.caption,
        file: `sweep-${request.x.field}-${request.y.field}`,
        table: () => tableOf(shown),
        messages: this.messages,
        captions: () => ({ title, source: this.messages.views.drawnFrom.live }),
        chart: () => this.#map?.chart ?? null,
        onNotice: (notice) => {
          this.#notice = notice;
          this.requestUpdate();
        },
      })}
    </figure>`;
  }

  #draw(): void {
    const holder = this.querySelector<HTMLElement>(".sweep-map");
    if (!holder || !this.#shown) return;
    const { request, swept } = this.#shown;
    const width = Math.max(NARROWEST, Math.floor(holder.clientWidth));
    const scheme = document.body.dataset.mdColorScheme ?? "";
    const of = [swept, width, this.messages, scheme, this.identities.left.label, this.identities.right.label];
    if (!this.#map || of.some((part, index) => part !== this.#drawnOf[index])) {
      const [rows, columns] = swept.shape;
      const quantity = this.#quantityName(request.quantity);
      const ratio = request.quantity === "loss.ratio";
      const axis = ({ field, values }: SweepRequest["x"]) => ({
        label: field,
        ticks: ticksOf(field, values.length, (value) => formatNumber(value, 6)),
      });
      const summary = `${titleOf(this.#shown, quantity, this.messages)}. ${summaryOf(this.#shown, quantity, this.messages)}`;
      this.#map = heatMap(
        { columns, rows, z: swept.z },
        {
          x: axis(request.x),
          y: axis(request.y),
          label: quantity,
          ratio: ratio
            ? {
                below: this.#color(this.identities.right.color),
                middle: this.#color("var(--page-surface, #eee)"),
                above: this.#color(this.identities.left.color),
              }
            : null,
        },
        { document, width, summary },
      );
      this.#drawnOf = of;
    }
    if (this.#map.chart.parentElement !== holder) holder.replaceChildren(this.#map.chart);
    this.#map.lookAt(this.#cell.column, this.#cell.row);
    this.#map.here(hereOf(request, this.specs));
  }

  /** A colour of the page as a literal one, which a raster needs. */
  #color(color: string): string {
    const probe = document.createElement("span");
    probe.style.color = color;
    this.append(probe);
    const literal = getComputedStyle(probe).color;
    probe.remove();
    return literal;
  }

  #cellOf(event: PointerEvent): { column: number; row: number } | null {
    const map = this.#map;
    if (!map) return null;
    const box = map.chart.getBoundingClientRect();
    const scale = Number(map.chart.getAttribute("width")) / (box.width || 1);
    return map.cellAt({ x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale });
  }

  #hover(event: PointerEvent): void {
    // A finger points where it presses.
    const cell = event.pointerType === "touch" ? null : this.#cellOf(event);
    if (cell) this.#lookAt(cell);
  }

  #press(event: PointerEvent): void {
    const cell = this.#cellOf(event);
    if (!cell) return;
    this.#lookAt(cell);
    this.#pick();
  }

  #lookAt(cell: { column: number; row: number }): void {
    if (cell.column === this.#cell.column && cell.row === this.#cell.row) return;
    this.#cell = cell;
    this.requestUpdate();
  }

  #pick(): void {
    if (!this.#shown) return;
    const { x, y, sides } = this.#shown.request;
    const { column, row } = this.#cell;
    const detail = {
      x: { field: x.field, value: x.values[column] as number },
      y: { field: y.field, value: y.values[row] as number },
      sides,
    };
    this.dispatchEvent(new CustomEvent("adamwd-pick", { detail, bubbles: true }));
    this.#notice = this.messages.sweep.picked(
      `${x.field} = ${formatNumber(detail.x.value, 5)}`,
      `${y.field} = ${formatNumber(detail.y.value, 5)}`,
    );
    this.requestUpdate();
  }
}
