import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { formatNumber } from "../charts/format.js";
import type { Identity } from "../charts/identity.js";
import type { Point } from "../charts/lines.js";
import { type Surface, wayOf } from "../charts/trajectory.js";
import { type Drawing, isAvailable, isOfComponent, STEP_VIEWS, type ViewName } from "../charts/views.js";
import type { Messages } from "../i18n/messages.js";
import { type Curves, type Position, POSITIONS } from "../trace/curves.js";
import { dataView } from "./data_view.js";
import { Delay } from "./delay.js";
import { type Drawn, drawPlane, drawSteps, PlaneLayer, sameKey } from "./drawn.js";
import { Player } from "./player.js";
import { type StartHandle, startHandleView } from "./start_handle.js";
import { summaryOf, tableOf, titleOf } from "./texts.js";

const NARROWEST = 260;
/** Points of a line: as many as a chart can show, and as many as a moving one needs. */
const MOST = 1000;
const MOST_MOVING = 250;
/** Between charts that are off screen. */
const IDLE_MS = 30;

interface Shown {
  key: readonly unknown[];
  drawn: Drawn;
}

/**
 * `<adamwd-views>`: charts of two runs with one cursor over the steps.
 *
 * @fires adamwd-step with the step that the reader looks at
 * @fires adamwd-start with the start that the reader has moved
 */
export class Views extends LitElement {
  static override properties = {
    curves: { attribute: false },
    surface: { attribute: false },
    identities: { attribute: false },
    messages: { attribute: false },
    step: { attribute: false },
    moving: { attribute: false },
    views: { attribute: false },
    startDraggable: { attribute: false },
    compact: { attribute: false },
    component: { attribute: false },
  };

  declare curves: Curves | null;
  declare surface: Surface | null;
  declare identities: Record<Position, Identity>;
  declare messages: Messages;
  declare step: number;
  declare moving: boolean;
  declare views: readonly string[];
  declare startDraggable: boolean;
  declare compact: boolean;
  /** Which of the parameters' components is shown at first. */
  declare component: number;

  #width = 0;
  #component = 0;
  #log = true;
  #playing = false;
  #index = 0;
  #moved = "";
  #notice = "";
  readonly #shown = new Map<string, Shown>();
  readonly #onScreen = new Set<string>();
  readonly #layer = new PlaneLayer();
  readonly #player = new Player(
    (index) => this.#look(index),
    () => this.#setPlaying(false),
  );
  readonly #resizing = new ResizeObserver(() => this.#measure());
  readonly #idle = new Delay(IDLE_MS, () => this.#drawNext());
  #intersecting: IntersectionObserver | null = null;

  constructor() {
    super();
    this.curves = null;
    this.surface = null;
    this.step = 0;
    this.moving = false;
    this.views = [];
    this.startDraggable = false;
    this.compact = false;
    this.component = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizing.observe(this);
    // Charts that nobody sees are not drawn while something moves.
    if ("IntersectionObserver" in globalThis) {
      this.#intersecting = new IntersectionObserver((entries) => this.#see(entries), { rootMargin: "200px" });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#player.stop();
    this.#idle.cancel();
    this.#resizing.disconnect();
    this.#intersecting?.disconnect();
    this.#intersecting = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { curves } = this;
    if (!curves) return;
    if (changed.has("component")) this.#component = this.component;
    if (this.#component >= curves.names.length) this.#component = 0;
    if (changed.has("step") || changed.has("curves")) this.#index = this.#indexOf(this.step);
  }

  override render(): TemplateResult | typeof nothing {
    const { curves, messages } = this;
    if (!curves || !messages) return nothing;
    const drawing = this.#drawing(curves);
    const names = this.#names(drawing);
    return html`<div class="views ${this.compact ? "views-compact" : ""}">
      ${this.#scrubber(curves)}
      <div class="views-grid">${names.map((name) => this.#figure(name, drawing))}</div>
      <p class="views-live" role="status">${this.#notice || this.#moved}</p>
    </div>`;
  }

  override updated(): void {
    for (const holder of this.querySelectorAll<HTMLElement>(".views-chart"))
      this.#intersecting?.observe(holder);
    if (this.#width === 0) this.#measure();
    this.#draw();
  }

  #names(drawing: Drawing): ViewName[] {
    const known: readonly string[] = [...STEP_VIEWS, "trajectories"];
    return this.views.filter(
      (name): name is ViewName => known.includes(name) && isAvailable(name as ViewName, drawing),
    );
  }

  #drawing(curves: Curves): Drawing {
    return {
      curves,
      identities: this.identities,
      component: this.#component,
      log: this.#log,
      most: this.moving ? MOST_MOVING : MOST,
    };
  }

  #indexOf(step: number): number {
    const steps = this.curves?.steps ?? new Float64Array();
    let index = 0;
    while (index + 1 < steps.length && (steps[index + 1] as number) <= step) index += 1;
    return index;
  }

  #scrubber(curves: Curves): TemplateResult {
    const { views } = this.messages;
    const index = Math.min(this.#index, curves.steps.length - 1);
    const step = String(curves.steps[index] ?? 0);
    const values = POSITIONS.map((position) =>
      views.value(this.identities[position].label, formatNumber(curves[position].loss[index] as number)),
    );
    const text = views.scrubberText(step, views.sentence(values));
    return html`<div class="views-scrubber">
      <button type="button" class="views-play" aria-pressed=${this.#playing} @click=${() => this.#toggle()}>
        ${this.#playing ? views.pause : views.play}
      </button>
      <label>
        <span>${views.scrubber}</span>
        <input
          type="range"
          min="0"
          max=${curves.steps.length - 1}
          .value=${String(index)}
          aria-valuetext=${text}
          @input=${(event: Event) => this.#scrub(Number((event.target as HTMLInputElement).value))}
        />
      </label>
      <output class="views-step">${text}</output>
    </div>`;
  }

  #figure(name: ViewName, drawing: Drawing): TemplateResult {
    const { messages } = this;
    // Words follow when the movement is over.
    const texts = this.#textsOf(name, drawing);
    return html`<figure class="views-figure" data-view=${name}>
      <figcaption><strong>${texts.title}</strong></figcaption>
      ${this.#controls(name, drawing)}
      <div class="views-plot-room">
        <div class="views-plot">
          <div
            class="views-chart"
            data-view=${name}
            @pointermove=${(event: PointerEvent) => this.#point(name, event)}
            @pointerdown=${(event: PointerEvent) => this.#point(name, event)}
          ></div>
          ${name === "trajectories" ? startHandleView(this.#handle(drawing)) : nothing}
        </div>
      </div>
      <p class="views-note">${texts.summary}</p>
      ${dataView({
        name: messages.views.caption(messages.views.names[name] ?? name),
        file: name,
        table: () => tableOf(name, drawing, messages),
        messages,
        captions: () => ({ title: texts.title, source: this.#source(drawing.curves) }),
        chart: () => this.#shown.get(name)?.drawn.chart ?? null,
        onNotice: (notice) => {
          this.#notice = notice;
          this.requestUpdate();
        },
      })}
    </figure>`;
  }

  readonly #texts = new Map<string, { title: string; summary: string }>();

  #textsOf(name: ViewName, drawing: Drawing): { title: string; summary: string } {
    const known = this.#texts.get(name);
    if (known && this.moving) return known;
    const title = titleOf(name, drawing, this.messages);
    const texts = { title, summary: summaryOf(name, drawing, this.messages, this.surface !== null) };
    this.#texts.set(name, texts);
    return texts;
  }

  #source({ origins, specs }: Curves): string {
    const { drawnFrom } = this.messages.views;
    const calls = POSITIONS.map((position) => {
      const values = JSON.stringify(specs[position].hyperparameters).replaceAll('"', "");
      return `${this.identities[position].label} ${values}`;
    });
    const { left, right } = origins;
    const from =
      left.backend === "numpy"
        ? drawnFrom.live
        : drawnFrom.recorded(`${left.library} ${left.version}, ${right.library} ${right.version}`, left.date);
    return [...calls, from].join(" · ");
  }

  #controls(name: ViewName, { curves }: Drawing): TemplateResult | typeof nothing {
    const { views } = this.messages;
    if (name === "loss") {
      const choice = (log: boolean, label: string) =>
        html`<button
          type="button"
          aria-pressed=${this.#log === log}
          @click=${() => {
            this.#log = log;
            this.requestUpdate();
          }}
        >
          ${label}
        </button>`;
      return html`<div class="views-choice" role="group" aria-label=${views.scale}>
        ${choice(true, views.log)}${choice(false, views.linear)}
      </div>`;
    }
    if (!isOfComponent(name) || curves.names.length < 2) return nothing;
    const choose = (event: Event) => {
      this.#component = (event.target as HTMLSelectElement).selectedIndex;
      this.requestUpdate();
    };
    return html`<label class="views-component">
      <span>${views.component}</span>
      <select @change=${choose}>
        ${curves.names.map(
          (component, index) => html`<option ?selected=${index === this.#component}>${component}</option>`,
        )}
      </select>
    </label>`;
  }

  #handle(drawing: Drawing): StartHandle | null {
    const shown = this.#shown.get("trajectories");
    const start = wayOf(drawing.curves, "left")[0];
    if (!this.startDraggable || !shown || !start) return null;
    return {
      chart: shown.drawn.chart,
      start,
      messages: this.messages,
      move: (to, final) => this.#move(to, final),
    };
  }

  #move(start: [number, number], final: boolean): void {
    const [x, y] = start.map((value) => formatNumber(value)) as [string, string];
    if (final) this.#moved = this.messages.views.startMoved(x, y);
    this.dispatchEvent(new CustomEvent("adamwd-start", { detail: { start, final }, bubbles: true }));
  }

  /** Draws what has changed: at once what is on screen, and the rest when there is time. */
  #draw(): void {
    const { curves } = this;
    if (!curves || this.#width === 0) return;
    const drawing = this.#drawing(curves);
    const stale = this.#holders().filter((holder) => this.#isStale(holder, drawing));
    const [now, later] = [true, false].map((seen) => stale.filter((holder) => this.#isSeen(holder) === seen));
    for (const holder of now ?? []) this.#drawInto(holder, drawing);
    this.#showIndex();
    this.#idle.cancel();
    // Nobody waits for what is off screen, so it never holds up a movement.
    if (!this.moving && later && later.length > 0) this.#idle.restart();
    // The handle stands on the chart that has only now been drawn.
    const hasNewPlane = now?.some(({ dataset }) => dataset.view === "trajectories");
    if (hasNewPlane && this.startDraggable) this.requestUpdate();
  }

  #drawNext(): void {
    const { curves } = this;
    if (!curves || this.moving || !this.isConnected) return;
    const drawing = this.#drawing(curves);
    const [next, ...rest] = this.#holders().filter((holder) => this.#isStale(holder, drawing));
    if (!next) return;
    this.#drawInto(next, drawing);
    if (rest.length > 0) this.#idle.restart();
    else if (this.startDraggable) this.requestUpdate();
  }

  #holders(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".views-chart")];
  }

  #isSeen({ dataset }: HTMLElement): boolean {
    return !this.#intersecting || this.#onScreen.has(dataset.view ?? "");
  }

  #widthOf(holder: HTMLElement): number {
    return Math.max(NARROWEST, Math.floor(holder.clientWidth) || this.#width);
  }

  #keyOf(holder: HTMLElement, { curves, most, component, log }: Drawing): unknown[] {
    const name = holder.dataset.view as ViewName;
    const { identities, surface, messages } = this;
    const labels = [identities.left.label, identities.right.label];
    const key: unknown[] = [curves, surface, messages, this.#widthOf(holder), most, ...labels];
    if (isOfComponent(name)) key.push(component);
    if (name === "loss") key.push(log);
    return key;
  }

  #isStale(holder: HTMLElement, drawing: Drawing): boolean {
    const before = this.#shown.get(holder.dataset.view ?? "");
    if (!before || before.drawn.chart.parentElement !== holder) return true;
    return !sameKey(before.key, this.#keyOf(holder, drawing));
  }

  #drawInto(holder: HTMLElement, drawing: Drawing): void {
    const name = holder.dataset.view as ViewName;
    const drawn = this.#drawOne(name, drawing, this.#widthOf(holder));
    if (drawn.chart.parentElement !== holder) holder.replaceChildren(drawn.chart);
    this.#shown.set(name, { key: this.#keyOf(holder, drawing), drawn });
    drawn.show(this.#index);
  }

  #drawOne(name: ViewName, drawing: Drawing, width: number): Drawn {
    const { views } = this.messages;
    const { title, summary } = this.#textsOf(name, drawing);
    const frame = { document, width, summary: `${title}. ${summary}` };
    if (name === "trajectories") {
      const [x = "x", y = "y"] = drawing.curves.names;
      return drawPlane(this.#layer, drawing, this.surface, { minimum: views.minimum, axes: [x, y] }, frame);
    }
    const axis = views.axes[name] ?? name;
    const labels = {
      step: views.step,
      linear: axis,
      logarithmic: views.logarithmic(axis),
      closedForm: views.closedForm,
    };
    return drawSteps(name, drawing, labels, frame);
  }

  #showIndex(): void {
    for (const { drawn } of this.#shown.values()) drawn.show(this.#index);
  }

  #measure(): void {
    const holder = this.querySelector<HTMLElement>(".views-chart");
    const width = Math.floor(holder?.clientWidth ?? 0);
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  }

  #see(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const name = (target as HTMLElement).dataset.view ?? "";
      if (isIntersecting) this.#onScreen.add(name);
      else this.#onScreen.delete(name);
    }
    this.#draw();
  }

  /** A pointer over a chart looks at the step below it. */
  #point(name: ViewName, event: PointerEvent): void {
    const drawn = this.#shown.get(name)?.drawn;
    if (!drawn || !this.curves || this.#playing) return;
    const box = drawn.chart.getBoundingClientRect();
    const scale = Number(drawn.chart.getAttribute("width")) / (box.width || 1);
    const at: Point = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
    if (name === "trajectories") return;
    this.#scrub(this.#indexOf(Math.round(drawn.chart.scale("x").invert(at.x))));
  }

  #scrub(index: number): void {
    this.#player.stop();
    if (this.#playing) this.#setPlaying(false);
    if (index !== this.#index) this.#look(index);
  }

  /** Looks at a recorded step, and says so. */
  #look(index: number): void {
    this.#index = index;
    this.#showIndex();
    this.requestUpdate();
    const step = this.curves?.steps[index] ?? 0;
    this.dispatchEvent(new CustomEvent("adamwd-step", { detail: { step }, bubbles: true }));
  }

  #toggle(): void {
    this.#setPlaying(!this.#playing);
    const last = (this.curves?.steps.length ?? 1) - 1;
    if (this.#playing) this.#player.play(this.#index, last);
    else this.#player.stop();
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing;
    this.requestUpdate();
  }
}
