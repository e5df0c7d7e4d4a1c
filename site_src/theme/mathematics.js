// @ts-check
// Renders what pymdownx.arithmatex left as TeX in \(...\) and \[...\], by the site's own KaTeX.

/** @type {Promise<void> | undefined} */
let loading;

/**
 * @param {URL} folder where KaTeX lies
 * @returns {Promise<void>}
 */
function load(folder) {
  // The stylesheet comes with the page (main.html). The script is added to the body, since instant
  // navigation removes from the head what the next page does not have.
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("katex.min.js", folder).href;
    script.onload = () => resolve();
    script.onerror = () => {
      loading = undefined;
      reject(new Error(`KaTeX did not load from ${script.src}`));
    };
    document.body.append(script);
  });
  return loading;
}

/**
 * Renders every formula of the page that is not rendered yet.
 *
 * @param {URL} folder where KaTeX lies
 */
export async function renderMathematics(folder) {
  /** @type {NodeListOf<HTMLElement>} */
  const formulas = document.querySelectorAll(".arithmatex:not(.rendered)");
  if (formulas.length === 0) return;
  await load(folder);
  for (const formula of formulas) {
    const match = /^\s*\\([([])([\s\S]*)\\[)\]]\s*$/.exec(formula.textContent ?? "");
    if (!match) continue;
    window.katex.render(match[2] ?? "", formula, { displayMode: match[1] === "[", throwOnError: false });
    formula.classList.add("rendered");
  }
}
