// What `adamwd.playground` answers, and the fields that its refusals mean.
import type { Position } from "../trace/curves.js";
import type { TraceJson } from "../trace/types.js";

/** What the library says to a setting that it refuses. */
export interface Rejection {
  side: Position | null;
  field: string | null;
  type: string;
  message: string;
}

/** The first refusal, and one for each refused side. */
export interface Refusals {
  error: Rejection;
  errors?: Rejection[];
}

/** Full traces, with a SHA-256 of every recorded number of each. */
export interface RunReply {
  traces: Record<Position, TraceJson>;
  digests: Record<Position, string>;
}

/** Whether an answer is a refusal; a verification's `error` is a number. */
export function isRefused<T extends object>(reply: T | Refusals): reply is Refusals {
  return "error" in reply && typeof reply.error === "object";
}

/** All that was refused. */
export function rejectionsOf({ error, errors }: Refusals): Rejection[] {
  return errors && errors.length > 0 ? errors : [error];
}

/** Where a refused field may stand on the page, the likeliest place first. */
function candidates({ side, field }: Rejection): string[] {
  if (!field) return [];
  const option = field.replace(/^problem_options\.?/, "");
  return [...(side ? [`${side}.${field}`] : []), field, `problem.${option}`, `schedule.${field}`];
}

/**
 * The key of the field that a refusal means.
 *
 * @param keys those of all fields on the page
 * @returns null for a refusal of something that no field holds
 */
export function rejectedKey(rejection: Rejection, keys: readonly string[]): string | null {
  const places = candidates(rejection);
  const exact = places.find((place) => keys.includes(place));
  if (exact) return exact;
  // A vector or a schedule is refused as a whole where no part is at fault: its first field then.
  return places.flatMap((place) => keys.filter((key) => key.startsWith(`${place}.`)))[0] ?? null;
}
