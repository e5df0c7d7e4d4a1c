import type { RuntimeContent } from "./protocol.js";

const TYPES: Record<string, string> = { wasm: "application/wasm", json: "application/json" };

/**
 * A fetch that answers from memory for the given files and passes everything else on.
 *
 * Pyodide fetches its own files. They are here already, counted and checked, so this hands them over.
 *
 * @param content file contents by name
 * @param folder address that these names are below
 * @param real the browser's own fetch
 */
export function memoryFetch(content: RuntimeContent, folder: string, real: typeof fetch): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const name = url.startsWith(folder) ? url.slice(folder.length) : "";
    const data = content[name];
    if (!data) return real(input, init);
    const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return Promise.resolve(new Response(data, { headers: { "Content-Type": type } }));
  };
}

/** Runs a task with another global fetch, and puts the real one back whatever happens. */
export async function withFetch<T>(replacement: typeof fetch, task: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = replacement;
  try {
    return await task();
  } finally {
    globalThis.fetch = real;
  }
}
