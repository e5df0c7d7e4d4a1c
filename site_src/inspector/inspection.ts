// What `adamwd.playground.inspection` answers.
import type { Position } from "../trace/curves.js";
import type { JsonNumber } from "../trace/types.js";

export interface InspectedLine {
  id: string;
  /** LaTeX. */
  formula: string;
  substituted: string;
  value: JsonNumber;
  /** Whether the value is another than the other side's. */
  differs: boolean;
  /** Whether the other side has no such line. */
  own: boolean;
}

export interface Inspection {
  step: number;
  component: string;
  sides: Record<Position, { algorithm: string; lines: InspectedLine[] }>;
}

/** The lines of both sides beside each other, in the order of computation. */
export function aligned({
  sides,
}: Inspection): { id: string; lines: Partial<Record<Position, InspectedLine>> }[] {
  const ids: string[] = [];
  for (const { lines } of Object.values(sides)) {
    let at = 0;
    for (const { id } of lines) {
      const known = ids.indexOf(id);
      if (known === -1) ids.splice(at, 0, id);
      at = (known === -1 ? at : known) + 1;
    }
  }
  const find = (position: Position, id: string) => sides[position].lines.find((line) => line.id === id);
  return ids.map((id) => {
    const [left, right] = [find("left", id), find("right", id)];
    return { id, lines: { ...(left && { left }), ...(right && { right }) } };
  });
}
