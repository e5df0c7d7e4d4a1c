// The site's own KaTeX, loaded once for the visit. The theme loads the same file where a page has formulas.
let loading: Promise<Window["katex"]> | undefined;

function added<T extends HTMLElement>(element: T): Promise<void> {
  // Into the body: instant navigation takes out of the head what the next page does not have.
  document.body.append(element);
  return new Promise((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => reject(new Error("KaTeX did not load"));
  });
}

async function load(folder: URL): Promise<Window["katex"]> {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("katex.min.css", folder).href;
  const script = document.createElement("script");
  script.src = new URL("katex.min.js", folder).href;
  const here = "katex" in window ? Promise.resolve() : added(script);
  await Promise.all([added(style), here]);
  return window.katex;
}

/**
 * Loads KaTeX with its stylesheet.
 *
 * @param folder where it lies
 */
export function loadKatex(folder: URL): Promise<Window["katex"]> {
  loading ??= load(folder).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
