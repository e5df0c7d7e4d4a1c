import { describe, expect, it, vi } from "vitest";
import { Address, type AddressWindow } from "../../site_src/playground/address.js";
import { defaultState } from "../../site_src/playground/defaults.js";
import { fragmentOf, stateOfFragment } from "../../site_src/playground/link.js";
import { PlaygroundModel } from "../../site_src/playground/model.js";
import type { State } from "../../site_src/playground/state.js";
import { configuration, curvesAnswer, ground, json, presets, python } from "./samples.js";

const state = defaultState(configuration);
const withCode: State = { ...state, code: { ...state.code, loss: "def loss(w): return 0" } };

/** A window that only has an address. */
function bar(hash = "") {
  const listeners = new Set<() => void>();
  const location = new URL(`http://site.test/playground/${hash}`);
  const window = {
    location,
    history: {
      state: null,
      replaceState: vi.fn((_state: unknown, _title: string, fragment: string) => {
        location.hash = fragment;
      }),
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  };
  const go = (fragment: string) => {
    location.hash = fragment;
    for (const listener of [...listeners]) listener();
  };
  return { window: window as unknown as AddressWindow, history: window.history, location, go, listeners };
}

function playground(hash = "", runtime = python()) {
  const address = bar(hash);
  const model = new PlaygroundModel(ground(runtime), new Address(address.window));
  const calls = (name: string) =>
    runtime.call.mock.calls.filter(([called]) => called === name).map(([, request]) => JSON.parse(request));
  return { model, runtime, calls, ...address };
}

describe("PlaygroundModel", () => {
  it("begins with the first preset, and leaves the address alone", async () => {
    const { model, history } = playground();
    await model.open();
    expect(model.comparison.preset?.name).toBe("defaults");
    expect(history.replaceState).not.toHaveBeenCalled();
  });

  it("begins with what the address says, and computes it", async () => {
    const { model, calls } = playground(fragmentOf({ ...state, steps: 77 }));
    await model.open();
    expect(model.state.steps).toBe(77);
    expect(calls("curves")).toHaveLength(1);
    expect(model.ignored).toEqual([]);
  });

  it("shows a recording where the address says what was recorded", async () => {
    const first = playground();
    await first.model.choose(presets[1] as (typeof presets)[number]);
    const { model, runtime } = playground(new URL(first.model.link).hash);
    await model.open();
    expect(model.comparison.preset?.name).toBe("reversal");
    expect(runtime.call).not.toHaveBeenCalled();
  });

  it("says which parts of a link it could not use, and begins as usual where that is all", async () => {
    const { model, runtime } = playground("#s=!!!");
    await model.open();
    expect(model.ignored).toEqual(["*"]);
    expect(model.comparison.preset?.name).toBe("defaults");
    expect(runtime.call).not.toHaveBeenCalled();
    model.dismiss();
    expect(model.ignored).toEqual([]);
  });

  it("writes the address when the settings rest, and its link restores them", async () => {
    vi.useFakeTimers();
    const { model, location } = playground();
    await model.open();
    await vi.advanceTimersByTimeAsync(1000);
    const lr = model.comparison.settings.fields.find(({ key }) => key === "left.lr");
    model.comparison.set(lr ? [lr] : [], 0.25);
    expect(location.hash).not.toBe(fragmentOf(model.state));
    await vi.advanceTimersByTimeAsync(1000);
    expect(location.hash).toBe(fragmentOf(model.state));
    expect(model.link).toBe(location.href);
    vi.useRealTimers();
  });

  it("follows the address, but not to headings nor to what it wrote itself", async () => {
    const { model, go, calls } = playground();
    await model.open();
    go("#things-to-try");
    expect(model.comparison.preset?.name).toBe("defaults");
    go(fragmentOf({ ...state, steps: 55 }));
    expect(model.state.steps).toBe(55);
    await vi.waitFor(() => expect(calls("curves")).toHaveLength(1));
    go(fragmentOf({ ...state, steps: 55 }));
    expect(calls("curves")).toHaveLength(1);
  });

  it("no longer follows it after it has left", async () => {
    const { model, go, listeners } = playground();
    await model.open();
    model.leave();
    expect(listeners.size).toBe(0);
    go(fragmentOf({ ...state, steps: 55 }));
    expect(model.state.steps).toBe(3);
  });

  it("takes a setting from the sweep map, for one side or both", async () => {
    const { model } = playground();
    await model.open();
    const point = { x: { field: "lr", value: 0.2 }, y: { field: "beta2", value: 0.5 } };
    model.pick({ ...point, sides: "both" });
    expect(model.state.left.hyperparameters).toMatchObject({ lr: 0.2, betas: [0.9, 0.5] });
    expect(model.state.right.hyperparameters).toMatchObject({ learning_rate: 0.2, beta2: 0.5 });
    model.pick({ ...point, x: { field: "lr", value: 0.7 }, sides: "right" });
    expect(model.state.left.hyperparameters.lr).toBe(0.2);
    expect(model.state.right.hyperparameters.learning_rate).toBe(0.7);
  });

  it("takes a start that is dragged, and draws thin while it is", async () => {
    const { model } = playground();
    await model.open();
    model.moveStart([0.5, -0.5], false);
    expect([model.state.options.start, model.comparison.moving]).toEqual([[0.5, -0.5], true]);
    model.moveStart([0.6, -0.5], true);
    expect([model.state.options.start, model.comparison.moving]).toEqual([[0.6, -0.5], false]);
  });

  it("looks at the end, and keeps looking there when the run gets longer", async () => {
    const { model } = playground();
    await model.open();
    expect(model.step).toBe(3);
    model.comparison.replace({ ...model.state, steps: 10 });
    expect(model.step).toBe(10);
    model.look(4);
    model.comparison.replace({ ...model.state, steps: 20 });
    expect(model.step).toBe(4);
    model.comparison.replace({ ...model.state, steps: 2 });
    expect(model.step).toBe(2);
  });
});

describe("code of the reader's own", () => {
  it("goes into the address as it is typed, and computes nothing by that", async () => {
    vi.useFakeTimers();
    const { model, calls, location } = playground();
    await model.open();
    model.code.edit(withCode.code);
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    expect(stateOfFragment(location.hash, configuration).state.code.loss).toBe(withCode.code.loss);
    expect(calls("own_curves")).toEqual([]);
  });

  it("that came by a link is not run before the reader says so", async () => {
    const { model, runtime, calls } = playground(fragmentOf(withCode));
    await model.open();
    expect(model.code.waiting).toBe(true);
    expect(model.state.code.loss).toBe(withCode.code.loss);
    model.comparison.replace({ ...model.state, steps: 10 });
    await vi.waitFor(() => expect(calls("curves").length).toBeGreaterThan(0));
    expect(JSON.stringify(runtime.call.mock.calls)).not.toContain("def loss");
    await model.code.run();
    expect(model.code.waiting).toBe(false);
    expect(calls("own_curves")).toHaveLength(1);
    expect(calls("own_curves")[0]).toMatchObject({ loss: withCode.code.loss, rules: { left: null } });
  });

  it("waits again when another link comes", async () => {
    const { model, go, calls } = playground(fragmentOf(withCode));
    await model.open();
    await model.code.run();
    go(fragmentOf({ ...withCode, code: { ...withCode.code, loss: "def loss(w): return 1" } }));
    expect(model.code.waiting).toBe(true);
    await vi.waitFor(() => expect(calls("curves").length).toBeGreaterThan(1));
    expect(calls("own_curves")).toHaveLength(1);
  });

  it("runs as it was when Run was pressed, until it is pressed again or taken away", async () => {
    const { model, calls } = playground();
    await model.open();
    model.code.edit(withCode.code);
    expect([model.code.pending, model.code.waiting]).toEqual([true, false]);
    expect(calls("own_curves")).toHaveLength(0);
    await model.code.run();
    model.code.edit({ ...withCode.code, loss: "half a lo" });
    model.comparison.replace({ ...model.state, steps: 9 });
    await vi.waitFor(() => expect(calls("own_curves")).toHaveLength(2));
    expect(calls("own_curves")[1].loss).toBe(withCode.code.loss);
    model.code.edit(state.code);
    await vi.waitFor(() => expect(calls("curves")).toHaveLength(1));
  });

  it("fails at its line, and matches or not", async () => {
    const error = {
      type: "OwnCodeError",
      where: "loss",
      line: 3,
      message: "NameError: x",
      traceback: "...",
    };
    const verdict = { matches: false, first_step: 2, largest: 1 };
    let fails = true;
    const runtime = python(async (name) => {
      if (name !== "own_curves") return curvesAnswer();
      const { json: text, numbers } = curvesAnswer();
      const verdicts = { left: verdict, right: null };
      return fails ? json({ error }) : { json: JSON.stringify({ ...JSON.parse(text), verdicts }), numbers };
    });
    const { model } = playground("", runtime);
    await model.open();
    model.code.edit(withCode.code);
    await model.code.run();
    expect(model.code.error).toEqual(error);
    fails = false;
    await model.code.run();
    expect([model.code.error, model.code.verdicts]).toEqual([null, { left: verdict, right: null }]);
    expect(model.comparison.runs.surface).toBeNull();
  });
});

describe("the inspector", () => {
  it("asks for the step that the reader rests on, and only while it is open", async () => {
    vi.useFakeTimers();
    const runtime = python(async (name, request) =>
      name === "inspection" ? json({ step: (request as { step: number }).step }) : curvesAnswer(),
    );
    const { model, calls } = playground("", runtime);
    await model.open();
    model.look(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls("inspection")).toEqual([]);
    model.inspection.show(true);
    for (const step of [1, 2, 3]) model.look(step);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls("inspection").map(({ step, component }) => [step, component])).toEqual([[3, 0]]);
    expect(model.inspection).toMatchObject({ inspection: { step: 3 }, stale: false });
    model.inspection.choose(1);
    expect(model.inspection.stale).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls("inspection").at(-1)).toMatchObject({ step: 3, component: 1 });
    vi.useRealTimers();
  });
});

describe("the panels' questions", () => {
  it("are answered with numbers, or fail with a sentence", async () => {
    const runtime = python(async (name) =>
      name === "sweep"
        ? { json: '{"shape":[1,2]}', numbers: Float64Array.of(1, 2) }
        : json({ error: { side: null, field: null, type: "ValueError", message: "no such thing" } }),
    );
    const { model, calls } = playground("", runtime);
    await model.open();
    expect(await model.questions.sweep({ sides: "both" })).toEqual({
      shape: [1, 2],
      z: Float64Array.of(1, 2),
    });
    expect(calls("sweep")[0]).toMatchObject({ sides: "both", specs: { left: { steps: 3 } } });
    await expect(model.questions.sourceCode("torch")).rejects.toThrow("no such thing");
  });

  it("give the recorded traces while they are on show, and run for others", async () => {
    const runtime = python(async (name) =>
      name === "run" ? json({ traces: { left: 1, right: 2 } }) : curvesAnswer(),
    );
    const { model } = playground("", runtime);
    await model.open();
    expect((await model.questions.traces()).left.backend).toBe("torch");
    model.comparison.replace({ ...model.state, steps: 9 });
    expect(await model.questions.traces()).toEqual({ left: 1, right: 2 });
    model.code.edit(withCode.code);
    await model.code.run();
    await expect(model.questions.traces()).rejects.toThrow(model.ground.messages.controls.noTracesOfCode);
  });

  it("compare a recorded run with the same run here", async () => {
    const runtime = python(async () => json({ same_bits: true }));
    const { model, calls } = playground("", runtime);
    expect(await model.questions.verify({ name: "first-step", label: "adamw", backend: "torch" })).toEqual({
      same_bits: true,
    });
    expect(calls("verification")[0]).toMatchObject({
      recorded: { backend: "torch" },
      reference: { backend: "numpy" },
    });
  });
});
