import { html, LitElement, nothing, type TemplateResult } from "lit";
import { formatNumber } from "../charts/format.js";
import type { Messages } from "../i18n/messages.js";

export interface Experiment {
  name: string;
  label: string;
  backend: string;
}

/** What `adamwd.playground.verification` answers. */
export interface Verification {
  digest: string;
  reference_digest: string;
  differing: number;
  numbers: number;
  error: number;
  limit: number;
  holds: boolean;
}

type Result = { verification: Verification } | { failure: string };

/** `<adamwd-verify>`: runs every recorded experiment again and tells what came of it. */
export class Verify extends LitElement {
  static override properties = {
    messages: { attribute: false },
    experiments: { attribute: false },
    verify: { attribute: false },
    busy: { attribute: false },
  };

  declare messages: Messages;
  declare experiments: readonly Experiment[];
  declare verify: (experiment: Experiment) => Promise<unknown>;
  declare busy: boolean;

  /** The results so far, in the order of the experiments. */
  results: Result[] = [];
  #running = false;
  #stopped = false;

  constructor() {
    super();
    this.experiments = [];
    this.busy = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopped = true;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.messages) return nothing;
    const { verify } = this.messages;
    const total = this.experiments.length;
    const done = this.results.length;
    return html`<div class="verify">
      <p>${verify.intro}</p>
      <div class="verify-buttons">
        <button type="button" ?disabled=${this.#running} @click=${() => void this.run()}>
          ${verify.start(total)}
        </button>
        <button type="button" ?disabled=${!this.#running} @click=${() => this.#stop()}>${verify.stop}</button>
      </div>
      ${
        this.#running
          ? html`<label class="verify-progress">
              <progress max=${total} .value=${done}></progress>
              <span>${verify.progress(done, total)}</span>
            </label>`
          : nothing
      }
      <p class="verify-verdict" role="status">${this.#running ? nothing : this.#verdict()}</p>
      ${done > 0 ? this.#table() : nothing}
    </div>`;
  }

  /** Runs all, one after the other. */
  async run(): Promise<void> {
    this.results = [];
    this.#running = true;
    this.#stopped = false;
    this.requestUpdate();
    for (const experiment of this.experiments) {
      const result = await this.#one(experiment);
      if (this.#stopped) break;
      this.results.push(result);
      this.requestUpdate();
    }
    this.#running = false;
    this.requestUpdate();
  }

  #stop(): void {
    this.#stopped = true;
  }

  async #one(experiment: Experiment): Promise<Result> {
    try {
      return { verification: (await this.verify(experiment)) as Verification };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  #verdict(): string {
    const { verify } = this.messages;
    const total = this.experiments.length;
    const done = this.results.length;
    if (done === 0) return "";
    if (done < total) return verify.stopped(done, total);
    const found = this.results.flatMap((result) => ("verification" in result ? [result.verification] : []));
    const failed = total - found.filter(({ holds }) => holds).length;
    if (failed > 0) return verify.some(failed, total);
    const numbers = found.reduce((sum, one) => sum + one.numbers, 0);
    const exact = found.filter(({ differing }) => differing === 0).length;
    return verify.allSame(numbers.toLocaleString("en"), exact, total);
  }

  #table(): TemplateResult {
    const { verify } = this.messages;
    const { columns } = verify;
    return html`<p class="verify-note">${verify.note}</p>
      <div class="verify-table" tabindex="0" role="region" aria-label=${verify.caption}>
        <table>
          <caption>
            ${verify.caption}
          </caption>
          <thead>
            <tr>
              ${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.results.map((result, index) => this.#row(this.experiments[index] as Experiment, result))}
          </tbody>
        </table>
      </div>`;
  }

  #row({ name, label, backend }: Experiment, result: Result): TemplateResult {
    const { verify } = this.messages;
    const head = html`<th scope="row">${name} / ${label}</th>
      <td>${backend}</td>`;
    if ("failure" in result) {
      return html`<tr class="verify-fails">
        ${head}
        <td colspan="4">${verify.failed(result.failure)}</td>
      </tr>`;
    }
    const { differing, numbers, error, limit, holds } = result.verification;
    return html`<tr class=${holds ? "" : "verify-fails"}>
      ${head}
      <td>${verify.of(String(differing), String(numbers))}</td>
      <td>${formatNumber(error, 2)}</td>
      <td>${formatNumber(limit, 2)}</td>
      <td>${holds ? `✓ ${verify.holds}` : `✗ ${verify.fails}`}</td>
    </tr>`;
  }
}
