// What the page and the worker say to each other. Both sides import this file and nothing of the other.

/** One file of the runtime, as the build measured it. */
export interface RuntimeFile {
  /** Its name, which is also the end of its address. */
  name: string;
  /** Address relative to the root of the site. */
  path: string;
  bytes: number;
  sha256: string;
}

/** What the worker has to load before it can run: Pyodide, NumPy and `adamwd`. */
export interface RuntimeManifest {
  numpy: string;
  files: RuntimeFile[];
  /** Sum of `bytes`. */
  bytes: number;
  /** The same, as a server that compresses sends it. */
  compressed_bytes: number;
}

/** The bytes of the runtime by name. The page keeps them, so that a new worker downloads nothing. */
export type RuntimeContent = Record<string, ArrayBuffer>;

/** Why something did not work. The page turns it into a sentence in the reader's language. */
export type Failure =
  | { kind: "missing"; file: string; status: number }
  | { kind: "corrupt"; file: string }
  | { kind: "network"; file: string }
  | { kind: "python"; message: string }
  | { kind: "worker"; message: string };

/** Failures travel as values: an exception would lose its fields on the way between threads. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export type Progress =
  | { phase: "download"; bytes: number; total: number }
  /** All bytes are here and are starting up as Python. */
  | { phase: "start" }
  /** Python is up, and is being called. */
  | { phase: "ready" };

/** The functions of `adamwd.playground` that the page calls. */
export type CallName =
  | "run"
  | "curves"
  | "own_curves"
  | "sweep"
  | "inspection"
  | "source_code"
  | "verification"
  | "contour"
  | "amplification";

/** What a call gives back: JSON, and for the calls that answer with many numbers a column of them. */
export interface Answer {
  json: string;
  numbers: Float64Array | null;
}

/** What the worker offers; comlink numbers the requests and matches the answers. */
export interface PythonWorker {
  /**
   * Makes Python ready.
   *
   * @param root address of the root of the site
   * @param content the runtime's bytes from an earlier worker, or null to download them
   * @returns the bytes, where they were downloaded
   */
  start(
    root: string,
    manifest: RuntimeManifest,
    content: RuntimeContent | null,
    onProgress: (progress: Progress) => void,
  ): Promise<Outcome<RuntimeContent | null>>;
  /** Calls a function of `adamwd.playground` that takes and returns JSON. */
  call(name: CallName, request: string): Promise<Outcome<string>>;
}
