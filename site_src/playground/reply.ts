// What `adamwd.playground` answers.
import type { Side, TraceJson } from "../trace/types.js";

export interface Reply {
  traces: Record<Side, TraceJson>;
  /** SHA-256 of every recorded number, to compare runs bit for bit. */
  digests: Record<Side, string>;
}

/** What the library says to a hyper-parameter that it refuses. */
export interface Rejection {
  side: Side | null;
  field: string | null;
  type: string;
  message: string;
}

/** An answer without traces has every refusal, one for each side at most. */
export type RunAnswer = Reply | { error: Rejection; errors: Rejection[] };

/** The keys of form fields that a rejection may mean, the likeliest first. */
export function rejectedKeys({ side, field }: Rejection): string[] {
  if (!field) return [];
  const name = field.replace(/^problem_options\.?/, "");
  const keys = [...(side ? [`${side}.${field}`] : []), field, `problem.${name}`];
  // A vector is refused as a whole where no component is at fault: its first field then.
  return keys.flatMap((key) => [key, `${key}.0`]);
}
