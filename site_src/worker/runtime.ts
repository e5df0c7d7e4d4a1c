// The page's side: one Python at a time, started on demand, stopped by ending its thread.
import { proxy, type Remote, wrap } from "comlink";
import { FailureError } from "./failure.js";
import type {
  CallName,
  Outcome,
  Progress,
  PythonWorker,
  RuntimeContent,
  RuntimeManifest,
} from "./protocol.js";

/** Thrown by whatever was waiting when `stop` was called. */
export class StoppedError extends Error {}

/** One thread: how to talk to it, when it is ready, and how it ends. */
interface Thread {
  python: Remote<PythonWorker>;
  ready: Promise<RuntimeContent | null>;
  /** Rejects when the thread is gone, since a thread that is gone answers nothing. */
  ended: Promise<never>;
  end: (error: Error) => void;
}

async function unwrap<T>(answer: Promise<Outcome<T>>): Promise<T> {
  const outcome = await answer;
  if (!outcome.ok) throw new FailureError(outcome.failure);
  return outcome.value;
}

export class Runtime {
  #content: RuntimeContent | null = null;
  #thread: Thread | null = null;

  /**
   * @param spawn makes a new worker
   * @param root address of the root of the site
   */
  constructor(
    private readonly spawn: () => Worker,
    private readonly root: string,
  ) {}

  /** Whether the bytes are here, so that a start needs no download. */
  get downloaded(): boolean {
    return this.#content !== null;
  }

  /**
   * Calls a function of `adamwd.playground`, after starting Python where it is not up.
   *
   * @throws FailureError with what to tell the reader
   * @throws StoppedError if `stop` came first
   */
  async call(
    name: CallName,
    request: string,
    manifest: RuntimeManifest,
    onProgress: (progress: Progress) => void,
  ): Promise<string> {
    this.#thread ??= this.#start(manifest, onProgress);
    const { python, ready, ended } = this.#thread;
    await ready;
    onProgress({ phase: "ready" });
    return Promise.race([unwrap(python.call(name, request)), ended]);
  }

  /** Ends the thread at once, whatever it is doing. The next call starts another. */
  stop(): void {
    this.#thread?.end(new StoppedError("stopped"));
  }

  #start(manifest: RuntimeManifest, onProgress: (progress: Progress) => void): Thread {
    const worker = this.spawn();
    const python = wrap<PythonWorker>(worker);
    const { promise: ended, reject } = withRejecter();
    const end = (error: Error) => {
      worker.terminate();
      if (this.#thread?.end === end) this.#thread = null;
      reject(error);
    };
    worker.addEventListener("error", (event) => {
      end(new FailureError({ kind: "worker", message: event.message || "worker.js" }));
    });
    // Progress has a channel of its own, so that a report may come after the answer: too late to be shown.
    let starting = true;
    const report = proxy((progress: Progress) => starting && onProgress(progress));
    const started = unwrap(python.start(this.root, manifest, this.#content, report));
    const ready = Promise.race([started, ended]);
    ready.then(
      (content) => {
        starting = false;
        this.#content = content ?? this.#content;
      },
      (error) => {
        starting = false;
        end(error);
      },
    );
    return { python, ready, ended, end };
  }
}

/** A promise that can only fail, and that nobody has to be waiting for when it does. */
function withRejecter(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  promise.catch(() => {});
  return { promise, reject };
}
