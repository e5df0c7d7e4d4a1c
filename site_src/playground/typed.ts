// What is typed into a field, and what it means.
import type { Field } from "./fields.js";
import type { Setting } from "./state.js";

/** What is wrong with a text, before Python is asked. */
export type Mistake = "number" | "integer" | "list" | "empty";

// What Python reads as a number too: not JavaScript's 0x10, nor Infinity.
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
export const MOST_VALUES = 10_000;

function numberOf(text: string): number | null {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  // Zero has one sign here, so that a link gives back what it was made of.
  return Number.isFinite(value) ? value + 0 : null;
}

function listOf(text: string): number[] | null {
  const items = text.split(/[\s,;，；、[\]()]+/).filter((item) => item !== "");
  const numbers = items.map(numberOf);
  const good = numbers.length > 0 && numbers.length <= MOST_VALUES && !numbers.includes(null);
  return good ? (numbers as number[]) : null;
}

/** Reads what was typed into a field. */
export function readTyped(field: Field, text: string): { value: Setting } | { mistake: Mistake } {
  if (field.kind === "text") return text.trim() === "" ? { mistake: "empty" } : { value: text.trim() };
  if (field.kind === "list") {
    const values = listOf(text);
    return values ? { value: values } : { mistake: "list" };
  }
  const value = numberOf(text);
  if (value === null) return { mistake: field.kind === "integer" ? "integer" : "number" };
  return field.kind === "integer" && !Number.isSafeInteger(value) ? { mistake: "integer" } : { value };
}

/** A number as one would type it: 1e-6 rather than 0.000001. */
function numberText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return value.toExponential();
  return size >= 1e6 ? value.toExponential().replace("e+", "e") : String(value);
}

/** What stands in a field for a value that was not typed. */
export function shownText(value: Setting): string {
  if (Array.isArray(value)) return value.map(shownText).join(", ");
  return typeof value === "number" ? numberText(value) : String(value);
}
