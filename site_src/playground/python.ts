// Python as the models see it: calls with progress in words, and one sentence where something failed.
import type { Messages } from "../i18n/messages.js";
import { FailureError, failureOf } from "../worker/failure.js";
import type { Answer, CallName, Progress, RuntimeManifest } from "../worker/protocol.js";
import { StoppedError } from "../worker/runtime.js";
import { failureSentence } from "./failure_sentence.js";

/** The part of the runtime that is used here; tests give another. */
export interface PythonRuntime {
  readonly downloaded: boolean;
  call(
    name: CallName,
    request: string,
    manifest: RuntimeManifest,
    onProgress: (progress: Progress) => void,
  ): Promise<Answer>;
  prepare(manifest: RuntimeManifest): unknown;
  stop(): void;
}

/** Where the newest call is. */
export type Phase = { name: "idle" } | { name: "run" } | ({ name: "load" } & Progress);

/** Shorter calls need no Stop and no progress. */
const SLOW_MS = 300;

export class Python {
  phase: Phase = { name: "idle" };
  /** Whether a call has taken so long that the reader has to be told. */
  slow = false;
  failure = "";
  /** What happened last, in words. */
  status = "";
  /** Called after every change. */
  onChange: () => void = () => {};

  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly messages: Messages,
    readonly runtime: PythonRuntime,
    readonly manifest: RuntimeManifest,
  ) {}

  get busy(): boolean {
    return this.#calls > 0;
  }

  /** Starts Python before it is asked anything, where the reader has not asked to save data. */
  prepare(): void {
    const connection = (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)
      ?.connection;
    if (!connection?.saveData) this.runtime.prepare(this.manifest);
  }

  /**
   * Calls a function of `adamwd.playground`.
   *
   * @returns null where the call failed or was stopped: `failure` and `status` say how
   */
  async call(name: CallName, request: unknown): Promise<Answer | null> {
    this.#begin();
    try {
      const progress = (told: Progress) => this.#tell(told);
      const answer = await this.runtime.call(name, JSON.stringify(request), this.manifest, progress);
      // What was wrong is over.
      this.failure = "";
      this.status = "";
      return answer;
    } catch (error) {
      this.#fail(error);
      return null;
    } finally {
      this.#end();
    }
  }

  /** Ends whatever Python is doing. */
  stop(): void {
    if (this.busy) this.runtime.stop();
  }

  #begin(): void {
    this.#calls += 1;
    if (this.#calls > 1) return;
    this.phase = { name: "run" };
    this.status = "";
    this.#timer = setTimeout(() => {
      this.slow = true;
      this.status = this.status || this.messages.status.run;
      this.onChange();
    }, SLOW_MS);
  }

  #end(): void {
    this.#calls -= 1;
    if (this.#calls > 0) return;
    clearTimeout(this.#timer);
    this.phase = { name: "idle" };
    this.slow = false;
    this.onChange();
  }

  #tell(progress: Progress): void {
    const { status } = this.messages;
    const ready = progress.phase === "ready";
    this.phase = ready ? { name: "run" } : { name: "load", ...progress };
    const text = ready ? "" : progress.phase === "start" ? status.start : status.download;
    const changed = text !== this.status;
    this.status = text;
    // A call that is quick has nothing to show.
    if (!ready || changed) this.onChange();
  }

  #fail(error: unknown): void {
    if (error instanceof StoppedError) {
      this.status = this.messages.status.stopped;
      return;
    }
    const failure = error instanceof FailureError ? error.failure : failureOf(error);
    this.status = this.messages.status.failed;
    this.failure = failureSentence(failure, this.messages);
  }
}
