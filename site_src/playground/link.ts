// The whole state as the fragment of an address, and back. A fragment is never sent to a server.
import type { Configuration } from "./configuration.js";
import { defaultState } from "./defaults.js";
import { readState } from "./link_state.js";
import type { State } from "./state.js";

const PREFIX = "#s=";
const VERSION = 1;
/** Longer than any state that the page makes; browsers and chats cut longer ones off. */
export const LONGEST_LINK = 1_000_000;

/** What came of a link. */
export interface Decoded {
  state: State;
  /** The parts that were not used, by their place in the state; `*` for all of it. */
  ignored: string[];
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  // Chats and mail take + and / and = for the end of an address.
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64(code: string): string {
  const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** The fragment that restores a state, with its `#`. */
export function fragmentOf(state: State): string {
  return PREFIX + toBase64(JSON.stringify({ v: VERSION, ...state }));
}

/** Whether a fragment is meant for the playground, rather than a heading of the page. */
export function isStateFragment(fragment: string): boolean {
  return fragment.startsWith(PREFIX);
}

/**
 * Reads a fragment that anybody may have written. It never throws, and nothing in it is run.
 *
 * @param fragment with its `#`, for which `isStateFragment` holds
 */
export function stateOfFragment(fragment: string, configuration: Configuration): Decoded {
  const refused: Decoded = { state: defaultState(configuration), ignored: ["*"] };
  if (fragment.length > LONGEST_LINK) return refused;
  let found: unknown;
  try {
    found = JSON.parse(fromBase64(fragment.slice(PREFIX.length)));
  } catch {
    return refused;
  }
  if (typeof found !== "object" || found === null || Array.isArray(found)) return refused;
  if (!Object.hasOwn(found, "v") || (found as { v: unknown }).v !== VERSION) return refused;
  return readState(found as Record<string, unknown>, configuration);
}
