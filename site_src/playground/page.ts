// What the bundle's entries share: the elements' names, their styles, and what is read from the site once.
import { type Messages, messagesFor } from "../i18n/messages.js";
import { root, runtime } from "../worker/visit.js";
import { type Ground, groundOf } from "./ground.js";
import { libraryOf } from "./load.js";
import { languageRoot } from "./preset_pages.js";

const adopted = new Set<string>();
const library = libraryOf(root);
const grounds = new Map<Messages, Promise<Ground>>();

/** Adopts stylesheets, each once, whichever bundle comes first. */
export function adopt(...texts: string[]): void {
  for (const text of texts.filter((sheet) => !adopted.has(sheet))) {
    adopted.add(text);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }
}

/** Defines an element, once. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** The interface in the language of the page that is open now: instant navigation may change it. */
export function pageMessages(): Messages {
  return messagesFor(document.documentElement.lang);
}

/** The root of the pages in that language. */
export function pageRoot(): URL {
  return languageRoot(root, document.documentElement.lang);
}

/** What every element stands on; read again where it could not be read before. */
export function pageGround(): Promise<Ground> {
  const messages = pageMessages();
  const known = grounds.get(messages) ?? groundOf(messages, library, runtime);
  grounds.set(messages, known);
  known.catch(() => grounds.delete(messages));
  return known;
}
