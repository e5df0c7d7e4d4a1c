import type { loadPyodide as LoadPyodide, PyodideInterface } from "pyodide";
import { memoryFetch, withFetch } from "./memory_fetch.js";
import type { RuntimeContent } from "./protocol.js";

// Any address will do, since nothing below it is asked of the network.
const FOLDER = "https://pyodide.invalid/";
const PACKAGE_FOLDER = "/home/pyodide";

/** Imports a module from bytes in memory. */
async function importModule(source: ArrayBuffer): Promise<Record<string, unknown>> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function file(content: RuntimeContent, name: string): ArrayBuffer {
  const data = content[name];
  if (!data) throw new Error(`the runtime has no ${name}`);
  return data;
}

/** Starts Python with NumPy and `adamwd` from bytes that are in memory. */
export async function startPython(content: RuntimeContent): Promise<PyodideInterface> {
  const { loadPyodide } = (await importModule(file(content, "pyodide.mjs"))) as {
    loadPyodide: typeof LoadPyodide;
  };
  const core = await importModule(file(content, "pyodide.asm.mjs"));
  const python = await withFetch(memoryFetch(content, FOLDER, fetch), () =>
    loadPyodide({
      indexURL: FOLDER,
      packageBaseUrl: FOLDER,
      lockFileContents: new TextDecoder().decode(file(content, "pyodide-lock.json")),
      createPyodideModule: core.default as NonNullable<
        Parameters<typeof LoadPyodide>[0]
      >["createPyodideModule"] & {},
      packages: ["numpy"],
    }),
  );
  python.unpackArchive(file(content, "adamwd.zip"), "zip", { extractDir: PACKAGE_FOLDER });
  return python;
}

/** Calls a function of `adamwd.playground` that takes and returns a string. */
export function callPlayground(python: PyodideInterface, name: string, request: string): string {
  const playground = python.pyimport("adamwd.playground");
  try {
    return playground[name](request);
  } finally {
    playground.destroy();
  }
}
