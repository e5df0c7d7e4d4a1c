import type { loadPyodide as LoadPyodide, PyodideInterface } from "pyodide";
import { withCompiled } from "./compiled.js";
import { memoryFetch, withFetch } from "./memory_fetch.js";
import type { Answer, Kept, RuntimeContent, RuntimeManifest } from "./protocol.js";
import { type CreateModule, fileOf, readSnapshot, restoring } from "./snapshot.js";

// Any address will do, since nothing below it is asked of the network.
const FOLDER = "https://pyodide.invalid/";
const PACKAGE = "/home/pyodide/adamwd.zip";
const SITE_PACKAGES = "/lib/python3.14/site-packages";
const STANDARD_LIBRARY = "/lib/python314.zip";

type Options = NonNullable<Parameters<typeof LoadPyodide>[0]>;

/** Imports a module from bytes in memory. */
async function importModule(source: ArrayBuffer): Promise<Record<string, unknown>> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function load(
  { content, modules }: Kept,
  wrap: (create: CreateModule) => CreateModule,
  more: Record<string, unknown>,
): Promise<PyodideInterface> {
  const [loader, core] = await Promise.all(
    ["pyodide.mjs", "pyodide.asm.mjs"].map((name) => importModule(fileOf(content, name))),
  );
  const { loadPyodide } = loader as { loadPyodide: typeof LoadPyodide };
  const create = wrap((core as { default: CreateModule }).default);
  const options = {
    indexURL: FOLDER,
    packageBaseUrl: FOLDER,
    lockFileContents: new TextDecoder().decode(fileOf(content, "pyodide-lock.json")),
    createPyodideModule: create as unknown as Options["createPyodideModule"] & {},
    ...more,
  };
  // Pyodide asks for these, and gets what is compiled and unpacked already.
  const served: RuntimeContent = {
    "python_stdlib.zip": new ArrayBuffer(0),
    "pyodide.asm.wasm": new ArrayBuffer(0),
    ...content,
  };
  const module = modules["pyodide.asm.wasm"];
  if (!module) throw new Error("Pyodide is not compiled");
  return withFetch(memoryFetch(served, FOLDER, fetch), () =>
    withCompiled(module, () => loadPyodide(options)),
  );
}

/** Starts Python from archives, by Pyodide's public options alone. */
export async function startFromArchives(kept: Kept): Promise<PyodideInterface> {
  const python = await load(kept, (create) => create, { packages: ["numpy"] });
  // Python imports from the archive as it is, which is quicker than to unpack it.
  python.FS.writeFile(PACKAGE, new Uint8Array(fileOf(kept.content, "adamwd.zip")));
  python.runPython(`import sys; sys.path.insert(0, "${PACKAGE}"); import adamwd.playground`);
  return python;
}

/** Starts Python from the snapshot. */
export async function startFromSnapshot(kept: Kept): Promise<PyodideInterface> {
  const snapshot = readSnapshot(fileOf(kept.content, "snapshot.bin"));
  const python = await load(kept, (create) => restoring(create, snapshot, kept.modules), {
    // Its length is not used: memory is as long from the beginning.
    _loadSnapshot: new Uint8Array(16),
  });
  // Every reader would have the numbers of the build.
  python.runPython("import random; random.seed()");
  return python;
}

/** Adds what the snapshot does without: modules of the standard library and of NumPy that are lazy. */
export function addRest(python: PyodideInterface, manifest: RuntimeManifest, rest: RuntimeContent): void {
  python.FS.writeFile(STANDARD_LIBRARY, new Uint8Array(fileOf(rest, "python_stdlib.zip")));
  python.unpackArchive(fileOf(rest, manifest.wheel), "zip", { extractDir: SITE_PACKAGES });
  python.runPython("import importlib; importlib.invalidate_caches()");
}

interface Column {
  getBuffer(type: "f64"): { data: Float64Array; release(): void };
}

/** Calls a function of `adamwd.playground`; its numbers are copied out of Python's memory. */
export function callPlayground(python: PyodideInterface, name: string, request: string): Answer {
  const playground = python.pyimport("adamwd.playground");
  try {
    const call = playground[name];
    const result = name === "own_code_templates" ? call() : call(request);
    call.destroy();
    if (typeof result === "string") return { json: result, numbers: null };
    const [json, column] = [result.get(0) as string, result.get(1) as Column & { destroy(): void }];
    const buffer = column.getBuffer("f64");
    const numbers = buffer.data.slice();
    buffer.release();
    column.destroy();
    result.destroy();
    return { json, numbers };
  } finally {
    playground.destroy();
  }
}
