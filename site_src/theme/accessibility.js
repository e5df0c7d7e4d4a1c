// @ts-check
// Names and keyboard access that the theme does not give.

const SCROLLING =
  ".md-typeset__scrollwrap, .md-typeset .tabbed-labels, .md-typeset div.arithmatex, .md-typeset .scroll";

/** @type {ResizeObserver | undefined} */
let observer;

/**
 * Puts boxes that scroll sideways into the tab order, and only while they do.
 *
 * @param {string} label what to say of such a box, after its heading
 */
export function makeOverflowFocusable(label) {
  observer?.disconnect();
  observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target.closest(SCROLLING);
      if (!(box instanceof HTMLElement)) continue;
      if (box.scrollWidth <= box.clientWidth) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      } else {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", `${headingBefore(box)} (${label})`);
      }
    }
  });
  // The content as well as the box: formulas grow when they are rendered.
  for (const box of document.querySelectorAll(SCROLLING)) {
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
  }
}

/**
 * @param {Element} element
 * @returns {string} the text of the last heading before the element
 */
function headingBefore(element) {
  let text = document.title;
  for (const heading of document.querySelectorAll(".md-typeset :is(h1, h2, h3, h4)")) {
    if (!(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    text = heading.firstChild?.textContent ?? text;
  }
  return text.trim();
}

/**
 * Names the markers of code annotations, which are links without text.
 *
 * @param {string} label
 */
export function nameAnnotations(label) {
  for (const link of document.querySelectorAll("a.md-annotation__index:not([aria-label])")) {
    const id = link.querySelector("[data-md-annotation-id]")?.getAttribute("data-md-annotation-id");
    link.setAttribute("aria-label", `${label} ${id ?? ""}`.trim());
  }
}
