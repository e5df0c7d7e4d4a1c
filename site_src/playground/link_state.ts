// A state rebuilt from what anybody may have written: known parts of the right kind, defaults for the rest.
import type { Position } from "../trace/curves.js";
import { type Configuration, problemNamed } from "./configuration.js";
import { defaultHyperparameters, defaultOptions, defaultState } from "./defaults.js";
import { asCode, asKindOf, asNumber, asNumbers, asWhole, isRecord, Reader } from "./link_values.js";
import {
  ALGORITHMS,
  type Algorithm,
  type OwnCode,
  type Schedule,
  type Setting,
  type State,
} from "./state.js";

const MOST_STEPS = 1_000_000;
const MOST_SEED = 2 ** 32 - 1;
const KEYS = ["v", "problem", "options", "left", "right", "schedule", "steps", "seed", "code"];

const asRecord = (value: unknown) => (isRecord(value) ? value : undefined);

function settings(
  reader: Reader,
  source: unknown,
  path: string,
  defaults: Record<string, Setting>,
): Record<string, Setting> {
  reader.refuseUnknown(source, path, Object.keys(defaults));
  const entries = Object.entries(defaults).map(([name, value]) => [
    name,
    reader.take(source, path, name, asKindOf(value), value),
  ]);
  return Object.fromEntries(entries);
}

function sideOf(
  reader: Reader,
  source: unknown,
  position: Position,
  configuration: Configuration,
  state: State,
) {
  const known = (value: unknown) => ALGORITHMS.find((name) => name === value);
  const side = reader.take<unknown>(source, "", position, asRecord, undefined);
  if (side === undefined) return state[position];
  reader.refuseUnknown(side, position, ["algorithm", "hyperparameters"]);
  const algorithm: Algorithm = reader.take(side, position, "algorithm", known, state[position].algorithm);
  const values = reader.take<unknown>(side, position, "hyperparameters", asRecord, undefined);
  const defaults = defaultHyperparameters(configuration, algorithm);
  return {
    algorithm,
    hyperparameters: values === undefined ? defaults : settings(reader, values, position, defaults),
  };
}

function scheduleOf(reader: Reader, source: unknown): Schedule {
  const constant: Schedule = { kind: "constant" };
  const whole = asWhole(0, MOST_STEPS);
  return reader.take<Schedule>(
    source,
    "",
    "schedule",
    (value) => {
      if (!isRecord(value)) return undefined;
      const warmup = whole(value.warmup_steps);
      const ratio = asNumber(value.minimum_ratio);
      const values = asNumbers(value.values);
      if (value.kind === "constant") return constant;
      if (value.kind === "warmup" && warmup !== undefined) return { kind: "warmup", warmup_steps: warmup };
      if (value.kind === "cosine" && warmup !== undefined && ratio !== undefined) {
        return { kind: "cosine", warmup_steps: warmup, minimum_ratio: ratio };
      }
      return value.kind === "list" && values ? { kind: "list", values } : undefined;
    },
    constant,
  );
}

function codeOf(reader: Reader, source: unknown, fallback: OwnCode): OwnCode {
  const code = reader.take<unknown>(source, "", "code", asRecord, undefined);
  if (code === undefined) return fallback;
  reader.refuseUnknown(code, "code", ["loss", "start", "rules"]);
  const rules = reader.take<unknown>(code, "code", "rules", asRecord, fallback.rules);
  const rule = (position: Position) => reader.take(rules, "code.rules", position, asCode, null);
  return {
    loss: reader.take(code, "code", "loss", asCode, null),
    start: reader.take(code, "code", "start", asNumbers, fallback.start),
    rules: { left: rule("left"), right: rule("right") },
  };
}

/** Rebuilds a state, and tells which parts could not be used. */
export function readState(
  source: Record<string, unknown>,
  configuration: Configuration,
): { state: State; ignored: string[] } {
  const reader = new Reader();
  const fallback = defaultState(configuration);
  reader.refuseUnknown(source, "", KEYS);
  const isProblem = (value: unknown) =>
    typeof value === "string" && problemNamed(configuration, value) ? value : undefined;
  const problem = reader.take(source, "", "problem", isProblem, fallback.problem);
  const options = reader.take<unknown>(source, "", "options", asRecord, undefined);
  const defaults = defaultOptions(configuration, problem);
  const state: State = {
    problem,
    // Options belong to their problem.
    options:
      options === undefined || reader.ignored.includes("problem")
        ? defaults
        : settings(reader, options, "options", defaults),
    left: sideOf(reader, source, "left", configuration, fallback),
    right: sideOf(reader, source, "right", configuration, fallback),
    schedule: scheduleOf(reader, source),
    steps: reader.take(source, "", "steps", asWhole(1, MOST_STEPS), fallback.steps),
    seed: reader.take(source, "", "seed", asWhole(0, MOST_SEED), fallback.seed),
    code: codeOf(reader, source, fallback.code),
  };
  return { state, ignored: reader.ignored };
}
