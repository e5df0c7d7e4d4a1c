import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Messages } from "../i18n/messages.js";
import { type Position, POSITIONS } from "../trace/curves.js";
import type { TraceJson } from "../trace/types.js";
import { csvOf } from "./csv.js";

const FRAMEWORKS = ["torch", "mindspore", "numpy"] as const;
type Framework = (typeof FRAMEWORKS)[number];

/** A script, or none where neither side runs on that framework. */
export interface Script {
  code: string | null;
  filename: string;
}

/** `<adamwd-leave>`: code, link and data of the present setting, to take away. */
export class Leave extends LitElement {
  static override properties = {
    messages: { attribute: false },
    link: { attribute: false },
    sourceCode: { attribute: false },
    traces: { attribute: false },
  };

  declare messages: Messages;
  declare link: string;
  declare sourceCode: (framework: Framework) => Promise<unknown>;
  declare traces: () => Promise<Record<Position, TraceJson>>;

  #framework: Framework | null = null;
  #script: Script | null = null;
  #failure = "";
  #notice = "";
  /** The setting that the script is of. */
  #of = "";

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override willUpdate(): void {
    // A script of another setting would be wrong.
    if (this.#framework && this.#of !== this.link) void this.#write(this.#framework);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.messages) return nothing;
    return html`<div class="leave">
      ${this.#code()} ${this.#linkPart()} ${this.#data()}
      <p class="leave-notice" role="status">${this.#notice}</p>
      <div role="alert">
        ${this.#failure ? html`<p class="playground-failure">${this.#failure}</p>` : nothing}
      </div>
    </div>`;
  }

  #code(): TemplateResult {
    const { leave } = this.messages;
    return html`<section>
      <h3>${leave.code}</h3>
      <p class="leave-hint">${leave.hint}</p>
      <div class="leave-tabs" role="tablist" aria-label=${leave.code} @keydown=${this.#arrow}>
        ${FRAMEWORKS.map(
          (framework) =>
            html`<button
              type="button"
              role="tab"
              id="adamwd-leave-${framework}"
              aria-selected=${this.#framework === framework}
              aria-controls="adamwd-leave-code"
              tabindex=${(this.#framework ?? "torch") === framework ? 0 : -1}
              @click=${() => void this.#write(framework)}
            >
              ${leave.frameworks[framework]}
            </button>`,
        )}
      </div>
      <div
        id="adamwd-leave-code"
        role="tabpanel"
        aria-labelledby="adamwd-leave-${this.#framework ?? "torch"}"
        ?hidden=${this.#framework === null}
      >
        ${this.#panel()}
      </div>
    </section>`;
  }

  #panel(): TemplateResult | typeof nothing {
    const { leave } = this.messages;
    if (!this.#framework || this.#failure) return nothing;
    if (!this.#script) return html`<p>${leave.loading}</p>`;
    const { code, filename } = this.#script;
    if (code === null) return html`<p>${leave.none(leave.frameworks[this.#framework] ?? "")}</p>`;
    return html`<pre class="leave-code" tabindex="0"><code>${code}</code></pre>
      <div class="leave-buttons">
        <button type="button" @click=${() => void this.#copy(code)}>${leave.copyCode}</button>
        <button type="button" @click=${() => this.#save(filename, code, "text/x-python")}>
          ${leave.download(filename)}
        </button>
      </div>`;
  }

  #linkPart(): TemplateResult {
    const { leave } = this.messages;
    return html`<section>
      <h3>${leave.link}</h3>
      <p class="leave-hint">${leave.linkHint}</p>
      <div class="leave-buttons">
        <input
          type="text"
          readonly
          aria-label=${leave.linkLabel}
          .value=${this.link}
          @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
        />
        <button type="button" @click=${() => void this.#copy(this.link)}>${leave.copy}</button>
      </div>
    </section>`;
  }

  #data(): TemplateResult {
    const { leave } = this.messages;
    const json = (position: Position) =>
      this.#withTraces((traces) => {
        const name = `adamw-${position}.json`;
        this.#save(name, `${JSON.stringify(traces[position])}\n`, "application/json");
      });
    return html`<section>
      <h3>${leave.data}</h3>
      <p class="leave-hint">${leave.csvHint} ${leave.jsonHint}</p>
      <div class="leave-buttons">
        <button
          type="button"
          @click=${() => void this.#withTraces((traces) => this.#save("adamw-runs.csv", csvOf(traces), "text/csv"))}
        >
          ${leave.csv}
        </button>
        ${POSITIONS.map(
          (position) =>
            html`<button type="button" @click=${() => void json(position)}>
              ${leave.json(leave.sides[position])}
            </button>`,
        )}
      </div>
    </section>`;
  }

  readonly #arrow = (event: KeyboardEvent) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const at = FRAMEWORKS.indexOf(this.#framework ?? "torch");
    const next = FRAMEWORKS[(at + move + FRAMEWORKS.length) % FRAMEWORKS.length] as Framework;
    void this.#write(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#adamwd-leave-${next}`)?.focus());
  };

  async #write(framework: Framework): Promise<void> {
    const of = this.link;
    this.#framework = framework;
    this.#of = of;
    this.#script = null;
    this.#failure = "";
    this.requestUpdate();
    try {
      const script = (await this.sourceCode(framework)) as Script;
      // By now the reader may want another one.
      if (this.#framework === framework && this.#of === of) this.#script = script;
    } catch (error) {
      if (this.#framework === framework)
        this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  async #withTraces(use: (traces: Record<Position, TraceJson>) => void): Promise<void> {
    this.#failure = "";
    try {
      use(await this.traces());
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  async #copy(text: string): Promise<void> {
    const { leave } = this.messages;
    this.#notice = await navigator.clipboard.writeText(text).then(
      () => leave.copied,
      () => leave.notCopied,
    );
    this.requestUpdate();
  }

  #save(name: string, text: string, type: string): void {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.#notice = this.messages.leave.downloaded(name);
    this.requestUpdate();
  }
}
