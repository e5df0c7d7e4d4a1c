// What every element of the page stands on: read from the site once, and one Python.
import type { Messages } from "../i18n/messages.js";
import type { Configuration, Preset } from "./configuration.js";
import type { Library } from "./load.js";
import type { PythonRuntime } from "./python.js";

export interface Ground {
  messages: Messages;
  configuration: Configuration;
  presets: Preset[];
  library: Library;
  runtime: PythonRuntime;
}

/**
 * Reads what there is to choose.
 *
 * @throws Error where the configuration cannot be read; without presets one can do
 */
export async function groundOf(
  messages: Messages,
  library: Library,
  runtime: PythonRuntime,
): Promise<Ground> {
  const [configuration, presets] = await Promise.all([
    library.configuration(),
    library.presets().catch((): Preset[] => []),
  ]);
  return { messages, configuration, presets, library, runtime };
}
