// The playground: the comparison, its address, and the panels below it. Tests drive it without a view.
import type { Position } from "../trace/curves.js";
import type { Address } from "./address.js";
import { CodeModel } from "./code_model.js";
import { Comparison } from "./comparison.js";
import type { Preset } from "./configuration.js";
import { defaultState } from "./defaults.js";
import { fieldsOfRole } from "./fields.js";
import type { Ground } from "./ground.js";
import { InspectionModel } from "./inspection_model.js";
import { fragmentOf, stateOfFragment } from "./link.js";
import { Questions } from "./questions.js";
import type { State } from "./state.js";

/** A setting picked on the sweep map. */
export interface Picked {
  x: { field: string; value: number };
  y: { field: string; value: number };
  sides: "both" | Position;
}

export class PlaygroundModel {
  readonly comparison: Comparison;
  readonly inspection: InspectionModel;
  readonly code: CodeModel;
  readonly questions: Questions;
  /** The parts of a link that could not be used. */
  ignored: readonly string[] = [];
  /** The step that is looked at. */
  step: number;
  /** Called after every change. */
  onChange: () => void = () => {};

  #atEnd = true;
  /** What stands here before the reader has done anything; it is not put into the address. */
  #first: State | null = null;

  constructor(
    readonly ground: Ground,
    private readonly address: Address,
  ) {
    this.comparison = new Comparison(ground, defaultState(ground.configuration));
    this.inspection = new InspectionModel(this.comparison.python);
    this.code = new CodeModel(this.comparison);
    this.questions = new Questions(this.comparison);
    this.step = this.state.steps;
    this.comparison.onChange = () => this.#changed();
    this.comparison.onSettled = () => {
      if (this.state !== this.#first) this.address.write(fragmentOf(this.state));
    };
    this.inspection.onChange = () => this.onChange();
  }

  get state(): State {
    return this.comparison.state;
  }

  /** The address that restores everything. */
  get link(): string {
    return this.address.linkTo(fragmentOf(this.state));
  }

  /** Shows what the address says, or the first preset, and follows the address from then on. */
  async open(): Promise<void> {
    this.address.listen((fragment) => void this.restore(fragment));
    const { fragment } = this.address;
    if (fragment === null) await this.#openFirst();
    else await this.restore(fragment);
  }

  /** Shows what a link says. Code in it is not run. */
  async restore(fragment: string): Promise<void> {
    const { state, ignored } = stateOfFragment(fragment, this.ground.configuration);
    this.ignored = ignored;
    if (ignored.includes("*")) {
      await this.#openFirst();
      return;
    }
    this.comparison.settings.replace(state);
    this.code.hold();
    this.#atEnd = true;
    const { preset } = this.comparison;
    await (preset ? this.comparison.choose(preset) : this.comparison.start());
  }

  /** Takes the settings of a preset. */
  async choose(preset: Preset): Promise<void> {
    this.ignored = [];
    await this.#show(preset);
  }

  /** Takes a setting from the sweep map. */
  pick({ x, y, sides }: Picked): void {
    const { comparison } = this;
    const fields = comparison.settings.fields.filter(({ group }) => sides === "both" || group === sides);
    for (const { field: role, value } of [x, y]) {
      comparison.set(fieldsOfRole(fields, role), value);
    }
  }

  /** Takes another start point, from the contour plot. */
  moveStart(start: [number, number], final: boolean): void {
    const { state } = this;
    const options = { ...state.options, start };
    this.comparison.replace({ ...state, options }, !final);
  }

  /** Looks at another step. */
  look(step: number): void {
    this.step = step;
    this.#atEnd = step === this.state.steps;
    this.inspection.want(this.state, step);
    this.onChange();
  }

  /** Takes the word about a link away. */
  dismiss(): void {
    this.ignored = [];
    this.onChange();
  }

  /** Ends what is under way. */
  leave(): void {
    this.address.close();
    this.comparison.leave();
  }

  async #openFirst(): Promise<void> {
    const [first] = this.ground.presets;
    const shown = first ? this.#show(first) : this.comparison.start();
    this.#first = this.state;
    await shown;
  }

  async #show(preset: Preset): Promise<void> {
    const shown = this.comparison.choose(preset);
    this.code.hold();
    await shown;
  }

  #changed(): void {
    const { state } = this;
    // Whoever looks at the end looks at the end of a longer run too.
    this.step = this.#atEnd ? state.steps : Math.min(this.step, state.steps);
    this.inspection.want(state, this.step);
    this.onChange();
  }
}
