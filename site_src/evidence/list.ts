// The filter of the evidence page. The tables stand in the page without it; it hides rows.
import { make } from "./dom.js";
import { languageOf, type Messages, messagesFor } from "./messages.js";

function choice(name: string, label: string, options: [value: string, text: string][]): HTMLElement {
  const items = options.map(([value, text]) => make("option", { value }, text));
  return make("label", {}, make("span", {}, label), make("select", { name }, ...items));
}

/** `<adamwd-evidence>`: puts a filter above the tables in it. */
export class EvidenceList extends HTMLElement {
  readonly #messages: Messages = messagesFor(languageOf(document.documentElement.lang));
  readonly #status = make("p", { role: "status" });
  #form: HTMLFormElement | null = null;

  readonly #showTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden || !this.contains(target)) return;
    this.#form?.reset();
    this.#apply();
    target.scrollIntoView();
  };

  connectedCallback(): void {
    window.addEventListener("hashchange", this.#showTarget);
    // An element may come to life before what stands in it.
    queueMicrotask(() => {
      this.#form ??= this.#makeForm();
      this.prepend(this.#form);
      this.#apply();
    });
  }

  disconnectedCallback(): void {
    window.removeEventListener("hashchange", this.#showTarget);
  }

  get #tables(): HTMLTableElement[] {
    return [...this.querySelectorAll<HTMLTableElement>("table[data-category]")];
  }

  #makeForm(): HTMLFormElement {
    const { list, verdicts } = this.#messages;
    const found = [...this.querySelectorAll<HTMLElement>("tbody[data-verdict]")];
    const kinds = [...new Set(found.map((claim) => claim.dataset.verdict ?? ""))];
    const categories = this.#tables.map((table): [string, string] => [
      table.dataset.category ?? "",
      table.querySelector("caption span")?.textContent ?? "",
    ]);
    const every: [string, string] = ["", list.every];
    const text = make("input", { type: "search", name: "text", autocomplete: "off" });
    text.placeholder = list.textHint;
    const form = make(
      "form",
      { class: "evidence-filter", role: "search", "aria-label": list.filter },
      choice("category", list.category, [every, ...categories]),
      choice(
        "verdict",
        list.verdict,
        [every].concat(kinds.map((kind): [string, string] => [kind, verdicts[kind] ?? kind])),
      ),
      make("label", {}, make("span", {}, list.text), text),
      make("button", { type: "reset" }, list.reset),
      this.#status,
    );
    form.addEventListener("input", () => this.#apply());
    form.addEventListener("submit", (event) => event.preventDefault());
    // The fields are empty only after this event.
    form.addEventListener("reset", () => setTimeout(() => this.#apply()));
    return form;
  }

  #apply(): void {
    if (!this.#form) return;
    const values = new FormData(this.#form);
    const value = (name: string) => String(values.get(name) ?? "");
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    let [shown, total] = [0, 0];
    for (const table of this.#tables) {
      const chosen = ["", table.dataset.category].includes(value("category"));
      let any = false;
      for (const claim of table.querySelectorAll<HTMLElement>("tbody[data-verdict]")) {
        const text = claim.textContent.toLowerCase();
        const right = ["", claim.dataset.verdict].includes(value("verdict"));
        claim.hidden = !(chosen && right && words.every((word) => text.includes(word)));
        any ||= !claim.hidden;
        total += 1;
        shown += claim.hidden ? 0 : 1;
      }
      table.hidden = !any;
    }
    const { list } = this.#messages;
    this.#status.textContent = shown ? list.count(shown, total) : list.none;
  }
}
