// The module worker: Python in its own thread. It knows nothing of the page beyond protocol.ts.
import { expose, transfer } from "comlink";
import type { PyodideInterface } from "pyodide";
import { addressOf, openCache } from "./cache.js";
import { download } from "./download.js";
import { FailureError, failureOf, outcome } from "./failure.js";
import type { Kept, Outcome, PythonWorker, Progress, RuntimeManifest, Way } from "./protocol.js";
import { addRest, callPlayground, startFromArchives, startFromSnapshot } from "./python.js";
import { compileLibraries, readSnapshot } from "./snapshot.js";

interface Running {
  python: PyodideInterface;
  root: string;
  manifest: RuntimeManifest;
  /** Whether everything can be imported. */
  whole: boolean;
}

let running: Running | undefined;

async function files(
  names: readonly string[],
  root: string,
  manifest: RuntimeManifest,
  onProgress: (progress: Progress) => void,
) {
  const wanted = manifest.files.filter((file) => names.includes(file.name));
  const total = wanted.reduce((sum, file) => sum + file.bytes, 0);
  const cache = await openCache();
  const onBytes = (bytes: number) => onProgress({ phase: "download", bytes, total });
  return { content: await download(wanted, { root, cache, onBytes }), cache };
}

/** Downloads, unpacks and compiles. */
async function prepare(
  root: string,
  manifest: RuntimeManifest,
  way: Way,
  onProgress: (progress: Progress) => void,
): Promise<Kept> {
  const { content, cache } = await files(manifest.ways[way], root, manifest, onProgress);
  onProgress({ phase: "start" });
  void cache.keepOnly(manifest.files.map((file) => addressOf(file, root)));
  const { "pyodide.asm.wasm": core, "snapshot.bin": snapshot, ...others } = content;
  if (!core) throw new Error("the runtime has no pyodide.asm.wasm");
  const compiled = WebAssembly.compile(core);
  if (!snapshot) {
    return { way, content: others, modules: { "pyodide.asm.wasm": await compiled } };
  }
  const libraries = await compileLibraries(readSnapshot(snapshot));
  return {
    way,
    content: { ...others, "snapshot.bin": snapshot },
    modules: { ...libraries, "pyodide.asm.wasm": await compiled },
  };
}

/** A run whose digests are known: memory that was restored wrongly would not get them. */
function smoke(python: PyodideInterface, manifest: RuntimeManifest): void {
  const { request, digests } = manifest.smoke;
  const found = JSON.parse(callPlayground(python, "run", request).json).digests as unknown;
  if (JSON.stringify(found) !== JSON.stringify(digests)) {
    throw new Error("Python does not compute what it should");
  }
}

/** Calls that may import what is not in the snapshot. */
function needsRest(name: string, request: string): boolean {
  return name === "own_curves" || request.includes("noisy_quadratic");
}

async function complete(running: Running): Promise<void> {
  const { root, manifest, python } = running;
  const { content } = await files(manifest.rest, root, manifest, () => {});
  addRest(python, manifest, content);
  running.whole = true;
}

const worker: PythonWorker = {
  start: (root, manifest, way, kept, onProgress) =>
    outcome(async () => {
      const ready = kept ?? (await prepare(root, manifest, way, onProgress));
      if (kept) onProgress({ phase: "start" });
      const python = await (way === "snapshot" ? startFromSnapshot : startFromArchives)(ready);
      // What an earlier worker started well from, this one does too.
      if (way === "snapshot" && !kept) smoke(python, manifest);
      running = { python, root, manifest, whole: way === "archives" };
      return kept ? { way, content: {}, modules: {} } : ready;
    }),
  call: async (name, request) => {
    try {
      if (!running) throw new Error("Python was not started");
      if (!running.whole && needsRest(name, request)) await complete(running);
      const answer = callPlayground(running.python, name, request);
      const result: Outcome<typeof answer> = { ok: true, value: answer };
      return answer.numbers ? transfer(result, [answer.numbers.buffer]) : result;
    } catch (error) {
      return { ok: false, failure: error instanceof FailureError ? error.failure : failureOf(error) };
    }
  },
};

expose(worker);
