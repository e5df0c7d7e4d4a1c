// What the playground knows and does, without any view: tests drive it with a fake runtime.
import type { Surface } from "../charts/trajectory.js";
import type { Messages } from "../i18n/messages.js";
import { decode } from "../trace/decode.js";
import type { Pair } from "../trace/types.js";
import { FailureError, failureOf } from "../worker/failure.js";
import type { Progress } from "../worker/protocol.js";
import { type Runtime, StoppedError } from "../worker/runtime.js";
import type { Configuration, ProblemDescription } from "./configuration.js";
import { failureSentence } from "./failure_sentence.js";
import {
  defaultValues,
  type Field,
  fieldsFor,
  fitting,
  matched,
  missingNumbers,
  specsOf,
  type Values,
  valuesOfSpec,
} from "./fields.js";
import type { Library } from "./load.js";
import { type Memory, NO_MEMORY } from "./memory.js";
import { type Rejection, type Reply, type RunAnswer, rejectedKeys } from "./reply.js";
import { surfaceFor } from "./surface.js";

/** What is on show. */
export interface Drawing {
  pair: Pair;
  surface: Surface | null;
}

/** Where a run is. */
export type Phase = { name: "idle" } | { name: "run" } | ({ name: "load" } & Progress);

// A curved valley tells trajectories apart better than a bowl does.
const FIRST_PROBLEM = "rosenbrock";

export class PlaygroundModel {
  configuration: Configuration | null = null;
  problem: ProblemDescription | null = null;
  fields: Field[] = [];
  values: Values = {};
  errors: Record<string, string> = {};
  phase: Phase = { name: "idle" };
  status = "";
  failure = "";
  drawing: Drawing | null = null;
  /** Whether the form no longer says what is drawn. */
  stale = false;
  /** The last reply of a run. */
  result: Reply | null = null;

  /** Called after every change. */
  onChange: () => void = () => {};
  /** Called with the key of a field whose value was refused. */
  onRejected: (key: string) => void = () => {};

  #edited = false;

  constructor(
    readonly messages: Messages,
    private readonly library: Library,
    readonly runtime: Pick<Runtime, "call" | "stop" | "downloaded">,
    private readonly memory: Memory = NO_MEMORY,
  ) {}

  get busy(): boolean {
    return this.phase.name !== "idle";
  }

  /** Reads what there is to choose, and shows the problem of the last visit or the first. */
  async load(): Promise<void> {
    try {
      this.configuration = await this.library.configuration();
    } catch {
      this.#set({ failure: this.messages.failure.configuration });
      return;
    }
    const names = this.configuration.problems.map(({ name }) => name);
    const remembered = this.memory.read();
    if (remembered && names.includes(remembered.problem)) {
      this.#edited = true;
      await this.#show(remembered.problem, remembered.values);
    } else await this.#show(names.includes(FIRST_PROBLEM) ? FIRST_PROBLEM : (names[0] ?? ""), {});
  }

  /** Shows a problem: its options, and the recorded runs on it. */
  async chooseProblem(name: string): Promise<void> {
    // Options belong to their problem.
    const kept = Object.entries(this.values).filter(([key]) => !key.startsWith("problem."));
    await this.#show(name, this.#edited ? Object.fromEntries(kept) : {});
  }

  async #show(name: string, kept: Values): Promise<void> {
    const problem = this.configuration?.problems.find((p) => p.name === name);
    if (!this.configuration || !problem) return;
    this.stop();
    this.problem = problem;
    this.fields = fieldsFor(this.configuration, problem);
    this.values = { ...defaultValues(this.fields), ...fitting(this.fields, kept) };
    this.#remember();
    this.#set({ errors: {}, failure: "", status: "", drawing: null, stale: false });
    await this.#showRecorded(problem);
  }

  /** Takes what was typed. */
  change(key: string, value: string | boolean): void {
    this.#edit({ ...this.values, [key]: value });
  }

  /** Puts the frameworks' own defaults into the optimizers' fields. */
  useDefaults(): void {
    const ofSides = this.fields.filter((f) => f.group !== "problem" && f.group !== "run");
    this.#edit({ ...this.values, ...defaultValues(ofSides) });
  }

  /** Gives AdamWeightDecay the values of AdamW. */
  useMatched(): void {
    this.#edit(matched(this.values));
  }

  /** Runs both optimizers in the worker. */
  async run(): Promise<void> {
    const { configuration, problem, messages } = this;
    if (!configuration || !problem || this.busy) return;
    const missing = missingNumbers(this.fields, this.values);
    if (missing.length > 0) {
      this.#refuse(Object.fromEntries(missing.map((key) => [key, messages.needNumber])));
      return;
    }
    this.#set({ errors: {}, failure: "", phase: { name: "run" }, status: messages.status.prepare });
    const specs = specsOf(configuration, problem, this.values);
    const began = performance.now();
    try {
      const answer = JSON.parse(await this.#call("run", { specs })) as RunAnswer;
      if ("error" in answer) {
        this.#reject(answer.errors);
        return;
      }
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const surface = await surfaceFor(problem, specs.adamw, this.library, (request) =>
        this.#call("contour", request),
      );
      const { adamw, adam_weight_decay } = answer.traces;
      // By now the reader may have chosen another problem.
      if (this.problem !== problem) return;
      const pair = { adamw: decode(adamw), adam_weight_decay: decode(adam_weight_decay) };
      this.result = answer;
      this.#set({ drawing: { pair, surface }, stale: false, status: messages.status.done(seconds) });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#set({ phase: { name: "idle" } });
    }
  }

  /** Ends a run, whatever it is doing. */
  stop(): void {
    if (this.busy) this.runtime.stop();
  }

  async #call(name: "run" | "contour", request: unknown): Promise<string> {
    const { status } = this.messages;
    const manifest = (this.configuration as Configuration).runtime;
    const answer = await this.runtime.call(name, JSON.stringify(request), manifest, (progress) => {
      const ready = progress.phase === "ready";
      const text = ready ? status.run : progress.phase === "start" ? status.start : status.download;
      this.#set({ phase: ready ? { name: "run" } : { name: "load", ...progress }, status: text });
    });
    return answer.json;
  }

  async #showRecorded(problem: ProblemDescription): Promise<void> {
    const none = () => null;
    const [pair, surface] = await Promise.all([
      this.library.recorded(problem.name).catch(none),
      problem.has_surface ? this.library.surface(problem.name).catch(none) : null,
    ]);
    // By now the reader may have chosen another problem, or have run this one.
    if (this.problem !== problem || this.drawing) return;
    if (!pair) {
      this.#set({ status: this.messages.failure.recorded });
      return;
    }
    if (!this.#edited) {
      const recorded = [
        valuesOfSpec(this.fields, "adamw", pair.adamw.spec),
        valuesOfSpec(this.fields, "adam_weight_decay", pair.adam_weight_decay.spec),
      ];
      this.values = Object.assign({ ...this.values }, ...recorded);
    }
    this.#set({ drawing: { pair, surface }, stale: this.#edited });
  }

  #edit(values: Values): void {
    // A message belongs to the value that was refused.
    const left = Object.entries(this.errors).filter(([key]) => values[key] === this.values[key]);
    const mended = left.length === 0 && Object.keys(this.errors).length > 0;
    this.#edited = true;
    this.#set({ values, errors: Object.fromEntries(left), stale: this.drawing !== null });
    if (mended) this.#set({ status: "", failure: "" });
    this.#remember();
  }

  #remember(): void {
    if (this.#edited && this.problem) this.memory.write({ problem: this.problem.name, values: this.values });
  }

  #reject(rejections: readonly Rejection[]): void {
    const keys = new Set(this.fields.map((field) => field.key));
    const errors: Record<string, string> = {};
    const elsewhere: string[] = [];
    for (const rejection of rejections) {
      const key = rejectedKeys(rejection).find((candidate) => keys.has(candidate));
      if (key) errors[key] ??= rejection.message;
      else elsewhere.push(rejection.message);
    }
    if (elsewhere.length > 0) {
      this.#set({ failure: elsewhere.join(" "), status: this.messages.status.failed });
    }
    if (Object.keys(errors).length > 0) this.#refuse(errors);
  }

  #refuse(errors: Record<string, string>): void {
    this.#set({ errors, status: this.messages.status.rejected });
    this.onRejected(Object.keys(errors)[0] as string);
  }

  #fail(error: unknown): void {
    const { messages } = this;
    if (error instanceof StoppedError) {
      this.#set({ status: messages.status.stopped });
      return;
    }
    const failure = error instanceof FailureError ? error.failure : failureOf(error);
    this.#set({ status: messages.status.failed, failure: failureSentence(failure, messages) });
  }

  #set(
    change: Partial<
      Pick<PlaygroundModel, "values" | "errors" | "phase" | "status" | "failure" | "drawing" | "stale">
    >,
  ): void {
    Object.assign(this, change);
    this.onChange();
  }
}
