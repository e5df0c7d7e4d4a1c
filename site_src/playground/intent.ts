// The reader is about to use an element: over it, in it, or scrolling towards it.
const EVENTS = ["pointerenter", "pointerdown", "focusin"] as const;
/** How far below the window an element is near. */
const NEAR = "300px";

export class Intent {
  #observer: IntersectionObserver | null = null;
  /** What is in sight on arrival was not looked for. */
  #scrolled = false;
  #near = false;
  readonly #found = () => {
    this.stop();
    this.act();
  };
  readonly #scroll = () => {
    this.#scrolled = true;
    if (this.#near) this.#found();
  };

  /** @param act called once, at the first sign */
  constructor(
    private readonly element: HTMLElement,
    private readonly act: () => void,
  ) {}

  /** Begins to watch. */
  watch(): void {
    for (const event of EVENTS) this.element.addEventListener(event, this.#found);
    window.addEventListener("scroll", this.#scroll, { passive: true });
    this.#observer = new IntersectionObserver(
      ([entry]) => {
        this.#near = entry?.isIntersecting ?? false;
        if (this.#near && this.#scrolled) this.#found();
      },
      { rootMargin: NEAR },
    );
    this.#observer.observe(this.element);
  }

  /** Ends it. */
  stop(): void {
    for (const event of EVENTS) this.element.removeEventListener(event, this.#found);
    window.removeEventListener("scroll", this.#scroll);
    this.#observer?.disconnect();
  }
}
