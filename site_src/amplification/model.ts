// What the element knows and does, without any view: tests drive it with a fake runtime.
import type { Messages } from "../i18n/messages.js";
import { failureSentence } from "../playground/failure_sentence.js";
import { FailureError, failureOf } from "../worker/failure.js";
import type { Progress, RuntimeManifest } from "../worker/protocol.js";
import { type Runtime, StoppedError } from "../worker/runtime.js";
import type { Answer, Curve, Refusal } from "./curve.js";
import type { Source } from "./load.js";

export const FIELDS = ["beta1", "beta2", "steps", "warmup_steps"] as const;
export type Field = (typeof FIELDS)[number];
export type Values = Record<Field, string>;

/** What is on show, and what it is of: libraries that were measured, or the values of the form. */
export interface Drawing {
  curve: Curve;
  of: { versions: string[] } | { values: Values };
}

export type Phase = { name: "idle" } | { name: "run" } | ({ name: "load" } & Progress);

export class AmplificationModel {
  // The betas of both frameworks; steps as in the recorded runs; a warm-up longer than the peak is late.
  values: Values = { beta1: "0.9", beta2: "0.999", steps: "4000", warmup_steps: "100" };
  errors: Partial<Values> = {};
  phase: Phase = { name: "idle" };
  status = "";
  failure = "";
  drawing: Drawing | null = null;
  /** Whether the form no longer says what is drawn. */
  stale = false;
  /** What a run would download, once that is known. */
  manifest: RuntimeManifest | null = null;

  /** Called after every change. */
  onChange: () => void = () => {};
  /** Called with the field whose value was refused. */
  onRejected: (field: Field) => void = () => {};

  constructor(
    readonly messages: Messages,
    private readonly source: Source,
    readonly runtime: Pick<Runtime, "call" | "stop" | "downloaded">,
  ) {}

  get busy(): boolean {
    return this.phase.name !== "idle";
  }

  /** Shows what was measured, and finds out what a run would download. */
  async load(): Promise<void> {
    this.#set({ failure: "" });
    const [manifest, recorded] = await Promise.all([
      this.source.runtime().catch(() => null),
      this.source.recorded().catch(() => null),
    ]);
    if (!manifest) this.failure = this.messages.failure.configuration;
    if (!recorded) this.status = this.messages.amplification.noRecorded;
    this.#set({
      manifest,
      drawing: recorded && { curve: recorded.curve, of: { versions: recorded.versions } },
    });
  }

  /** Takes what was typed. */
  change(field: Field, value: string): void {
    this.values = { ...this.values, [field]: value };
    const errors = Object.fromEntries(Object.entries(this.errors).filter(([other]) => other !== field));
    this.#set({ errors, stale: this.drawing !== null && "values" in this.drawing.of });
  }

  /** Asks Python for the curve. */
  async run(): Promise<void> {
    const { manifest, messages, values } = this;
    if (!manifest || this.busy) return;
    const words = messages.amplification;
    const empty = FIELDS.filter(
      (field) => values[field].trim() === "" || Number.isNaN(Number(values[field])),
    );
    if (empty.length > 0) {
      this.#refuse(Object.fromEntries(empty.map((field) => [field, messages.needNumber])));
      return;
    }
    this.#set({ errors: {}, failure: "", phase: { name: "run" }, status: words.working });
    try {
      const answer = JSON.parse(await this.#call(manifest)) as Answer;
      if ("error" in answer) {
        this.#reject(answer.error);
        return;
      }
      const stale = this.values !== values;
      this.#set({ drawing: { curve: answer, of: { values } }, stale, status: words.done });
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

  async #call(manifest: RuntimeManifest): Promise<string> {
    const { status, amplification } = this.messages;
    const asked = Object.fromEntries(FIELDS.map((field) => [field, Number(this.values[field])]));
    const answer = await this.runtime.call("amplification", JSON.stringify(asked), manifest, (progress) => {
      const ready = progress.phase === "ready";
      const text = progress.phase === "start" ? status.start : status.download;
      const phase: Phase = ready ? { name: "run" } : { name: "load", ...progress };
      this.#set({ phase, status: ready ? amplification.working : text });
    });
    return answer.json;
  }

  #reject({ field, message }: Refusal): void {
    const known = FIELDS.find((name) => name === field);
    if (known) this.#refuse({ [known]: message });
    else this.#set({ failure: message, status: this.messages.amplification.failed });
  }

  #refuse(errors: Partial<Values>): void {
    this.#set({ errors, status: this.messages.amplification.rejected });
    this.onRejected(Object.keys(errors)[0] as Field);
  }

  #fail(error: unknown): void {
    const { messages } = this;
    if (error instanceof StoppedError) {
      this.#set({ status: messages.status.stopped });
      return;
    }
    const failure = error instanceof FailureError ? error.failure : failureOf(error);
    this.#set({ status: messages.amplification.failed, failure: failureSentence(failure, messages) });
  }

  #set(change: Partial<Omit<AmplificationModel, "busy" | "messages" | "runtime">>): void {
    Object.assign(this, change);
    this.onChange();
  }
}
