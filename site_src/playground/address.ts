// The address bar says what is on the page, so that copying it, going back and reloading just work.
import { isStateFragment } from "./link.js";

/** The part of a window that is used here; tests give another. */
export type AddressWindow = Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">;

const EVENTS = ["hashchange", "popstate"] as const;

export class Address {
  #written = "";
  #onRestore: ((fragment: string) => void) | null = null;
  readonly #look = () => {
    const { fragment } = this;
    // What was written here comes back as an event too, and a heading's fragment is not ours.
    if (fragment === null || fragment === this.#written) return;
    this.#written = fragment;
    this.#onRestore?.(fragment);
  };

  constructor(private readonly window: AddressWindow) {}

  /** The fragment that stands there, if it holds a state. */
  get fragment(): string | null {
    const { hash } = this.window.location;
    return isStateFragment(hash) ? hash : null;
  }

  /** Puts a fragment into the address, without an entry in the history for every move of a slider. */
  write(fragment: string): void {
    if (this.window.location.hash === fragment) return;
    this.#written = fragment;
    const { history } = this.window;
    try {
      history.replaceState(history.state, "", fragment);
    } catch {
      // Browsers refuse addresses that are too long, or too many in a short time; the page works without.
    }
  }

  /** The whole address with a fragment. */
  linkTo(fragment: string): string {
    return new URL(fragment, this.window.location.href).href;
  }

  /** Tells of fragments that the reader brings: by the back button, or typed into the address. */
  listen(onRestore: (fragment: string) => void): void {
    this.#onRestore = onRestore;
    for (const event of EVENTS) this.window.addEventListener(event, this.#look);
  }

  /** Ends what `listen` began. */
  close(): void {
    this.#onRestore = null;
    for (const event of EVENTS) this.window.removeEventListener(event, this.#look);
  }
}
