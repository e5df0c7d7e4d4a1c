// States that are made rather than set: from the frameworks' defaults, from a preset, for another problem.
import type { Position } from "../trace/curves.js";
import type { SpecJson, Value } from "../trace/types.js";
import { type Configuration, problemNamed } from "./configuration.js";
import { placesOf, translated } from "./roles.js";
import type { Algorithm, OwnCode, Schedule, Setting, SideState, State } from "./state.js";

const STEPS = 500;
/** Where runs with the reader's own loss start, before a start was given. */
const OWN_START = [1, 1];

/** No code of the reader's own. */
export function noCode(): OwnCode {
  return { loss: null, start: [...OWN_START], rules: { left: null, right: null } };
}

/** The framework's defaults of an algorithm. */
export function defaultHyperparameters(
  configuration: Configuration,
  algorithm: Algorithm,
): Record<string, Setting> {
  const found = configuration.optimizers.find(({ optimizer }) => optimizer === algorithm);
  return Object.fromEntries((found?.hyperparameters ?? []).map(({ name, default: value }) => [name, value]));
}

/** The defaults of a problem's options. */
export function defaultOptions(configuration: Configuration, problem: string): Record<string, Setting> {
  const options = problemNamed(configuration, problem)?.options ?? [];
  return Object.fromEntries(options.map(({ name, default: value }) => [name, value]));
}

/** The framework's defaults against the framework's defaults, on the first problem there is. */
export function defaultState(configuration: Configuration): State {
  const side = (algorithm: Algorithm): SideState => ({
    algorithm,
    hyperparameters: defaultHyperparameters(configuration, algorithm),
  });
  const problem = configuration.problems[0]?.name ?? "";
  return {
    problem,
    options: defaultOptions(configuration, problem),
    left: side("torch.optim.AdamW"),
    right: side("mindspore.nn.AdamWeightDecay"),
    schedule: { kind: "constant" },
    steps: STEPS,
    seed: 0,
    code: noCode(),
  };
}

/** Another algorithm with the values of the one before, under its own names. */
export function withAlgorithm(
  state: State,
  position: Position,
  algorithm: Algorithm,
  configuration: Configuration,
): State {
  const own = defaultHyperparameters(configuration, algorithm);
  const hyperparameters = translated(state[position].hyperparameters, own);
  return { ...state, [position]: { algorithm, hyperparameters } };
}

/** Another problem with its default options. */
export function withProblem(state: State, problem: string, configuration: Configuration): State {
  return { ...state, problem, options: defaultOptions(configuration, problem) };
}

/** Both sides at their frameworks' defaults. */
export function withFrameworkDefaults(state: State, configuration: Configuration): State {
  const side = ({ algorithm }: SideState): SideState => ({
    algorithm,
    hyperparameters: defaultHyperparameters(configuration, algorithm),
  });
  return { ...state, left: side(state.left), right: side(state.right) };
}

/** The right side as the left one. */
export function withCopy(state: State): State {
  return { ...state, right: structuredClone(state.left) };
}

/** The right side's own algorithm with the left one's values. */
export function withMatch(state: State): State {
  const { left, right } = state;
  return {
    ...state,
    right: { ...right, hyperparameters: translated(left.hyperparameters, right.hyperparameters) },
  };
}

/** Whether the right side has the left one's values wherever it takes them. */
export function isMatched({ left, right }: State): boolean {
  const matched = placesOf(translated(left.hyperparameters, right.hyperparameters));
  const own = placesOf(right.hyperparameters);
  return own.every(({ value }, index) => value === matched[index]?.value);
}

function filled(defaults: Record<string, Setting>, values: Record<string, Value>): Record<string, Setting> {
  return { ...defaults, ...(values as Record<string, Setting>) };
}

/** The state that two specs of one experiment describe. */
export function stateOfSpecs(specs: Record<Position, SpecJson>, configuration: Configuration): State {
  const { left, right } = specs;
  const side = (spec: SpecJson): SideState => {
    const algorithm = spec.optimizer as Algorithm;
    return {
      algorithm,
      hyperparameters: filled(defaultHyperparameters(configuration, algorithm), spec.hyperparameters),
    };
  };
  return {
    problem: left.problem,
    options: filled(defaultOptions(configuration, left.problem), left.problem_options),
    left: side(left),
    right: side(right),
    schedule: (left.schedule as Schedule | undefined) ?? { kind: "constant" },
    steps: left.steps,
    seed: left.seed,
    code: noCode(),
  };
}
