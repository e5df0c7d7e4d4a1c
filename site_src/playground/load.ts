// What the playground reads from the site before Python is there.
import { decode } from "../trace/decode.js";
import type { Pair } from "../trace/types.js";
import type { Configuration, Surface } from "./configuration.js";

/** What the site has before Python is there. */
export interface Library {
  configuration(): Promise<Configuration>;
  recorded(problem: string): Promise<Pair>;
  surface(problem: string): Promise<Surface>;
}

async function json(url: URL): Promise<unknown> {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return response.json();
}

/** Reads problems, optimizers and what a run would download. */
async function loadConfiguration(root: URL): Promise<Configuration> {
  return (await json(new URL("assets/app/playground.json", root))) as Configuration;
}

/** Reads the recorded runs of the real libraries on a problem. */
async function loadRecorded(root: URL, problem: string): Promise<Pair> {
  const folder = new URL(`data/traces/playground-${problem}/`, root);
  const read = async (name: string) =>
    decode((await json(new URL(name, folder))) as Parameters<typeof decode>[0]);
  const [adamw, adam_weight_decay] = await Promise.all([
    read("adamw.torch.json"),
    read("adam_weight_decay.mindspore.json"),
  ]);
  return { adamw, adam_weight_decay };
}

/** Reads the loss over the plane for a problem's default options. */
async function loadSurface(root: URL, problem: string): Promise<Surface> {
  return (await json(new URL(`assets/app/contour-${problem}.json`, root))) as Surface;
}

/** The library of a site, given the address of its root. */
export function libraryOf(root: URL): Library {
  return {
    configuration: () => loadConfiguration(root),
    recorded: (problem) => loadRecorded(root, problem),
    surface: (problem) => loadSurface(root, problem),
  };
}
