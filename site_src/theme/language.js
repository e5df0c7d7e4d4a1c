// @ts-check
// Instant navigation replaces the page but not the header: the language switcher follows here.

/**
 * Keeps the language links on the current page and anchor.
 *
 * @returns {() => void} what to call for every new page
 */
export function followPage() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a.language-switch");
  // Resolved now: data-root is relative to the page that was loaded first.
  const roots = [...links].map((link) => new URL(link.dataset.root ?? "", document.baseURI));

  const update = () => {
    /** @type {HTMLMetaElement | null} */
    const page = document.querySelector("meta[name=adamwd-page]");
    links.forEach((link, index) => {
      const target = new URL(page?.content ?? "", roots[index]);
      target.hash = location.hash;
      link.href = target.href;
    });
  };
  // The hash changes without events when scripts push history states, so look again when it is used.
  for (const link of links) {
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, update);
  }
  return update;
}
