// Which preset a state is: the page marks its button, however the reader came to these settings.
import type { Preset } from "./configuration.js";
import { stateOfSpecs } from "./defaults.js";
import type { Ground } from "./ground.js";
import type { State } from "./state.js";

const indices = new WeakMap<Ground, Map<string, Preset>>();

function indexOf(ground: Ground): Map<string, Preset> {
  const textOf = ({ specs }: Preset) => JSON.stringify(stateOfSpecs(specs, ground.configuration));
  const index = indices.get(ground) ?? new Map(ground.presets.map((preset) => [textOf(preset), preset]));
  indices.set(ground, index);
  return index;
}

/** The preset that a state is, or null. */
export function presetOf(state: State, ground: Ground): Preset | null {
  return indexOf(ground).get(JSON.stringify(state)) ?? null;
}
