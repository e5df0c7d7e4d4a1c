// What every element of the page shares for the visit. The bundler puts this module into one chunk, so
// instant navigation from one element to another keeps the bytes that were downloaded.
import { Runtime } from "./runtime.js";

/** The root that both languages share: the bundle lies in assets/app/ below it, under any path. */
export const root = new URL("../../", import.meta.url);

export const runtime = new Runtime(
  () => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "adamwd" }),
  root.href,
);
