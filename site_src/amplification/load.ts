// What the element reads from the site before Python is there.
import { libraryOf } from "../playground/load.js";
import type { TraceJson } from "../trace/types.js";
import type { RuntimeManifest } from "../worker/protocol.js";
import { type Measured, measured, type Recording } from "./curve.js";

export interface Source {
  runtime(): Promise<RuntimeManifest>;
  /** What was measured with the default betas. */
  recorded(): Promise<Measured>;
}

const PARTS = ["early", "late"];

async function trace(url: URL): Promise<TraceJson> {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return (await response.json()) as TraceJson;
}

async function recording(folder: URL, part: string): Promise<Recording> {
  const [adamw, adam_weight_decay] = await Promise.all([
    trace(new URL(`adamw_0.9_0.999_${part}.torch.json`, folder)),
    trace(new URL(`adam_weight_decay_0.9_0.999_${part}.mindspore.json`, folder)),
  ]);
  return { adamw, adam_weight_decay };
}

/** The source of a site, given the address of its root. */
export function sourceOf(root: URL): Source {
  const folder = new URL("data/traces/step-ratio/", root);
  return {
    runtime: async () => (await libraryOf(root).configuration()).runtime,
    recorded: async () => measured(await Promise.all(PARTS.map((part) => recording(folder, part)))),
  };
}
