// Parts of a link, taken where they are of the right kind. The values that are given are never trusted.
import type { Setting } from "./state.js";
import { MOST_VALUES } from "./typed.js";

const LONGEST_NAME = 100;
const LONGEST_CODE = 50_000;

/** Collects what could not be used. */
export class Reader {
  readonly ignored: string[] = [];

  /**
   * Takes a part if it is what it has to be, and else its default.
   *
   * @param source what the part stands in; anything
   * @param path where that is in the state, for the reader
   * @param accept returns the part as it will be used, or undefined
   */
  take<T>(
    source: unknown,
    path: string,
    name: string,
    accept: (value: unknown) => T | undefined,
    fallback: T,
  ): T {
    const taken = accept(partOf(source, name));
    if (taken !== undefined) return taken;
    this.ignored.push(path === "" ? name : `${path}.${name}`);
    return fallback;
  }

  /** Notes the parts that no state has. */
  refuseUnknown(source: unknown, path: string, known: readonly string[]): void {
    if (!isRecord(source)) return;
    const unknown = Object.keys(source).filter((name) => !known.includes(name));
    this.ignored.push(...unknown.slice(0, 5).map((name) => `${path}${path && "."}${name.slice(0, 40)}`));
  }
}

/** Whether a value is an object with parts by name. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function partOf(source: unknown, name: string): unknown {
  return isRecord(source) && Object.hasOwn(source, name) ? source[name] : undefined;
}

/** A finite number; zero has one sign. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

/** A whole number in a range. */
export function asWhole(low: number, high: number): (value: unknown) => number | undefined {
  return (value) =>
    Number.isInteger(value) && inside(value as number, low, high) ? (value as number) + 0 : undefined;
}

function inside(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

/** A list of finite numbers. */
export function asNumbers(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_VALUES) return undefined;
  const numbers = value.map(asNumber);
  return numbers.includes(undefined) ? undefined : (numbers as number[]);
}

/** Source code, or null for none. */
export function asCode(value: unknown): string | null | undefined {
  if (value === null) return null;
  return typeof value === "string" && value.length <= LONGEST_CODE ? value : undefined;
}

function asName(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_NAME ? value : undefined;
}

/** A value of the kind of another: that is all that is known of a hyper-parameter here. */
export function asKindOf(example: Setting): (value: unknown) => Setting | undefined {
  if (Array.isArray(example)) {
    const accept: (item: unknown) => number | string | undefined =
      typeof example[0] === "string" ? asName : asNumber;
    return (value) => {
      if (!Array.isArray(value) || value.length !== example.length) return undefined;
      const items = value.map(accept);
      return items.includes(undefined) ? undefined : (items as number[]);
    };
  }
  if (typeof example === "boolean") return (value) => (typeof value === "boolean" ? value : undefined);
  return typeof example === "string" ? asName : asNumber;
}
