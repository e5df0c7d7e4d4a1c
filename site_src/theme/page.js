// @ts-check
// What the theme lacks, on every page. Runs once for a visit; the theme's document$ tells of every
// page, the first and those that instant navigation brings.
import { makeOverflowFocusable, nameAnnotations } from "./accessibility.js";
import { followPage } from "./language.js";
import { renderMathematics } from "./mathematics.js";
import { searchOnInput } from "./search.js";

const labels = /** @type {HTMLElement} */ (document.getElementById("page-script")).dataset;
// Taken before the first navigation: later, relative addresses start elsewhere.
const shared = new URL(
  /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=adamwd-shared]")).content,
  document.baseURI,
);

searchOnInput();
const updateLanguageLinks = followPage();

window.document$.subscribe(() => {
  updateLanguageLinks();
  void renderMathematics(new URL("assets/katex/", shared));
  makeOverflowFocusable(labels.scrollLabel ?? "");
});
window.component$.subscribe(() => nameAnnotations(labels.annotationLabel ?? ""));
