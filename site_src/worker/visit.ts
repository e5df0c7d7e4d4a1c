// What every element of the page shares for the visit. The bundler puts this module into one chunk, so
// instant navigation from one element to another keeps the bytes that were downloaded.
import { Runtime } from "./runtime.js";

/** The root that both languages share: the bundle lies in assets/app/ below it, under any path. */
export const root = new URL("../../", import.meta.url);

const script = new URL("./worker.js", import.meta.url).href;

/** The worker's code, once it is here: without network the next worker starts from it. */
let code: string | null = null;

async function keepCode(): Promise<void> {
  const response = await fetch(script).catch(() => null);
  if (response?.ok) code = await response.text().catch(() => null);
}

/**
 * A worker under the page's content security policy, which a worker loaded from a file would not have:
 * code of the reader's, or code that came by a link, then cannot send anything anywhere either.
 */
function spawn(): Worker {
  const source = new Blob([code ?? `import ${JSON.stringify(script)};`], { type: "text/javascript" });
  if (code === null) void keepCode();
  const url = URL.createObjectURL(source);
  const worker = new Worker(url, { type: "module", name: "adamwd" });
  // It has to be there until the worker has read it; its first message says that it has.
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

export const runtime = new Runtime(spawn, root.href);
