// The reader's code: what there is of it, and what Python answers to it.
import type { Position } from "../trace/curves.js";

/** Code of the reader's own; null where the built-in one is used. */
export interface Code {
  /** Python that defines `loss(w)` and, where given, `gradient(w)`. */
  loss: string | null;
  /** Where a run with `loss` starts. */
  start: number[];
  /** Python that defines `update(w, g, m, v, t, lr, beta1, beta2, eps, weight_decay)`. */
  rules: Record<Position, string | null>;
}

/** An exception in the reader's code. */
export interface CodeError {
  where: "loss" | "rules.left" | "rules.right";
  line: number | null;
  message: string;
  traceback: string;
}

/** Whether a reader's update rule gives the framework's numbers. */
export interface RuleVerdict {
  matches: boolean;
  /** The first step with another number. */
  first_step: number | null;
  /** The largest difference, in units in the last place. */
  largest: number | string;
}

/** The built-in update rules as readable code, and a loss to begin with. */
export interface CodeTemplates {
  loss: string;
  /** Where that loss starts. */
  start: number[];
  rules: Record<string, string>;
}

/** The three pieces of code that there may be. */
export const PIECES = ["loss", "left", "right"] as const;
export type Piece = (typeof PIECES)[number];

export function textOf(code: Code, piece: Piece): string | null {
  return piece === "loss" ? code.loss : code.rules[piece];
}

/** The code with another text for a piece; null puts the built-in one back. */
export function withText(code: Code, piece: Piece, text: string | null): Code {
  return piece === "loss" ? { ...code, loss: text } : { ...code, rules: { ...code.rules, [piece]: text } };
}

/** The piece that a mistake is in. */
export function pieceOf({ where }: CodeError): Piece {
  return where === "loss" ? "loss" : where === "rules.left" ? "left" : "right";
}

/** The template of a piece. */
export function templateOf(
  templates: CodeTemplates,
  piece: Piece,
  optimizers: Record<Position, string>,
): string {
  return piece === "loss" ? templates.loss : (templates.rules[optimizers[piece]] ?? "");
}

/** Numbers as typed, separated by commas or spaces; null where that is not what stands there. */
export function numbersOf(text: string): number[] | null {
  const parts = text.split(/[\s,，;；]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return parts.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
}
