import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { formatNumber } from "../charts/format.js";
import type { Identity } from "../charts/identity.js";
import type { Messages } from "../i18n/messages.js";
import type { Position } from "../trace/curves.js";
import {
  type Code,
  type CodeError,
  type CodeTemplates,
  numbersOf,
  type Piece,
  pieceOf,
  PIECES,
  type RuleVerdict,
  templateOf,
  textOf,
  withText,
} from "./code.js";
import { type CreateEditor, type Editor, plainEditor } from "./editor.js";

/**
 * `<adamwd-own-code>`: a loss and update rules of the reader's own.
 *
 * @fires adamwd-code with the code as it is typed; nothing runs by that
 * @fires adamwd-code-run where the reader wants it to be run
 */
export class OwnCodePanel extends LitElement {
  /** Loads the editor; the bundle's entry gives it. Without it there is a plain text field. */
  static loadEditor: () => Promise<CreateEditor> = () => Promise.resolve(plainEditor);

  static override properties = {
    messages: { attribute: false },
    code: { attribute: false },
    templates: { attribute: false },
    optimizers: { attribute: false },
    identities: { attribute: false },
    error: { attribute: false },
    verdicts: { attribute: false },
    output: { attribute: false },
    pending: { attribute: false },
    waiting: { attribute: false },
    busy: { attribute: false },
  };

  declare messages: Messages;
  declare code: Code;
  declare templates: CodeTemplates | null;
  declare optimizers: Record<Position, string>;
  declare identities: Record<Position, Identity>;
  declare error: CodeError | null;
  declare verdicts: Record<Position, RuleVerdict | null> | null;
  /** What the code printed. */
  declare output: string;
  /** Whether what stands here is not what ran last. */
  declare pending: boolean;
  /** Whether it came by a link and was not run. */
  declare waiting: boolean;
  declare busy: boolean;

  #piece: Piece = "loss";
  #editor: Editor | null = null;
  #create: CreateEditor = plainEditor;
  /** The piece that the editor holds. */
  #held: Piece | null = null;
  #startText: string | null = null;

  constructor() {
    super();
    this.templates = null;
    this.error = null;
    this.verdicts = null;
    this.output = "";
    this.pending = false;
    this.waiting = false;
    this.busy = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    OwnCodePanel.loadEditor().then(
      (create) => {
        this.#create = create;
        this.#drop();
        this.requestUpdate();
      },
      () => {},
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.code) return;
    // A piece that came from elsewhere, or that is at fault, is what the reader has to see.
    if (changed.has("error") && this.error) this.#piece = pieceOf(this.error);
    else if (changed.has("waiting") && this.waiting) {
      this.#piece = PIECES.find((piece) => textOf(this.code, piece) !== null) ?? this.#piece;
    }
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.messages || !this.code) return nothing;
    const { ownCode } = this.messages;
    return html`<div class="own-code">
      <p class="own-code-hint">${ownCode.intro}</p>
      ${
        this.waiting
          ? html`<p class="playground-warning" role="status">${this.messages.controls.waiting}</p>`
          : nothing
      }
      <div class="own-code-tabs" role="tablist" aria-label=${ownCode.tabs} @keydown=${this.#arrow}>
        ${PIECES.map((piece) => this.#tab(piece))}
      </div>
      <div
        class="own-code-piece"
        id="adamwd-own-code-piece"
        role="tabpanel"
        aria-labelledby="adamwd-own-code-${this.#piece}"
      >
        ${this.#pieceView()}
      </div>
      <div class="own-code-buttons">
        <button
          type="button"
          class="own-code-run"
          ?disabled=${PIECES.every((piece) => textOf(this.code, piece) === null)}
          @click=${() => this.#run()}
        >
          ${ownCode.run}
        </button>
        <span role="status">${this.pending && !this.busy ? ownCode.pending : nothing}</span>
      </div>
      <div role="alert">${this.#errorView()}</div>
      <div role="status">${this.error ? nothing : this.#verdictsView()}</div>
      ${
        this.output
          ? html`<p class="own-code-hint">${ownCode.output}</p>
              <pre class="own-code-output" tabindex="0">${this.output}</pre>`
          : nothing
      }
    </div>`;
  }

  override updated(): void {
    const host = this.querySelector<HTMLElement>(".own-code-editor");
    const text = textOf(this.code, this.#piece);
    if (!host || text === null) {
      this.#drop();
      return;
    }
    if (!this.#editor || this.#held !== this.#piece || !host.hasChildNodes()) {
      this.#drop();
      this.#held = this.#piece;
      this.#editor = this.#create({
        host,
        text,
        label: this.#nameOf(this.#piece),
        onEdit: (typed) => this.#edit(typed),
        onRun: () => this.#run(),
      });
    }
    this.#editor.replace(text);
    const here = this.error && pieceOf(this.error) === this.#piece && !this.pending;
    this.#editor.show(here ? this.error : null);
  }

  #drop(): void {
    this.#editor?.destroy();
    this.#editor = null;
    this.#held = null;
  }

  #nameOf(piece: Piece): string {
    const { ownCode } = this.messages;
    return piece === "loss" ? ownCode.loss : ownCode.rule(this.identities[piece].label);
  }

  #tab(piece: Piece): TemplateResult {
    const { ownCode } = this.messages;
    const written = textOf(this.code, piece) !== null;
    return html`<button
      type="button"
      role="tab"
      id="adamwd-own-code-${piece}"
      aria-selected=${this.#piece === piece}
      aria-controls="adamwd-own-code-piece"
      tabindex=${this.#piece === piece ? 0 : -1}
      @click=${() => this.#show(piece)}
    >
      ${this.#nameOf(piece)}${written ? html` <span class="own-code-own">· ${ownCode.own}</span>` : nothing}
    </button>`;
  }

  #show(piece: Piece): void {
    this.#piece = piece;
    this.requestUpdate();
  }

  readonly #arrow = (event: KeyboardEvent) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const at = PIECES.indexOf(this.#piece);
    const next = PIECES[(at + move + PIECES.length) % PIECES.length] as Piece;
    this.#show(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#adamwd-own-code-${next}`)?.focus());
  };

  #pieceView(): TemplateResult {
    const { ownCode } = this.messages;
    const piece = this.#piece;
    if (textOf(this.code, piece) === null) {
      const { templates } = this;
      return html`<p>${piece === "loss" ? ownCode.builtInLoss : ownCode.builtInRule}</p>
        <button type="button" class="own-code-begin" ?disabled=${!templates} @click=${() => this.#begin()}>
          ${piece === "loss" ? ownCode.beginLoss : ownCode.beginRule}
        </button>
        ${templates ? nothing : html`<span role="status">${ownCode.loading}</span>`}`;
    }
    return html`<p class="own-code-hint">${piece === "loss" ? ownCode.lossHint : ownCode.ruleHint}</p>
      ${piece === "loss" ? this.#startView() : nothing}
      <div class="own-code-editor"></div>
      <button type="button" class="own-code-remove" @click=${() => this.#remove()}>
        ${piece === "loss" ? ownCode.removeLoss : ownCode.removeRule}
      </button>`;
  }

  #startView(): TemplateResult {
    const { ownCode } = this.messages;
    const text = this.#startText ?? this.code.start.join(", ");
    const wrong = numbersOf(text) === null;
    return html`<div class="own-code-start">
      <label for="adamwd-own-code-start">${ownCode.start}</label>
      <input
        id="adamwd-own-code-start"
        type="text"
        inputmode="text"
        autocomplete="off"
        .value=${text}
        aria-invalid=${wrong}
        aria-describedby="adamwd-own-code-start-error"
        @input=${(event: Event) => this.#typeStart((event.target as HTMLInputElement).value)}
      />
      <p id="adamwd-own-code-start-error" class="playground-error">
        ${wrong ? ownCode.startMistake : nothing}
      </p>
    </div>`;
  }

  #typeStart(text: string): void {
    this.#startText = text;
    const start = numbersOf(text);
    if (start) this.#tell({ ...this.code, start });
    this.requestUpdate();
  }

  #errorView(): TemplateResult | typeof nothing {
    const { error } = this;
    if (!error || this.pending) return nothing;
    const { ownCode } = this.messages;
    const name = this.#nameOf(pieceOf(error));
    return html`<p class="playground-failure">
        ${error.line === null ? ownCode.error(name, error.message) : ownCode.errorAt(name, error.line, error.message)}
      </p>
      ${
        error.traceback
          ? html`<pre class="own-code-output" tabindex="0" aria-label=${ownCode.traceback}>
${error.traceback}</pre>`
          : nothing
      }`;
  }

  #verdictsView(): TemplateResult | typeof nothing {
    const { verdicts, pending } = this;
    if (!verdicts || pending) return nothing;
    const { ownCode } = this.messages;
    return html`${(["left", "right"] as const).map((side) => {
      const verdict = verdicts[side];
      if (!verdict) return nothing;
      const { label } = this.identities[side];
      const largest = formatNumber(Number(verdict.largest), 3);
      return html`<p class="own-code-verdict ${verdict.matches ? "" : "own-code-differs"}">
        ${verdict.matches ? `✓ ${ownCode.matches(label, largest)}` : `≠ ${ownCode.differs(label, verdict.first_step ?? 1, largest)}`}
      </p>`;
    })}`;
  }

  #begin(): void {
    const { templates } = this;
    if (!templates) return;
    const text = templateOf(templates, this.#piece, this.optimizers);
    const start = this.#piece === "loss" ? templates.start : this.code.start;
    this.#startText = null;
    this.#tell({ ...withText(this.code, this.#piece, text), start });
    void this.updateComplete.then(() => this.#editor?.focus());
  }

  #remove(): void {
    this.#startText = null;
    this.#tell(withText(this.code, this.#piece, null));
    // What else there is of the reader's own goes on as before.
    if (!this.pending) this.#run();
  }

  #edit(text: string): void {
    this.#tell(withText(this.code, this.#piece, text));
  }

  #tell(code: Code): void {
    this.code = code;
    this.dispatchEvent(new CustomEvent("adamwd-code", { detail: { code }, bubbles: true }));
  }

  #run(): void {
    this.dispatchEvent(new CustomEvent("adamwd-code-run", { bubbles: true }));
  }
}
