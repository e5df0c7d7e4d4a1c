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
