// A map in words and as a table, from the numbers that it shows.
import { formatNumber } from "../charts/format.js";
import { thin } from "../charts/thin.js";
import type { Messages } from "../i18n/messages.js";
import type { Position } from "../trace/curves.js";
import type { SpecJson } from "../trace/types.js";
import type { Table } from "../views/texts.js";
import type { SweepRequest } from "./request.js";

/** A map and what it is of. */
export interface MapData {
  request: SweepRequest;
  specs: Record<Position, SpecJson>;
  swept: { shape: [number, number]; z: Float64Array };
}

/** Rows and columns of the table. */
const CELLS = 9;

/** What the map shows. */
export function titleOf({ request, specs, swept }: MapData, quantity: string, { sweep }: Messages): string {
  const [rows, columns] = swept.shape;
  return sweep.title(quantity, request.x.field, request.y.field, specs.left.steps, `${columns} × ${rows}`);
}

/** Where it is least and most, and whether some of it is no number. */
export function summaryOf({ request, swept }: MapData, quantity: string, { sweep }: Messages): string {
  const [, columns] = swept.shape;
  let [least, most, broken] = [-1, -1, 0];
  swept.z.forEach((value, index) => {
    if (!Number.isFinite(value)) broken += 1;
    else {
      if (least === -1 || value < (swept.z[least] as number)) least = index;
      if (most === -1 || value > (swept.z[most] as number)) most = index;
    }
  });
  const sentences: string[] = [];
  const place = (index: number): [string, string] => [
    formatNumber(swept.z[index] as number),
    sweep.place(
      `${request.x.field} = ${formatNumber(request.x.values[index % columns] as number)}`,
      `${request.y.field} = ${formatNumber(request.y.values[Math.floor(index / columns)] as number)}`,
    ),
  ];
  if (least !== -1) sentences.push(sweep.range(quantity, ...place(least), ...place(most)));
  if (broken > 0) sentences.push(sweep.broken(broken, swept.z.length));
  return sentences.join(" ");
}

/** Every eighth row and column or so; the first column of the table is y. */
export function tableOf({ request: { x, y }, swept }: MapData): Table {
  const [, columns] = swept.shape;
  const chosen = (values: readonly number[]) => thin(Array.from(values.keys()), CELLS);
  const across = chosen(x.values);
  return {
    head: [`${y.field} \\ ${x.field}`, ...across.map((column) => formatNumber(x.values[column] as number))],
    rows: chosen(y.values)
      .toReversed()
      .map((row) => [
        formatNumber(y.values[row] as number),
        ...across.map((column) => formatNumber(swept.z[row * columns + column] as number)),
      ]),
  };
}
