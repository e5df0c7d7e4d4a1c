// The page's side: one Python at a time, started on demand, stopped by ending its thread.
import { proxy, type Remote, wrap } from "comlink";
import { FailureError } from "./failure.js";
import type {
  Answer,
  CallName,
  Failure,
  Kept,
  Outcome,
  Progress,
  PythonWorker,
  RuntimeManifest,
  Way,
} from "./protocol.js";

/** Thrown by whatever was waiting when `stop` was called. */
export class StoppedError extends Error {}

/** A start from the snapshot that takes longer than this, downloads aside, is hanging. */
const START_MS = 20_000;
/** A call that takes longer may be stopped: another thread is made ready to take over. */
const SPARE_MS = 300;

type Listener = (progress: Progress) => void;

/** One thread: how to talk to it, when it is ready, and how it ends. */
interface Thread {
  python: Remote<PythonWorker>;
  ready: Promise<Kept>;
  /** Rejects when the thread is gone, since a thread that is gone answers nothing. */
  ended: Promise<never>;
  end: (error: Error) => void;
}

/** How Python was started, and why not from the snapshot. */
export interface Started {
  way: Way;
  fallback: string | null;
}

async function unwrap<T>(answer: Promise<Outcome<T>>): Promise<T> {
  const outcome = await answer;
  if (!outcome.ok) throw new FailureError(outcome.failure);
  return outcome.value;
}

/** Failures that no other way to start would mend. */
function isOfNetwork(failure: Failure): boolean {
  if (failure.kind === "network" || failure.kind === "stalled") return true;
  const named = failure.kind === "missing" || failure.kind === "corrupt" ? failure.file : null;
  return named !== null && !named.startsWith("snapshot");
}

/** After these the thread is not to be trusted any more. */
function isFatal(failure: Failure): boolean {
  return failure.kind === "worker" || failure.kind === "memory";
}

export class Runtime {
  /** How the next start begins. After the snapshot has failed, from the archives. */
  way: Way = "snapshot";
  /** How the last start went; for tests and the bench. */
  started: Started | null = null;

  #kept: Kept | null = null;
  #fallback: string | null = null;
  #thread: Promise<Thread> | null = null;
  #current: Thread | null = null;
  /** Ready or nearly so, for the start after a stop. */
  #spare: Thread | null = null;
  #stopped = 0;
  readonly #listeners = new Set<Listener>();

  /**
   * @param spawn makes a new worker
   * @param root address of the root of the site
   * @param startMs how long a start from the snapshot may take
   * @param spareMs how long a call takes before another thread is made ready
   */
  constructor(
    private readonly spawn: () => Worker,
    private readonly root: string,
    private readonly startMs = START_MS,
    private readonly spareMs = SPARE_MS,
  ) {}

  /** Whether the bytes are here, so that a start needs no download. */
  get downloaded(): boolean {
    return this.#kept !== null;
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
  ): Promise<Answer> {
    this.#listeners.add(onProgress);
    let thread: Thread;
    try {
      thread = await this.#running(manifest);
    } finally {
      this.#listeners.delete(onProgress);
    }
    onProgress({ phase: "ready" });
    const isLong = setTimeout(() => this.#makeSpare(manifest), this.spareMs);
    try {
      return await Promise.race([unwrap(thread.python.call(name, request)), thread.ended]);
    } catch (error) {
      if (error instanceof FailureError && isFatal(error.failure)) thread.end(error);
      throw error;
    } finally {
      clearTimeout(isLong);
    }
  }

  /** Starts Python before it is needed. What goes wrong is told at the next call. */
  async prepare(manifest: RuntimeManifest): Promise<void> {
    await this.#running(manifest).catch(() => {});
  }

  /** Ends the thread at once, whatever it is doing. The next call starts another. */
  stop(): void {
    this.#stopped += 1;
    this.#current?.end(new StoppedError("stopped"));
  }

  #running(manifest: RuntimeManifest): Promise<Thread> {
    if (!this.#thread) {
      const starting = this.#startAnyWay(manifest);
      this.#thread = starting;
      starting.catch(() => {
        if (this.#thread === starting) this.#thread = null;
      });
    }
    return this.#thread;
  }

  /** Starts from the snapshot, and from the archives where that fails; for the rest of the visit then. */
  async #startAnyWay(manifest: RuntimeManifest): Promise<Thread> {
    const stopped = this.#stopped;
    try {
      return await this.#start(manifest);
    } catch (error) {
      const failure = error instanceof FailureError ? error.failure : null;
      const hopeless = stopped !== this.#stopped || !failure || isOfNetwork(failure);
      if (this.way === "archives" || hopeless) throw error;
      this.way = "archives";
      this.#fallback = "message" in failure ? failure.message : failure.kind;
      this.#kept = null;
      return this.#start(manifest);
    }
  }

  async #start(manifest: RuntimeManifest): Promise<Thread> {
    const way = this.way;
    const thread = this.#spare ?? this.#spawn(manifest, way);
    this.#spare = null;
    this.#current = thread;
    const kept = await thread.ready;
    this.#kept ??= kept;
    this.started = { way, fallback: this.#fallback };
    return thread;
  }

  #makeSpare(manifest: RuntimeManifest): void {
    // What is not downloaded yet is not downloaded twice.
    if (this.#spare || !this.#kept) return;
    this.#spare = this.#spawn(manifest, this.way);
  }

  #spawn(manifest: RuntimeManifest, way: Way): Thread {
    const worker = this.spawn();
    const python = wrap<PythonWorker>(worker);
    const { promise: ended, reject } = withRejecter();
    const end = (error: Error) => {
      worker.terminate();
      if (this.#current === thread) {
        this.#current = null;
        this.#thread = null;
      }
      if (this.#spare === thread) this.#spare = null;
      reject(error);
    };
    worker.addEventListener("error", (event) => {
      end(new FailureError({ kind: "worker", message: event.message || "worker.js" }));
    });
    // Progress has a channel of its own, so that a report may come after the answer: too late to be shown.
    let starting = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const report = proxy((progress: Progress) => {
      if (!starting) return;
      if (progress.phase === "start" && way === "snapshot") {
        timer ??= setTimeout(() => {
          end(new FailureError({ kind: "worker", message: "the start took too long" }));
        }, this.startMs);
      }
      for (const listener of this.#listeners) listener(progress);
    });
    const started = unwrap(python.start(this.root, manifest, way, this.#kept, report));
    const ready = Promise.race([started, ended]);
    const thread: Thread = { python, ready, ended, end };
    const over = () => {
      starting = false;
      clearTimeout(timer);
    };
    ready.then(over, (error) => {
      over();
      end(error);
    });
    return thread;
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
