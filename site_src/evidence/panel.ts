import { make } from "./dom.js";
import type { Messages } from "./messages.js";

const GAP = 6;

/**
 * The one panel that every mark opens: a native popover, so that Escape and a press elsewhere close
 * it, and the browser gives the focus back.
 */
export class Panel {
  readonly element: HTMLElement;
  readonly #body = make("div", { class: "evidence-body" });
  readonly #close: HTMLButtonElement;
  readonly #title = make("p", { class: "evidence-title", id: "evidence-title" });
  #mark: HTMLElement | null = null;

  constructor() {
    this.#close = make("button", { type: "button", class: "evidence-close" }, "×");
    this.#close.addEventListener("click", () => this.hide());
    const head = make("div", { class: "evidence-head" }, this.#title, this.#close);
    this.element = make(
      "div",
      {
        class: "evidence-panel md-typeset",
        popover: "auto",
        role: "dialog",
        "aria-labelledby": "evidence-title",
        tabindex: "-1",
      },
      head,
      this.#body,
    );
    this.element.addEventListener("toggle", (event) => {
      if ((event as ToggleEvent).newState === "closed") this.#forget();
    });
  }

  /** Whether it is open for this mark. */
  isFor(mark: HTMLElement): boolean {
    return this.#mark === mark;
  }

  /** Opens beside a mark, with something to show until the evidence is there. */
  open(mark: HTMLElement, title: string, content: Node | string, messages: Messages): void {
    if (this.#mark) this.hide();
    if (!this.element.isConnected) document.body.append(this.element);
    this.#title.textContent = title;
    this.#close.setAttribute("aria-label", messages.close);
    this.#body.replaceChildren(content);
    // Safari does not focus a button that is pressed, and the focus is to return there.
    mark.focus();
    this.element.showPopover();
    this.#mark = mark;
    mark.setAttribute("aria-expanded", "true");
    this.#place();
    this.element.focus({ preventScroll: true });
  }

  /** Shows the evidence, unless the reader has gone on to another mark. */
  fill(mark: HTMLElement, content: Node): void {
    if (!this.isFor(mark)) return;
    this.#body.replaceChildren(content);
    this.#place();
  }

  hide(): void {
    if (!this.#mark) return;
    this.element.hidePopover();
    this.#forget();
  }

  #forget(): void {
    this.#mark?.setAttribute("aria-expanded", "false");
    this.#mark = null;
  }

  /** Below the mark, or above it where there is more room; on a phone the style sheet places it. */
  #place(): void {
    if (!this.#mark) return;
    const { style } = this.element;
    const mark = this.#mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const page = document.documentElement;
    const left = Math.min(Math.max(GAP, mark.left - width / 3), page.clientWidth - width - GAP);
    const above = mark.bottom + GAP + height > page.clientHeight && mark.top - GAP - height > 0;
    const top = above ? mark.top - GAP - height : mark.bottom + GAP;
    // Where it lies at the lower edge, it must not lie on what was pressed.
    if (getComputedStyle(this.element).position === "fixed") {
      window.scrollBy(0, Math.max(0, mark.bottom + GAP - (page.clientHeight - height)));
      return;
    }
    style.setProperty("--evidence-left", `${left + window.scrollX}px`);
    style.setProperty("--evidence-top", `${top + window.scrollY}px`);
  }
}
