// What the page and the worker say to each other. Both sides import this file and nothing of the other.

/** One file of the runtime, as the build measured it. */
export interface RuntimeFile {
  /** Its name, which is also the end of its address. */
  name: string;
  /** Address relative to the root of the site. */
  path: string;
  bytes: number;
  sha256: string;
  /** For what is sent as gzip and used unpacked: name, size and checksum of that. */
  unpacked: { name: string; bytes: number; sha256: string } | null;
}

/**
 * How Python starts: from a snapshot of its memory with everything imported, or from archives that it
 * imports. The archives need nothing but Pyodide's public options, and take over where the snapshot fails.
 */
export type Way = "snapshot" | "archives";

/** What the worker has to load before it can run: Pyodide, NumPy and `adamwd`. */
export interface RuntimeManifest {
  /** Changes with every byte of the runtime: a snapshot is of one build alone. */
  build: string;
  numpy: string;
  files: RuntimeFile[];
  /** Names of the files that each way needs, and of those that the snapshot needs for lazy modules. */
  ways: Record<Way, string[]>;
  rest: string[];
  /** The wheel, unpacked from one of the files. */
  wheel: string;
  /** A short run and the digests that it must have, to see that a start went well. */
  smoke: { request: string; digests: Record<string, string> };
  /** Sum of the bytes of the first way. */
  bytes: number;
  /** The same, as a server that compresses sends it. */
  compressed_bytes: number;
}

/** Files of the runtime by name. */
export type RuntimeContent = Record<string, ArrayBuffer>;

/** What one worker has made ready, for the next: it then downloads, unpacks and compiles nothing. */
export interface Kept {
  way: Way;
  content: RuntimeContent;
  /** Compiled: Pyodide itself, and for the snapshot its extension modules by path. */
  modules: Record<string, WebAssembly.Module>;
}

/** Why something did not work. The page turns it into a sentence in the reader's language. */
export type Failure =
  | { kind: "missing"; file: string; status: number }
  | { kind: "corrupt"; file: string }
  | { kind: "network"; file: string }
  | { kind: "stalled"; file: string; seconds: number }
  | { kind: "memory" }
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
  | "own_code_templates"
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
   * @param kept what an earlier worker made ready, or null to download
   * @returns what the next worker can use
   */
  start(
    root: string,
    manifest: RuntimeManifest,
    way: Way,
    kept: Kept | null,
    onProgress: (progress: Progress) => void,
  ): Promise<Outcome<Kept>>;
  /** Calls a function of `adamwd.playground`. */
  call(name: CallName, request: string): Promise<Outcome<Answer>>;
}
