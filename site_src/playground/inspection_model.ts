// The step under the inspector's lens: asked of Python when the reader has come to rest on it.
import type { Answer } from "../worker/protocol.js";
import { Delay } from "../views/delay.js";
import { Newest } from "./newest.js";
import type { Python } from "./python.js";
import { specsOf } from "./specs.js";
import type { State } from "./state.js";

const REST_MS = 120;

/** What `adamwd.playground.inspection` answers; the inspector reads it. */
export type InspectionReply = { step: number } & Record<string, unknown>;

export class InspectionModel {
  /** The last answer, or null before the first. */
  inspection: InspectionReply | null = null;
  /** Which component of the parameters is looked at. */
  component = 0;
  /** Whether the answer is not that of the present step and settings. */
  stale = false;
  /** Whether anybody looks: a closed panel asks for nothing. */
  open = false;
  /** Called after every change. */
  onChange: () => void = () => {};

  #wanted: { state: State; step: number } | null = null;
  readonly #newest = new Newest(async (request: unknown): Promise<{ answer: Answer | null }> => {
    return { answer: await this.python.call("inspection", request) };
  });
  readonly #rest = new Delay(REST_MS, () => void this.#ask());

  constructor(private readonly python: Python) {}

  /** Wants a step of the run that a state describes. */
  want(state: State, step: number): void {
    const { state: before, step: stepBefore } = this.#wanted ?? {};
    if (before === state && stepBefore === step) return;
    this.#wanted = { state, step };
    this.#restart();
  }

  /** Looks at another component. */
  choose(component: number): void {
    this.component = component;
    this.#restart();
  }

  /** Begins or ends looking. */
  show(open: boolean): void {
    this.open = open;
    if (open && (this.stale || !this.inspection)) this.#restart();
  }

  #restart(): void {
    this.stale = this.inspection !== null;
    if (this.open) this.#rest.restart();
    this.onChange();
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    const { component } = this;
    // No step has led to the start.
    if (wanted.step === 0) return;
    const { step } = wanted;
    const asked = await this.#newest.ask({ specs: specsOf(wanted.state), step, component });
    if (!asked?.answer) return;
    const reply = JSON.parse(asked.answer.json) as InspectionReply | { error: unknown };
    // The components are those of the problem: another problem may have fewer.
    if ("error" in reply) {
      if (component > 0) this.choose(0);
      return;
    }
    this.inspection = reply;
    this.stale = wanted !== this.#wanted || component !== this.component;
    this.onChange();
  }
}
