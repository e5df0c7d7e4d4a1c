import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { identitiesOf } from "../../site_src/charts/identity.js";
import { en } from "../../site_src/i18n/en.js";
import { FIELDS, positionOf, SIZE, sizeFor, ticksOf, valuesOf } from "../../site_src/sweep/axes.js";
import { Sweep, type Swept } from "../../site_src/sweep/element.js";
import {
  fieldsFor,
  FIRST_CHOICE,
  hereOf,
  possible,
  requestOf,
  type SweepRequest,
} from "../../site_src/sweep/request.js";
import { summaryOf, tableOf } from "../../site_src/sweep/texts.js";
import { paintable, spec } from "./samples.js";

const specs = {
  left: spec("left", { hyperparameters: { lr: 0.01, betas: [0.9, 0.99], eps: 1e-8, weight_decay: 0 } }),
  right: spec("right", { hyperparameters: { learning_rate: 0.01, beta1: 0.9, beta2: 0.99 } }),
};

describe("axes", () => {
  it.each([...FIELDS])("of %s rise, and every value has its place", (field) => {
    const values = valuesOf(field, SIZE);
    expect(values).toHaveLength(SIZE);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(new Set(values).size).toBe(SIZE);
    values.forEach((value, index) => expect(positionOf(field, value, SIZE)).toBeCloseTo(index, 0));
    if (field.startsWith("beta")) expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    const ticks = ticksOf(field, SIZE, String);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(7);
  });

  it("have fewer values for long runs, so that no map asks for too much", () => {
    expect(sizeFor(300)).toBe(64);
    expect(sizeFor(10_000)).toBeLessThan(64);
    for (const steps of [1, 300, 10_000, 1_000_000]) {
      const size = sizeFor(steps);
      expect(size).toBeGreaterThanOrEqual(2);
      if (size > 2) expect(size * size * steps).toBeLessThanOrEqual(20_000_000);
    }
  });
});

describe("a request", () => {
  it("never has one hyper-parameter twice, and none that the schedule has taken", () => {
    const list = { ...specs.left, schedule: { kind: "list", values: [1] } };
    const fields = fieldsFor({ ...specs, left: list });
    expect(fields).not.toContain("lr");
    const choice = possible({ ...FIRST_CHOICE, x: "lr", y: "beta1" }, fields);
    expect(choice.x).not.toBe(choice.y);
    expect(fields).toContain(choice.x);
    expect(possible(FIRST_CHOICE, fieldsFor(specs))).toEqual(FIRST_CHOICE);
  });

  it("knows where the present settings are, under both sides' names", () => {
    const request = requestOf(FIRST_CHOICE, 300);
    const at = hereOf(request, specs);
    expect(at?.x).toBeCloseTo(positionOf("lr", 0.01, SIZE));
    expect(at?.y).toBeCloseTo(positionOf("beta2", 0.99, SIZE));
    const other = spec("right", { hyperparameters: { learning_rate: 0.02, beta1: 0.9, beta2: 0.99 } });
    expect(hereOf(request, { ...specs, right: other })).toBeNull();
    expect(hereOf({ ...request, sides: "left" }, { ...specs, right: other })).not.toBeNull();
  });
});

describe("words and table", () => {
  const request = requestOf(FIRST_CHOICE, 300);
  const z = Float64Array.from({ length: SIZE * SIZE }, (_, index) => (index === 5 ? NaN : index + 1));
  const data = { request, specs, swept: { shape: [SIZE, SIZE] as [number, number], z } };

  it("say where it is least and most, and how much of it is no number", () => {
    const text = summaryOf(data, "distance", en);
    expect(text).toContain("Least distance: 1 at lr = 1e-5");
    expect(text).toContain(`most: ${SIZE * SIZE} at lr = 1`);
    expect(text).toContain(`1 hatched cells of ${SIZE * SIZE}`);
  });

  it("have the numbers of their rows and columns, the largest y on top", () => {
    const { head, rows } = tableOf(data);
    expect(head).toHaveLength(10);
    expect(rows).toHaveLength(9);
    expect(rows.at(-1)?.slice(0, 2)).toEqual(["0.499", "1"]);
    expect(rows[0]?.at(-1)).toBe(String(SIZE * SIZE));
  });
});

describe("<adamwd-sweep>", () => {
  const swept: Swept = { shape: [64, 64], z: Float64Array.from({ length: 4096 }, (_, i) => i + 1) };
  let compute: ReturnType<typeof vi.fn<(request: SweepRequest) => Promise<Swept>>>;
  let element: Sweep;

  beforeEach(async () => {
    paintable();
    if (!customElements.get("adamwd-sweep")) customElements.define("adamwd-sweep", Sweep);
    compute = vi.fn<(request: SweepRequest) => Promise<Swept>>(async () => swept);
    element = document.createElement("adamwd-sweep") as Sweep;
    Object.assign(element, { messages: en, specs, identities: identitiesOf(specs, en.views), compute });
    document.body.append(element);
    await element.updateComplete;
  });
  afterEach(() => {
    element.remove();
    vi.useRealTimers();
  });

  const press = async (selector: string) => {
    element.querySelector<HTMLButtonElement>(selector)?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
  };

  it("computes when asked, not before, and draws the map", async () => {
    expect(compute).not.toHaveBeenCalled();
    expect(element.querySelector(".sweep-map")).toBeNull();
    await press(".sweep-run");
    expect(compute).toHaveBeenCalledOnce();
    expect(element.querySelector(".sweep-map svg")).not.toBeNull();
    expect(element.textContent).toContain("64 × 64 settings");
  });

  it("loads the setting of the cell that the sliders point at", async () => {
    await press(".sweep-run");
    const [column] = element.querySelectorAll<HTMLInputElement>(".sweep-slider input");
    if (column) column.value = "0";
    column?.dispatchEvent(new Event("input"));
    await element.updateComplete;
    const picked = vi.fn();
    element.addEventListener("adamwd-pick", (event) => picked((event as CustomEvent).detail));
    await press(".sweep-pick");
    expect(picked.mock.calls[0]?.[0]).toMatchObject({
      x: { field: "lr", value: 1e-5 },
      y: { field: "beta2" },
      sides: "both",
    });
    expect(picked.mock.calls[0]?.[0].y.value).toBeCloseTo(0.99, 2);
  });

  it("says in words why there is no map", async () => {
    compute.mockRejectedValueOnce(new Error("lr must be finite"));
    await press(".sweep-run");
    expect(element.querySelector("[role=alert]")?.textContent).toContain("lr must be finite");
    expect(element.querySelector<HTMLButtonElement>(".sweep-run")?.disabled).toBe(false);
  });

  it("follows the settings once there is a map, when they have come to rest", async () => {
    await press(".sweep-run");
    vi.useFakeTimers();
    for (const lr of [0.02, 0.03]) {
      element.specs = { ...specs, left: spec("left", { hyperparameters: { lr } }) };
      await element.updateComplete;
    }
    expect(compute).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1000);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  it("swaps the axes where both would be the same", async () => {
    const [x] = element.querySelectorAll<HTMLSelectElement>(".sweep-choice select");
    if (x) x.value = "beta2";
    x?.dispatchEvent(new Event("change"));
    await element.updateComplete;
    await press(".sweep-run");
    expect(compute.mock.calls[0]?.[0]).toMatchObject({ x: { field: "beta2" }, y: { field: "lr" } });
  });
});
