import { type Position, POSITIONS } from "../trace/curves.js";
import type { Side } from "../trace/types.js";

/** What tells the two optimizers apart: colour, and for whoever cannot use it, dash, marker and label. */
export interface Identity {
  label: string;
  color: string;
  dash: string;
  symbol: "circle" | "square";
}

export const IDENTITY: Record<Side, Identity> = {
  adamw: { label: "AdamW", color: "var(--adamw-color)", dash: "none", symbol: "circle" },
  adam_weight_decay: {
    label: "AdamWeightDecay",
    color: "var(--adam-weight-decay-color)",
    dash: "7 4",
    symbol: "square",
  },
};

/** What is drawn that belongs to neither. */
export const PAPER = "var(--page-paper, var(--md-default-bg-color, Canvas))";

/** The names of the algorithms in charts, in the reader's language. */
export interface AlgorithmNames {
  algorithms: Record<string, string>;
  /** A name with its side, where both sides run the same algorithm. */
  onSide: (name: string, position: Position) => string;
}

const ADAM_WEIGHT_DECAY = "mindspore.nn.AdamWeightDecay";

/**
 * What tells the two runs apart. AdamWeightDecay keeps its colour and dash on either side, and so do the
 * AdamWs; where both sides are of one kind, the right one takes the look of the other.
 */
export function identitiesOf(
  specs: Record<Position, { optimizer: string }>,
  names: AlgorithmNames,
): Record<Position, Identity> {
  const kinds: Record<Position, Side> = { left: "adamw", right: "adamw" };
  for (const position of POSITIONS) {
    if (specs[position].optimizer === ADAM_WEIGHT_DECAY) kinds[position] = "adam_weight_decay";
  }
  const alike = kinds.left === kinds.right;
  if (alike) kinds.right = kinds.left === "adamw" ? "adam_weight_decay" : "adamw";
  const same = specs.left.optimizer === specs.right.optimizer;
  const identity = (position: Position): Identity => {
    const { optimizer } = specs[position];
    const name = names.algorithms[optimizer] ?? optimizer;
    return { ...IDENTITY[kinds[position]], label: same ? names.onSide(name, position) : name };
  };
  return { left: identity("left"), right: identity("right") };
}
