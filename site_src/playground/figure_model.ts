// A small figure: one preset, one or two of its settings to move, on both sides at once.
import { Comparison } from "./comparison.js";
import type { Preset } from "./configuration.js";
import { stateOfSpecs } from "./defaults.js";
import { type Field, fieldsOfRole } from "./fields.js";
import type { Ground } from "./ground.js";
import { fragmentOf } from "./link.js";

export class FigureModel {
  readonly comparison: Comparison;
  /** The step that is looked at. */
  step: number;
  /** Called after every change. */
  onChange: () => void = () => {};

  constructor(
    ground: Ground,
    readonly preset: Preset,
  ) {
    this.comparison = new Comparison(ground, stateOfSpecs(preset.specs, ground.configuration));
    this.step = this.comparison.state.steps;
    this.comparison.onChange = () => {
      this.step = Math.min(this.step, this.comparison.state.steps);
      this.onChange();
    };
  }

  /** Shows the recorded runs. */
  async open(): Promise<void> {
    await this.comparison.choose(this.preset);
  }

  /** The first field of each named setting; it stands for the same setting of the other side too. */
  fieldsFor(roles: readonly string[]): Field[] {
    return roles.flatMap((role) => fieldsOfRole(this.comparison.settings.fields, role).slice(0, 1));
  }

  /** The fragment that opens the present settings in the playground. */
  get fragment(): string {
    return fragmentOf(this.comparison.state);
  }

  /** Looks at another step. */
  look(step: number): void {
    this.step = step;
    this.onChange();
  }
}
