import { dot, line, type Markish, text } from "@observablehq/plot";
import type { Side } from "../trace/types.js";
import { IDENTITY, PAPER } from "./identity.js";
import { thin } from "./thin.js";

export interface Point {
  x: number;
  y: number;
}

/** Which end of a name stands at the end of its line. */
export type Anchor = "start" | "end";

const MARKERS = 7;

function lineOf(side: Side, points: Point[]): Markish {
  const { color, dash } = IDENTITY[side];
  return line(points, { x: "x", y: "y", stroke: color, strokeWidth: 2, strokeDasharray: dash, clip: true });
}

function markersOf(side: Side, points: Point[]): Markish {
  const { color, symbol } = IDENTITY[side];
  return dot(thin(points, MARKERS), {
    x: "x",
    y: "y",
    fill: color,
    stroke: PAPER,
    symbol,
    r: 4,
    clip: true,
  });
}

function nameOf(side: Side, last: Point, above: boolean, anchor: Anchor): Markish {
  const { label, color } = IDENTITY[side];
  return text([last], {
    x: "x",
    y: "y",
    text: () => label,
    fill: color,
    stroke: PAPER,
    strokeWidth: 5,
    fontWeight: 600,
    textAnchor: anchor,
    lineAnchor: above ? "bottom" : "top",
    dx: anchor === "start" ? 6 : 0,
    dy: above ? -8 : 8,
  });
}

/**
 * The lines of both optimizers: each with its colour and dash, its marker now and then, and its name at
 * the end, above the line that ends higher and below the other. Names lie on top of both lines.
 */
export function pairOfSeries(
  adamw: readonly Point[],
  other: readonly Point[],
  anchor: (last: Point) => Anchor = () => "end",
): Markish[] {
  const drawn: [Side, Point[]][] = [
    ["adamw", thin(adamw)],
    ["adam_weight_decay", thin(other)],
  ];
  const adamwAbove = (adamw.at(-1)?.y ?? 0) >= (other.at(-1)?.y ?? 0);
  return [
    drawn.map(([side, points]) => lineOf(side, points)),
    drawn.map(([side, points]) => markersOf(side, points)),
    drawn.flatMap(([side, points]) => {
      const last = points.at(-1);
      return last ? [nameOf(side, last, adamwAbove === (side === "adamw"), anchor(last))] : [];
    }),
  ];
}
