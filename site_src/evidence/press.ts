// From a pressed mark to what the panel shows.
import { make } from "./dom.js";
import { type Language, messagesFor } from "./messages.js";
import type { Panel } from "./panel.js";
import { panelView } from "./panel_view.js";
import { type EvidenceRecord, find, type Reference } from "./record.js";

/** What pressing a mark needs. */
export interface Site {
  root: URL;
  read: () => Promise<EvidenceRecord>;
}

/** Opens the panel for a mark, and fills it when the record has been read. */
export async function press(
  site: Site,
  panel: Panel,
  language: Language,
  mark: HTMLElement,
  reference: Reference,
  name: string,
): Promise<void> {
  const messages = messagesFor(language);
  panel.open(mark, name, make("p", {}, messages.loading), messages);
  const say = (text: string) => make("p", { role: "alert" }, text);
  try {
    const evidence = find(await site.read(), reference);
    const places = { root: site.root, language };
    panel.fill(mark, evidence ? panelView(evidence, places, messages) : say(messages.unknown));
  } catch {
    panel.fill(mark, say(messages.failed));
  }
}
