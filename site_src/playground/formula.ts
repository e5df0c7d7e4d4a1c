// The objectives' formulas: plain text at once, set by the site's own KaTeX when the reader shows interest.

/** As far as plain text can say them. */
const PLAIN: Record<string, string> = {
  quadratic: "½ (x² + κ y²)",
  noisy_quadratic: "½ (x² + κ y²)",
  rosenbrock: "(1 − x)² + 100 (y − x²)²",
  beale: "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
  logistic_regression: "1/n ∑ᵢ log(1 + exp(−yᵢ (w · xᵢ + b)))",
  constant_gradient: "g · w",
};

interface Katex {
  render(formula: string, into: HTMLElement, options: { throwOnError: boolean }): void;
}

export class Formulas {
  readonly #nodes = new Map<string, { node: HTMLElement; formula: string }>();
  #katex: Katex | null = null;

  /** @param load loads KaTeX */
  constructor(private readonly load: () => Promise<Katex>) {}

  /** The element that shows the formula of a problem; the same one for every call. */
  nodeOf(problem: string, formula: string): HTMLElement {
    const known = this.#nodes.get(problem);
    if (known) return known.node;
    const node = document.createElement("span");
    node.textContent = PLAIN[problem] ?? formula;
    this.#nodes.set(problem, { node, formula });
    if (this.#katex) this.#katex.render(formula, node, { throwOnError: false });
    return node;
  }

  /** Sets every formula, and those that follow. Plain text stays where KaTeX does not come. */
  async set(): Promise<void> {
    if (this.#katex) return;
    const katex = await this.load().catch(() => null);
    if (!katex || this.#katex) return;
    this.#katex = katex;
    for (const { node, formula } of this.#nodes.values())
      katex.render(formula, node, { throwOnError: false });
  }
}
