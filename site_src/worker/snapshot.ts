// Python's memory with everything imported, restored into a fresh instance. It rests on internals of
// Pyodide 314: whatever goes wrong here is thrown, and the archives take over. The other side, which
// took the snapshot, is scripts/page_python/snapshot.mjs.
import type { RuntimeContent } from "./protocol.js";

const PAGE = 4096;
/** As scripts/page_python/instance.mjs has it. */
const TABLE_BASE = 16384;

/** What is used of Emscripten's module and of Pyodide's own interface. */
interface Instance {
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  wasmTable: WebAssembly.Table;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: number;
  API: { config: { BUILD_ID: string }; restoreSnapshot: (bytes: Uint8Array) => unknown };
  FS: { mkdirTree(path: string): void; writeFile(path: string, data: Uint8Array): void };
  addRunDependency(name: string): void;
  removeRunDependency(name: string): void;
  newDSO(path: string, handle: undefined, state: string): Record<string, unknown>;
  loadWebAssemblyModule(
    module: WebAssembly.Module,
    flags: Record<string, boolean>,
    path: string,
    scope: object,
  ): Promise<unknown>;
}

export interface Settings {
  preRun: ((instance: Instance) => void)[];
}

export type CreateModule = (settings: Settings) => Promise<Instance>;

interface Header {
  /** Pyodide's own build. */
  build: string;
  /** What Pyodide has to know of JavaScript objects that Python holds. */
  state: unknown;
  /** Bytes of the whole memory. */
  length: number;
  /** Number of pages that follow. */
  pages: number;
  libraries: { path: string; bytes: number }[];
}

export interface Snapshot {
  header: Header;
  /** Numbers of the pages that differ from a fresh instance's memory. */
  numbers: Uint32Array;
  pages: Uint8Array;
  /** Bytes of the extension modules by path. */
  libraries: Record<string, Uint8Array<ArrayBuffer>>;
}

/** Reads what scripts/page_python/snapshot.mjs wrote. */
export function readSnapshot(data: ArrayBuffer): Snapshot {
  const length = new DataView(data).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length))) as Header;
  let at = 4 + length;
  // A copy: the numbers do not begin where numbers of four bytes may.
  const numbers = new Uint32Array(data.slice(at, at + 4 * header.pages));
  at += 4 * header.pages;
  const pages = new Uint8Array(data, at, PAGE * header.pages);
  at += PAGE * header.pages;
  const libraries: Snapshot["libraries"] = {};
  for (const { path, bytes } of header.libraries) {
    libraries[path] = new Uint8Array(data, at, bytes);
    at += bytes;
  }
  if (at !== data.byteLength) throw new Error("the snapshot has another length than it says");
  return { header, numbers, pages, libraries };
}

/** Compiles the extension modules, which a worker after this one can use as they are. */
export async function compileLibraries({ libraries }: Snapshot): Promise<Record<string, WebAssembly.Module>> {
  const compiled = await Promise.all(
    Object.entries(libraries).map(async ([path, bytes]) => [path, await WebAssembly.compile(bytes)] as const),
  );
  return Object.fromEntries(compiled);
}

async function loadLibraries(
  instance: Instance,
  snapshot: Snapshot,
  modules: Record<string, WebAssembly.Module>,
): Promise<void> {
  const flags = { loadAsync: true, global: false, nodelete: true, allowUndefined: true };
  for (const { path } of snapshot.header.libraries) {
    const library = instance.newDSO(path, undefined, "loading");
    const module = modules[path];
    if (!module) throw new Error(`${path} is not compiled`);
    library.refcount = Infinity;
    library.global = false;
    library.exports = await instance.loadWebAssemblyModule(module, flags, path, {});
    instance.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    instance.FS.writeFile(path, new Uint8Array(16));
  }
}

function restore(instance: Instance, { header, numbers, pages }: Snapshot): unknown {
  if (header.build !== instance.API.config.BUILD_ID) throw new Error("the snapshot is of another Pyodide");
  // Where Python finds the function through which it calls others: each engine has its own.
  const offset = instance.HEAP32[instance.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2] as number;
  const address = (instance.__PyRuntime + offset) >>> 2;
  const trampoline = instance.HEAP32[address] as number;
  const memory = instance.HEAPU8;
  if (memory.length !== header.length) throw new Error(`memory has ${memory.length} bytes`);
  numbers.forEach((number, index) => {
    memory.set(pages.subarray(index * PAGE, (index + 1) * PAGE), number * PAGE);
  });
  instance.HEAP32[address] = trampoline;
  return header.state;
}

/**
 * Wraps Pyodide's own function so that the instance that it makes is restored from the snapshot.
 *
 * @param create Emscripten's function
 * @param modules the compiled extension modules by path
 */
export function restoring(
  create: CreateModule,
  snapshot: Snapshot,
  modules: Record<string, WebAssembly.Module>,
): CreateModule {
  return (settings) =>
    new Promise((resolve, reject) => {
      settings.preRun.push((instance) => {
        const free = TABLE_BASE - instance.wasmTable.length;
        if (free < 0) throw new Error("the table is longer than where the snapshot begins");
        instance.wasmTable.grow(free);
        instance.addRunDependency("libraries");
        loadLibraries(instance, snapshot, modules).then(
          () => instance.removeRunDependency("libraries"),
          reject,
        );
      });
      create(settings).then((instance) => {
        instance.API.restoreSnapshot = () => restore(instance, snapshot);
        resolve(instance);
      }, reject);
    });
}

/** A file of the runtime. */
export function fileOf(content: RuntimeContent, name: string): ArrayBuffer {
  const data = content[name];
  if (!data) throw new Error(`the runtime has no ${name}`);
  return data;
}
