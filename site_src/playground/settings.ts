// What the reader has set and typed. The state is always one that can be run; a text may be anything.
import type { Configuration } from "./configuration.js";
import { type Field, fieldsFor, valueAt, withValue } from "./fields.js";
import { type Rejection, rejectedKey } from "./reply.js";
import type { OwnCode, Setting, State } from "./state.js";
import { type Mistake, readTyped, shownText } from "./typed.js";

/** What is wrong with a field: our own word for it, or the library's message. */
export type FieldError = { mistake: Mistake } | { message: string };

export class Settings {
  fields: readonly Field[];
  errors: Readonly<Record<string, FieldError>> = {};
  /** Texts as typed, where they were typed. */
  #texts: Readonly<Record<string, string>> = {};
  #state: State;

  constructor(
    state: State,
    readonly configuration: Configuration,
  ) {
    this.#state = state;
    this.fields = fieldsFor(state, configuration);
  }

  /** The last state of which every text could be read. */
  get state(): State {
    return this.#state;
  }

  /** What stands in a field. */
  textOf(field: Field): string {
    return this.#texts[field.key] ?? shownText(valueAt(this.#state, field));
  }

  /**
   * Takes what was typed.
   *
   * @returns whether the state is another one now
   */
  type(field: Field, text: string): boolean {
    this.#texts = { ...this.#texts, [field.key]: text };
    const read = readTyped(field, text);
    if ("mistake" in read) {
      this.errors = { ...this.errors, [field.key]: read };
      return false;
    }
    return this.#take(field, read.value);
  }

  /**
   * Takes a value from a slider or a box.
   *
   * @returns whether the state is another one now
   */
  set(field: Field, value: Setting): boolean {
    this.#texts = without(this.#texts, field.key);
    return this.#take(field, value);
  }

  /** Takes a whole state. What was typed goes. */
  replace(state: State): void {
    this.#state = state;
    this.#texts = {};
    this.errors = {};
    this.fields = fieldsFor(state, this.configuration);
  }

  /** Takes code, which stands in no field. */
  replaceCode(code: OwnCode): void {
    this.#state = { ...this.#state, code };
  }

  /**
   * Marks what the library refused.
   *
   * @returns the messages that belong to no field
   */
  refuse(rejections: readonly Rejection[]): string[] {
    const keys = this.fields.map(({ key }) => key);
    const elsewhere: string[] = [];
    const errors: Record<string, FieldError> = { ...this.#ownErrors() };
    for (const rejection of rejections) {
      const key = rejectedKey(rejection, keys);
      if (key) errors[key] ??= { message: rejection.message };
      else elsewhere.push(rejection.message);
    }
    this.errors = errors;
    return elsewhere;
  }

  /** Takes the library's messages back: it has run what stands there now. */
  accept(): void {
    this.errors = this.#ownErrors();
  }

  #take(field: Field, value: Setting): boolean {
    this.errors = without(this.errors, field.key);
    if (String(valueAt(this.#state, field)) === String(value)) return false;
    this.#state = withValue(this.#state, field, value);
    return true;
  }

  #ownErrors(): Record<string, FieldError> {
    return Object.fromEntries(Object.entries(this.errors).filter(([, error]) => "mistake" in error));
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
