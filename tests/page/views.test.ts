import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { identitiesOf } from "../../site_src/charts/identity.js";
import type { Drawing, ViewName } from "../../site_src/charts/views.js";
import { en } from "../../site_src/i18n/en.js";
import { zh } from "../../site_src/i18n/zh.js";
import { curvesOfAnswer } from "../../site_src/trace/decode_curves.js";
import { Views } from "../../site_src/views/element.js";
import { svgOf, wrapped } from "../../site_src/views/picture.js";
import { Player } from "../../site_src/views/player.js";
import { summaryOf, tableOf, titleOf } from "../../site_src/views/texts.js";
import { curvesAnswer, spec } from "./samples.js";

const specs = { left: spec("left"), right: spec("right") };
const ALL: ViewName[] = [
  "loss",
  "trajectories",
  "distance",
  "step_size",
  "ratio",
  "first_moment",
  "second_moment",
  "update",
];

function drawing(loss = 1): Drawing {
  const curves = curvesOfAnswer(curvesAnswer(loss), specs);
  const identities = identitiesOf(specs, en.views);
  return { curves, identities, component: 0, log: true, most: 1000 };
}

describe("words", () => {
  it.each(ALL)("title, summary and table of %s come from its numbers, in both languages", (view) => {
    for (const messages of [en, zh]) {
      expect(titleOf(view, drawing(), messages)).not.toMatch(/undefined|NaN/);
      const summary = summaryOf(view, drawing(), messages, false);
      expect(summary).not.toMatch(/undefined/);
      expect(summary.length).toBeGreaterThan(10);
      const { head, rows } = tableOf(view, drawing(), messages);
      expect(rows).toHaveLength(3);
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });

  it("say where the two are farthest apart, and that they are the same where they are", () => {
    expect(titleOf("distance", drawing(), en)).toMatch(/0\.5.*step 1/);
    const same = drawing();
    same.curves = { ...same.curves, distance: new Float64Array(3) };
    expect(titleOf("distance", same, en)).toBe(en.views.titles.together);
    expect(summaryOf("distance", same, en, false)).toContain(en.views.summaries.same);
  });

  it("say which side has diverged, and from which step on", () => {
    const broken = drawing(Number.NaN);
    expect(summaryOf("loss", broken, en, false)).toContain(
      "AdamWeightDecay has a NaN or an infinity at step 2",
    );
    expect(summaryOf("loss", broken, zh, false)).toContain("第 2 步出现 NaN");
  });
});

describe("a chart as a file", () => {
  it("breaks lines, counting Chinese characters twice", () => {
    expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapped("偏差修正", 4)).toEqual(["偏差", "修正"]);
    expect(wrapped("", 4)).toEqual([]);
  });

  it("has what it shows in words, and no class, style or variable that the page alone knows", () => {
    const chart = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    chart.setAttribute("width", "300");
    chart.setAttribute("height", "200");
    const add = (name: string, style = "") => {
      const child = chart.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
      if (style) child.setAttribute("style", style);
      child.setAttribute("class", "x");
      return child;
    };
    add("style").textContent = ".x { stroke: none; }";
    add("path", "fill: red").setAttribute("d", "M0,0");
    add("path", "fill: green");
    document.body.append(chart);
    const svg = svgOf(chart, { title: "AdamW <and> others", source: "torch 2" });
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    expect([...parsed.querySelectorAll("text")].map((text) => text.textContent)).toEqual([
      "AdamW <and> others",
      "torch 2",
    ]);
    expect(svg).not.toMatch(/<style|class=|style=|var\(/);
    expect(svg).toContain('d="M0,0"');
    const fills = [...parsed.querySelectorAll("svg svg > path")].map((path) => path.getAttribute("fill"));
    expect(fills).toEqual(["red", "green"]);
    chart.remove();
  });
});

describe("playing", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ["smoothly", false],
    ["in few jumps where less motion is wanted", true],
  ])("goes to the end %s", async (_, calm) => {
    const shown: number[] = [];
    const ended = vi.fn();
    const player = new Player(
      (index) => shown.push(index),
      ended,
      () => calm,
    );
    player.play(100, 100);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown[0]).toBeLessThan(5);
    expect(shown.at(-1)).toBe(100);
    expect(ended).toHaveBeenCalledOnce();
    if (calm) expect(shown.length).toBeLessThanOrEqual(13);
    else expect(shown.length).toBeGreaterThan(60);
  });

  it("can be stopped", async () => {
    const show = vi.fn();
    const player = new Player(
      show,
      () => {},
      () => false,
    );
    player.play(0, 100);
    await vi.advanceTimersByTimeAsync(500);
    player.stop();
    const before = show.mock.calls.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(show.mock.calls.length).toBe(before);
  });
});

describe("<adamwd-views>", () => {
  let element: Views;
  beforeEach(async () => {
    vi.stubGlobal("IntersectionObserver", undefined);
    Reflect.deleteProperty(globalThis, "IntersectionObserver");
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(400);
    if (!customElements.get("adamwd-views")) customElements.define("adamwd-views", Views);
    const { curves, identities } = drawing();
    element = document.createElement("adamwd-views") as Views;
    Object.assign(element, { messages: en, curves, identities, step: 2, views: ALL });
    document.body.append(element);
    await element.updateComplete;
    await element.updateComplete;
  });
  afterEach(() => {
    element.remove();
    vi.unstubAllGlobals();
  });

  it("draws every view, each with a title, words and its data", () => {
    expect(element.querySelectorAll("figure")).toHaveLength(ALL.length);
    expect(element.querySelectorAll(".views-chart svg[role=img][aria-label]")).toHaveLength(ALL.length);
    expect(element.querySelectorAll(".views-details")).toHaveLength(ALL.length);
  });

  it("has one cursor: the slider tells the step, and what was there in words", async () => {
    const stepped = vi.fn();
    element.addEventListener("adamwd-step", (event) => stepped((event as CustomEvent).detail));
    const slider = element.querySelector<HTMLInputElement>(".views-scrubber input");
    if (slider) slider.value = "1";
    slider?.dispatchEvent(new Event("input"));
    await element.updateComplete;
    expect(stepped).toHaveBeenCalledWith({ step: 1 });
    expect(slider?.getAttribute("aria-valuetext")).toMatch(/^Step 1: AdamW loss 5/);
  });

  it("shows its numbers as a table when the reader opens it", () => {
    const details = element.querySelector<HTMLDetailsElement>("[data-view=loss] details");
    if (details) details.open = true;
    details?.dispatchEvent(new Event("toggle"));
    const cells = [...(details?.querySelectorAll("tbody tr") ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    expect(cells).toEqual([
      ["0", "50", "50"],
      ["1", "5", "5"],
      ["2", "1", "1"],
    ]);
  });

  it("moves the start by the arrow keys", async () => {
    element.startDraggable = true;
    await element.updateComplete;
    await element.updateComplete;
    const moved = vi.fn();
    element.addEventListener("adamwd-start", (event) => moved((event as CustomEvent).detail));
    const handle = element.querySelector<HTMLElement>(".views-start");
    handle?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    const { start, final } = moved.mock.calls[0]?.[0] as { start: [number, number]; final: boolean };
    expect(start[0]).toBeGreaterThan(1);
    expect(start[1]).toBe(1);
    expect(final).toBe(true);
  });
});
