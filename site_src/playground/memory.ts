// What was typed, kept while the tab is open: leaving the page and coming back does not lose it.
import type { Values } from "./fields.js";

/** The form as the reader left it. */
export interface Remembered {
  problem: string;
  values: Values;
}

export interface Memory {
  read(): Remembered | null;
  write(remembered: Remembered): void;
}

/** For a page that has no storage, and for tests. */
export const NO_MEMORY: Memory = { read: () => null, write: () => {} };

function isRemembered(found: unknown): found is Remembered {
  if (typeof found !== "object" || found === null) return false;
  const { problem, values } = found as Partial<Remembered>;
  return typeof problem === "string" && typeof values === "object" && values !== null;
}

/**
 * Keeps the form in the tab's storage.
 *
 * @param storage gives the storage; browsers may refuse it, even to whoever only asks for it
 * @param key the name to keep it under
 */
export function memoryIn(storage: () => Storage, key: string): Memory {
  return {
    read() {
      try {
        const found: unknown = JSON.parse(storage().getItem(key) ?? "null");
        return isRemembered(found) ? found : null;
      } catch {
        return null;
      }
    },
    write(remembered) {
      try {
        storage().setItem(key, JSON.stringify(remembered));
      } catch {
        // Without storage the form is merely as it was on the first visit.
      }
    },
  };
}
