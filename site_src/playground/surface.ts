import type { Surface } from "../charts/trajectory.js";
import type { SpecJson } from "../trace/types.js";
import type { ProblemDescription } from "./configuration.js";
import type { Library } from "./load.js";

const SIZE = [81, 65];

/**
 * The loss over the plane for a run: from the site for a problem's default options, else from Python.
 *
 * @param contour calls `adamwd.playground.contour`
 * @returns null for a problem of more than two parameters
 */
export async function surfaceFor(
  problem: ProblemDescription,
  spec: SpecJson,
  library: Library,
  contour: (request: unknown) => Promise<string>,
): Promise<Surface | null> {
  if (!problem.has_surface) return null;
  const { x, y, minimum } = problem;
  const { problem_options } = spec;
  const isDefault = problem.options.every(
    (o) => o.name === "start" || String(o.default) === String(problem_options[o.name]),
  );
  if (isDefault) return library.surface(problem.name).catch(() => null);
  const answer = JSON.parse(await contour({ problem: problem.name, problem_options, x, y, size: SIZE })) as {
    z?: number[][];
  };
  return answer.z ? { x, y, z: answer.z, minimum } : null;
}
