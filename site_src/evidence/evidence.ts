// The entry of the bundle: marks on every page that cites evidence, and the filter of the evidence page.
import { EvidenceList } from "./list.js";
import { addMarks } from "./mark.js";
import { languageOf, messagesFor } from "./messages.js";
import { Panel } from "./panel.js";
import { press } from "./press.js";
import { recordAt } from "./record.js";

// This module lies in assets/app/ below the root that both languages share, under any path.
const root = new URL("../../", import.meta.url);
const site = { root, read: recordAt(new URL("data/facts.json", root)) };
const panel = new Panel();

customElements.define("adamwd-evidence", EvidenceList);

// Without popovers (browsers before 2024) pages have no marks; the evidence page shows the same.
if ("popover" in HTMLElement.prototype) {
  // The theme tells of every page: this one, and those that instant navigation brings.
  window.document$.subscribe(() => {
    panel.hide();
    const language = languageOf(document.documentElement.lang);
    const content = document.querySelector(".md-content");
    if (!content) return;
    addMarks(content, messagesFor(language), {
      open: (mark, reference, name) => void press(site, panel, language, mark, reference, name),
      close: () => panel.hide(),
    });
  });
}
