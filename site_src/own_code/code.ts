// The reader's code as the panel sees it; the playground's models have the same shapes.
import type { Position } from "../trace/curves.js";

export interface Code {
  loss: string | null;
  start: number[];
  rules: Record<Position, string | null>;
}

export interface CodeError {
  where: "loss" | "rules.left" | "rules.right";
  line: number | null;
  message: string;
  traceback: string;
}

export interface RuleVerdict {
  matches: boolean;
  first_step: number | null;
  largest: number | string;
}

export interface CodeTemplates {
  loss: string;
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
