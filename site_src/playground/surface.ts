import type { Surface } from "../charts/trajectory.js";
import { type ProblemDescription } from "./configuration.js";
import type { Library } from "./load.js";
import type { Setting } from "./state.js";

const SIZE = [81, 65];

/** Whether contours that were computed for the defaults hold for these options too. */
function isDefault(problem: ProblemDescription, options: Record<string, Setting>): boolean {
  return problem.options.every(
    ({ name, default: value }) => name === "start" || String(value) === String(options[name]),
  );
}

/** Keeps contours while the page is open, since a slider asks for the same ones again and again. */
export class Surfaces {
  readonly #known = new Map<string, Promise<Surface | null>>();

  /**
   * @param library reads the contours of a problem's default options
   * @param contour calls `adamwd.playground.contour`; null where it failed
   */
  constructor(
    private readonly library: Pick<Library, "surface">,
    private readonly contour: (request: unknown) => Promise<string | null>,
  ) {}

  /**
   * The loss over the plane.
   *
   * @returns null for a problem that is not of two parameters, and where contours cannot be had
   */
  async surfaceFor(problem: ProblemDescription, options: Record<string, Setting>): Promise<Surface | null> {
    if (!problem.has_surface) return null;
    // Where the runs start changes nothing here.
    const key = JSON.stringify([problem.name, { ...options, start: null }]);
    const known = this.#known.get(key) ?? this.#find(problem, options);
    this.#known.set(key, known);
    const surface = await known;
    if (!surface) this.#known.delete(key);
    return surface;
  }

  async #find(problem: ProblemDescription, options: Record<string, Setting>): Promise<Surface | null> {
    if (isDefault(problem, options)) return this.library.surface(problem.name).catch(() => null);
    const { name, x, y, minimum } = problem;
    const answer = await this.contour({ problem: name, problem_options: options, x, y, size: SIZE });
    const { z } = JSON.parse(answer ?? "{}") as { z?: number[][] };
    return z ? { x, y, z, minimum } : null;
  }
}
