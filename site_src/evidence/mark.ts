// The small marks after numbers and words that have evidence.
import { make } from "./dom.js";
import type { Messages } from "./messages.js";
import type { Reference } from "./record.js";

const TAGGED = "[data-fact], [data-claim]";
const LONGEST_NAME = 60;

function words(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME - 1)}…` : plain;
}

/** A control within a control is none: after a link the mark stands, in these there is none. */
function hostOf(tagged: HTMLElement): HTMLElement | null {
  if (tagged.closest("button, label, summary")) return null;
  const link = tagged.closest("a");
  if (!link) return tagged;
  const host = make("span", { class: "evidence-host" });
  link.after(host);
  return host;
}

/** The end of some words that no line should break: a Chinese character, or a short run of others. */
const END = /(?:\p{Script=Han}|[^\s\p{Script=Han}]{1,24})$/u;

const EMPHASIS = "b, strong, em, i";

/** Appends a mark and keeps the last of the words on its line. */
function append(mark: HTMLElement, host: HTMLElement): void {
  const last = host.lastChild;
  if (last instanceof HTMLElement && last.matches(EMPHASIS)) return append(mark, last);
  const text = last?.textContent ?? "";
  const start = text.search(END);
  if (!last || start < 0) return host.append(mark);
  const end = last instanceof Text ? last.splitText(start) : start === 0 ? last : null;
  if (!end) return host.append(mark);
  const together = make("span", { class: "evidence-end" });
  end.replaceWith(together);
  together.append(end, mark);
}

/** What pressing a mark does. */
export interface Presses {
  open(mark: HTMLElement, reference: Reference, name: string): void;
  close(): void;
}

/** Opens what a press finds closed; the browser may have closed it when the press began. */
function listen(mark: HTMLElement, presses: Presses, reference: Reference, name: string): void {
  const isOpen = () => mark.getAttribute("aria-expanded") === "true";
  let begunOpen = false;
  mark.addEventListener("pointerdown", () => {
    begunOpen = isOpen();
  });
  mark.addEventListener("click", () => {
    if (begunOpen || isOpen()) presses.close();
    else presses.open(mark, reference, name);
    begunOpen = false;
  });
}

/** Puts a mark after every tag below `root` that has none yet. */
export function addMarks(root: ParentNode, messages: Messages, presses: Presses): void {
  for (const tagged of root.querySelectorAll<HTMLElement>(TAGGED)) {
    if (tagged.dataset.marked !== undefined) continue;
    tagged.dataset.marked = "";
    const reference: Reference = { fact: tagged.dataset.fact, claim: tagged.dataset.claim };
    const name = words(tagged.textContent);
    const mark = make("button", {
      type: "button",
      class: "evidence-mark",
      "aria-label": messages.mark(name),
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    });
    listen(mark, presses, reference, name);
    const host = hostOf(tagged);
    if (host) append(mark, host);
  }
}
