// Two runs under the reader's hand: settings in, charts out, at once. The playground and the figures share it.
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import type { Preset } from "./configuration.js";
import { noCode, stateOfSpecs, withProblem } from "./defaults.js";
import { Delay } from "../views/delay.js";
import type { Field } from "./fields.js";
import type { Ground } from "./ground.js";
import { presetOf } from "./preset_of.js";
import { Python } from "./python.js";
import { type Outcome, Runs } from "./runs.js";
import { Settings } from "./settings.js";
import { specsOf } from "./specs.js";
import type { OwnCode, Setting, State } from "./state.js";
import { summaryOf } from "./summary.js";

/** A slider moves many times a second; what follows it waits until it rests. */
const SETTLED_MS = 400;

export class Comparison {
  readonly settings: Settings;
  readonly python: Python;
  readonly runs: Runs;
  /** Whether a slider is under way: charts are drawn thin then. */
  moving = false;
  /** What the library said that belongs to no field. */
  refusal = "";
  /** The reader's code as far as it may be run. */
  permitted: OwnCode = noCode();
  /** How the last run ended, in words, once the reader's hand rests. */
  summary = "";
  /** What came of the last request. */
  outcome: Outcome | null = null;

  /** Called after every change of what is on show. */
  onChange: () => void = () => {};
  /** Called when the settings have rested for a while. */
  onSettled: () => void = () => {};

  readonly #settled = new Delay(SETTLED_MS, () => {
    this.moving = false;
    this.onSettled();
    this.onChange();
  });

  readonly #announced = new Delay(SETTLED_MS, () => {
    if (!this.runs.curves) return;
    this.summary = summaryOf(this.runs.curves, this.ground.messages);
    this.onChange();
  });

  constructor(
    readonly ground: Ground,
    state: State,
  ) {
    const { configuration, library, messages, runtime } = ground;
    this.settings = new Settings(state, configuration);
    this.python = new Python(messages, runtime, configuration.runtime);
    this.runs = new Runs(configuration, library, this.python);
    this.python.onChange = () => this.onChange();
    this.runs.onChange = () => this.onChange();
  }

  get state(): State {
    return this.settings.state;
  }

  /** What the present settings run; the same object while they stay. */
  get specs(): Record<Position, SpecJson> {
    return specsOf(this.state);
  }

  /** Whether the charts do not show the present settings. */
  get stale(): boolean {
    return this.runs.curves !== null && this.runs.shown !== this.state;
  }

  /** The preset that the present settings are, or null. */
  get preset(): Preset | null {
    return presetOf(this.state, this.ground);
  }

  /** Takes what was typed into a field, for all fields that it stands for. */
  type(fields: readonly Field[], text: string): void {
    const changes = fields.map((field) => this.settings.type(field, text));
    this.#changedIf(changes);
  }

  /**
   * Takes a value, for all fields that it stands for.
   *
   * @param moving whether it comes from a slider that is still under way
   */
  set(fields: readonly Field[], value: Setting, moving = false): void {
    this.moving = moving;
    const changes = fields.map((field) => this.settings.set(field, value));
    this.#changedIf(changes);
  }

  /** Takes another problem, and shows recorded runs on it while there are none from here. */
  chooseProblem(name: string): void {
    this.replace(withProblem(this.state, name, this.ground.configuration));
    this.#showMeanwhile();
  }

  /** Computes a state that no recorded run shows. */
  async start(): Promise<void> {
    this.onChange();
    this.#showMeanwhile();
    await this.compute();
  }

  #showMeanwhile(): void {
    const computed = this.runs.curves !== null && this.runs.recorded === null;
    if (!computed) void this.runs.showProblem(this.state.problem);
  }

  /** Takes a whole state. */
  replace(state: State, moving = false): void {
    this.moving = moving;
    this.settings.replace(state);
    this.#changed();
  }

  /** Shows a preset: the recorded runs of the real libraries, at once. */
  async choose(preset: Preset): Promise<void> {
    const state = stateOfSpecs(preset.specs, this.ground.configuration);
    this.settings.replace(state);
    this.refusal = "";
    this.#settled.restart();
    this.onChange();
    // Without a recording it can still be computed.
    if (!(await this.runs.showPreset(preset, state))) await this.compute();
  }

  /** Computes what the settings say. */
  async compute(): Promise<void> {
    const { state } = this;
    const outcome = await this.runs.compute(state, this.permitted);
    if (outcome.kind === "overtaken") return;
    this.outcome = outcome;
    // A refusal belongs to the settings that were refused.
    if (state === this.state) this.#take(outcome);
    this.onChange();
  }

  /** Ends whatever Python is doing. */
  stop(): void {
    this.python.stop();
  }

  /** Takes code as it is typed, which computes nothing. */
  replaceCode(code: OwnCode): void {
    this.settings.replaceCode(code);
    this.#settled.restart();
    this.onChange();
  }

  /** Ends what is under way, for an element that leaves the page. Python stays for the next one. */
  leave(): void {
    this.#settled.cancel();
    this.#announced.cancel();
    this.stop();
  }

  #changedIf(changes: readonly boolean[]): void {
    if (changes.includes(true)) this.#changed();
    else this.onChange();
  }

  #changed(): void {
    this.#settled.restart();
    this.onChange();
    void this.compute();
  }

  #take(outcome: Outcome): void {
    if (outcome.kind === "drawn") {
      this.settings.accept();
      this.refusal = "";
      this.#announced.restart();
    }
    if (outcome.kind === "refused") this.refusal = this.settings.refuse(outcome.rejections).join(" ");
  }
}
