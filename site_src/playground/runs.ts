// What is on show: recorded runs of the real libraries at first, then what Python computes here.
import type { Surface } from "../charts/trajectory.js";
import type { Curves, Position } from "../trace/curves.js";
import { curvesOfAnswer, curvesOfTraces } from "../trace/decode_curves.js";
import type { SpecJson, TraceJson } from "../trace/types.js";
import type { Answer } from "../worker/protocol.js";
import { type Configuration, type Preset, problemNamed } from "./configuration.js";
import { defaultOptions } from "./defaults.js";
import type { Library } from "./load.js";
import { Newest } from "./newest.js";
import { hasCode, type OwnCodeError, type Verdict } from "./own_code_reply.js";
import type { Python } from "./python.js";
import { type Refusals, type Rejection, rejectionsOf } from "./reply.js";
import { specsOf } from "./specs.js";
import type { OwnCode, State } from "./state.js";
import { Surfaces } from "./surface.js";

/** What came of a request for curves. */
export type Outcome =
  | { kind: "drawn"; verdicts: Record<Position, Verdict | null> | null; output: string }
  | { kind: "refused"; rejections: Rejection[] }
  | { kind: "code"; error: OwnCodeError; output: string }
  /** Python did not answer, and says why. */
  | { kind: "failed" }
  /** A newer request came first. */
  | { kind: "overtaken" };

/** A request: a state, and the reader's code as far as it may be run. */
interface Asked {
  state: State;
  code: OwnCode;
}

type Reply =
  Refusals | { error: OwnCodeError } | { names: string[]; verdicts?: Record<Position, Verdict | null> };

export class Runs {
  curves: Curves | null = null;
  surface: Surface | null = null;
  /** The state that is on show; another object than the present one where the charts are behind. */
  shown: State | null = null;
  /** The recorded traces, where recorded runs are on show. */
  recorded: Record<Position, TraceJson> | null = null;
  /** Called after every change. */
  onChange: () => void = () => {};

  readonly #surfaces: Surfaces;
  readonly #newest = new Newest(async (asked: Asked) => ({ answer: await this.#call(asked) }));
  /** Counts what was shown, so that a recording that comes late is not. */
  #turn = 0;
  /** Counts presets, so that what was asked before one is not drawn over it. */
  #presets = 0;

  constructor(
    private readonly configuration: Configuration,
    private readonly library: Library,
    private readonly python: Python,
  ) {
    this.#surfaces = new Surfaces(library, async (request) => {
      const answer = await python.call("contour", request);
      return answer?.json ?? null;
    });
  }

  /**
   * Shows the recorded runs of a preset.
   *
   * @param state what the preset sets
   * @returns whether they could be read
   */
  async showPreset(preset: Preset, state: State): Promise<boolean> {
    this.#newest.clear();
    this.#presets += 1;
    return this.#showRecorded(() => this.library.recordedPreset(preset), state);
  }

  /** Shows recorded runs on the problem of a state, which have settings of their own, while Python starts. */
  async showProblem(problem: string): Promise<boolean> {
    return this.#showRecorded(() => this.library.recordedProblem(problem), null);
  }

  async #showRecorded(
    read: () => Promise<Record<Position, TraceJson>>,
    state: State | null,
  ): Promise<boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    const traces = await read().catch(() => null);
    if (turn !== this.#turn) return true;
    if (!traces) return false;
    this.recorded = traces;
    this.shown = state;
    await this.#draw(curvesOfTraces(traces.left, traces.right), traces.left.spec.problem_options);
    return true;
  }

  /**
   * Computes the curves of a state and shows them.
   *
   * @param code the reader's code as far as it may be run, whatever stands in the state
   */
  async compute(state: State, code: OwnCode): Promise<Outcome> {
    const presets = this.#presets;
    const asked = await this.#newest.ask({ state, code });
    if (asked === null || presets !== this.#presets) return { kind: "overtaken" };
    const { answer } = asked;
    if (answer === null) return { kind: "failed" };
    const reply = JSON.parse(answer.json) as Reply;
    const { output = "" } = reply as { output?: string };
    if ("error" in reply) {
      return "where" in reply.error
        ? { kind: "code", error: reply.error, output }
        : { kind: "refused", rejections: rejectionsOf(reply as Refusals) };
    }
    const specs = specsOf(state);
    this.#turn += 1;
    this.recorded = null;
    this.shown = state;
    void this.#draw(curvesOfAnswer(answer, specs), code.loss === null ? state.options : null);
    return { kind: "drawn", verdicts: reply.verdicts ?? null, output };
  }

  #call({ state, code }: Asked): Promise<Answer | null> {
    const specs = specsOf(state);
    return hasCode(code)
      ? this.python.call("own_curves", { specs, ...code })
      : this.python.call("curves", { specs });
  }

  /**
   * Shows curves at once, and their contours when those have come.
   *
   * @param options those of the problem; null for a loss that has no contours
   */
  async #draw(curves: Curves, options: SpecJson["problem_options"] | null): Promise<void> {
    const turn = this.#turn;
    const name = curves.specs.left.problem;
    const problem = options && problemNamed(this.configuration, name);
    // Old contours are better than none while new ones come, but not those of another problem.
    if (!problem || this.curves?.specs.left.problem !== name) this.surface = null;
    this.curves = curves;
    this.onChange();
    if (!problem) return;
    const defaults = defaultOptions(this.configuration, name);
    const surface = await this.#surfaces.surfaceFor(problem, { ...defaults, ...options });
    if (turn !== this.#turn) return;
    this.surface = surface;
    this.onChange();
  }
}
