// Where each preset is explained, below the root of a language.
export const PRESET_PAGES: Record<string, string> = {
  defaults: "differences/defaults/",
  "bias-correction": "differences/update-rule/#no-bias-correction",
  reversal: "differences/update-rule/#betas",
  "eps-floor": "differences/update-rule/#eps-place",
  "decay-alone": "differences/update-rule/#decoupled",
  "name-filter": "differences/decay/#substring",
  warmup: "effective-learning-rate/#warm-up",
  "float32-decay": "differences/precision/#torch-decay-factor",
  overflow: "differences/update-rule/#overflow",
};

/** The root of the pages in a language, given the root that both languages share. */
export function languageRoot(root: URL, lang: string): URL {
  return lang.toLowerCase().startsWith("en") ? new URL("en/", root) : root;
}
