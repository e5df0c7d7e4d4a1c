// The panels below the charts: what they need is loaded when the reader opens them.
export const PANELS = ["inspector", "sweep", "code", "leave", "verify"] as const;
export type PanelName = (typeof PANELS)[number];

type PanelState = "closed" | "loading" | "ready" | "failed";

export class Panels {
  readonly #states = new Map<PanelName, PanelState>();
  readonly #open = new Set<PanelName>();

  /**
   * @param loaders imports what defines a panel's element
   * @param onChange called after every change
   */
  constructor(
    private readonly loaders: Record<PanelName, () => Promise<unknown>>,
    private readonly onChange: () => void,
  ) {}

  stateOf(name: PanelName): PanelState {
    return this.#states.get(name) ?? "closed";
  }

  isOpen(name: PanelName): boolean {
    return this.#open.has(name);
  }

  /** Opens or closes a panel. What was loaded stays. */
  async toggle(name: PanelName, open: boolean): Promise<void> {
    if (open === this.isOpen(name)) return;
    if (open) this.#open.add(name);
    else this.#open.delete(name);
    this.onChange();
    if (open) await this.load(name);
  }

  /** Loads what a panel needs; once more after a failure. */
  async load(name: PanelName): Promise<void> {
    const state = this.stateOf(name);
    if (state === "ready" || state === "loading") return;
    this.#set(name, "loading");
    const loaded = await this.loaders[name]().then(
      () => true,
      () => false,
    );
    this.#set(name, loaded ? "ready" : "failed");
  }

  #set(name: PanelName, state: PanelState): void {
    this.#states.set(name, state);
    this.onChange();
  }
}
