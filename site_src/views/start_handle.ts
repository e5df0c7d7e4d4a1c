import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "../charts/format.js";
import type { Point, ScaledChart } from "../charts/lines.js";
import type { Messages } from "../i18n/messages.js";

/** Where the start may be moved from, and to whom a move is told. */
export interface StartHandle {
  chart: ScaledChart;
  /** In the coordinates of the plane. */
  start: Point;
  messages: Messages;
  move: (start: [number, number], final: boolean) => void;
}

/** A key moves by this part of the plane; with Shift by a tenth of it. */
const PART = 0.02;
const KEYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** Four digits: finer than a pixel, and what a reader can read. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function moveByKey(event: KeyboardEvent, { chart, start, move }: StartHandle): void {
  const direction = KEYS[event.key];
  if (!direction) return;
  event.preventDefault();
  const [dx, dy] = (["x", "y"] as const).map((axis, index) => {
    const [low, high] = chart.scale(axis).domain as [number, number];
    return (direction[index] as number) * (high - low) * PART * (event.shiftKey ? 0.1 : 1);
  }) as [number, number];
  move([rounded(start.x + dx), rounded(start.y + dy)], true);
}

function drag(event: PointerEvent, { chart, move }: StartHandle): void {
  const handle = event.currentTarget as HTMLElement;
  handle.setPointerCapture(event.pointerId);
  let frame = 0;
  let last: [number, number] | null = null;
  const at = (moved: PointerEvent): [number, number] => {
    const box = chart.getBoundingClientRect();
    const scale = Number(chart.getAttribute("width")) / (box.width || 1);
    return [
      rounded(chart.scale("x").invert((moved.clientX - box.left) * scale)),
      rounded(chart.scale("y").invert((moved.clientY - box.top) * scale)),
    ];
  };
  const onMove = (moved: PointerEvent) => {
    last = at(moved);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => last && move(last, false));
  };
  const onEnd = () => {
    cancelAnimationFrame(frame);
    handle.removeEventListener("pointermove", onMove);
    if (last) move(last, true);
  };
  handle.addEventListener("pointermove", onMove);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, onEnd, { once: true });
}

/** The handle on the start: dragged by a pointer, moved by the arrow keys. */
export function startHandleView(handle: StartHandle | null): TemplateResult | typeof nothing {
  if (!handle) return nothing;
  const { chart, start, messages } = handle;
  const left = chart.scale("x").apply(start.x);
  const top = chart.scale("y").apply(start.y);
  return html`<button
    type="button"
    class="views-start"
    style="left:${left}px;top:${top}px"
    aria-label=${messages.views.start(formatNumber(start.x), formatNumber(start.y))}
    @keydown=${(event: KeyboardEvent) => moveByKey(event, handle)}
    @pointerdown=${(event: PointerEvent) => drag(event, handle)}
  ></button>`;
}
