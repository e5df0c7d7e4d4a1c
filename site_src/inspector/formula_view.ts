// One formula: set by KaTeX where that has come, else as plain text.
import { html, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

export interface Katex {
  render(formula: string, element: HTMLElement, options: Record<string, unknown>): void;
}

/** A formula without its commands: what one reads before KaTeX has come, and where it does not. */
export function plain(formula: string): string {
  return formula
    .replaceAll(/\\htmlClass\{[^{}]*\}/g, "")
    .replaceAll(/\\(?:sqrt|hat|mathrm|text)\b/g, (command) => (command === "\\sqrt" ? "√" : ""))
    .replaceAll("\\beta", "β")
    .replaceAll("\\eta", "η")
    .replaceAll("\\lambda", "λ")
    .replaceAll("\\epsilon", "ε")
    .replaceAll("\\infty", "∞")
    .replaceAll("\\times", "×")
    .replaceAll("\\cdot", "·")
    .replaceAll("\\max", "max")
    .replaceAll(/\\[,;! ]/g, " ")
    .replaceAll(/[{}]/g, "");
}

/** Shows a formula in LaTeX. */
export function formulaView(formula: string, katex: Katex | null): TemplateResult {
  const set = (element: Element | undefined) => {
    if (!(element instanceof HTMLElement) || element.dataset.formula === `${katex !== null}${formula}`)
      return;
    element.dataset.formula = `${katex !== null}${formula}`;
    if (!katex) {
      element.textContent = plain(formula);
      return;
    }
    // Only the class that marks a term; nothing else of what KaTeX could be told to put into a page.
    const trust = ({ command }: { command: string }) => command === "\\htmlClass";
    katex.render(formula, element, { throwOnError: false, strict: false, trust });
  };
  return html`<span class="inspector-formula" ${ref(set)}></span>`;
}
