import { describe, expect, it, vi } from "vitest";
import { en } from "../../site_src/i18n/en.js";
import { Comparison } from "../../site_src/playground/comparison.js";
import { defaultState, withMatch } from "../../site_src/playground/defaults.js";
import type { Field } from "../../site_src/playground/fields.js";
import type { Library } from "../../site_src/playground/load.js";
import { FailureError } from "../../site_src/worker/failure.js";
import { StoppedError } from "../../site_src/worker/runtime.js";
import { configuration, curvesAnswer, ground, json, presets, python, trace } from "./samples.js";

const preset = presets[0] as (typeof presets)[number];

function comparison(runtime = python(), change: Partial<Library> = {}) {
  const made = new Comparison(ground(runtime, change), defaultState(configuration));
  const field = (key: string) => made.settings.fields.find((f) => f.key === key) as Field;
  const names = () => runtime.call.mock.calls.map(([name]) => name);
  return { made, runtime, field, names };
}

describe("Comparison", () => {
  it("shows a preset's recorded runs without calling Python", async () => {
    const { made, runtime } = comparison();
    await made.choose(preset);
    expect(made.runs.curves?.origins.left.backend).toBe("torch");
    expect(made.runs.surface).not.toBeNull();
    expect(made.preset?.name).toBe("defaults");
    expect(made.stale).toBe(false);
    expect(runtime.call).not.toHaveBeenCalled();
  });

  it("computes every change, and says what is on show meanwhile", async () => {
    const { made, field, names } = comparison();
    await made.choose(preset);
    made.set([field("left.lr")], 0.5);
    expect(made.stale).toBe(true);
    await vi.waitFor(() => expect(made.stale).toBe(false));
    expect(made.runs.curves?.origins.left.backend).toBe("numpy");
    expect(made.runs.curves?.specs.left.hyperparameters.lr).toBe(0.5);
    expect(made.preset).toBeNull();
    expect(made.runs.recorded).toBeNull();
    expect(names()).toEqual(["curves"]);
  });

  it("does not compute what is no change", async () => {
    const { made, field, runtime } = comparison();
    made.type([field("left.lr")], "1e-3");
    made.type([field("left.lr")], "1e-");
    expect(runtime.call).not.toHaveBeenCalled();
    expect(made.settings.errors).toEqual({ "left.lr": { mistake: "number" } });
  });

  it("sends only the newest of many changes", async () => {
    const { made, field, runtime } = comparison();
    for (const value of [0.1, 0.2, 0.3, 0.4]) made.set([field("left.lr")], value, true);
    await vi.waitFor(() => expect(made.runs.shown).toBe(made.state));
    const sent = runtime.call.mock.calls.map(
      ([, request]) => JSON.parse(request).specs.left.hyperparameters.lr,
    );
    expect(sent).toEqual([0.1, 0.4]);
    expect(made.moving).toBe(true);
    made.set([field("left.lr")], 0.4);
    expect(made.moving).toBe(false);
  });

  it("puts the library's message at its field, keeps the charts, and goes on", async () => {
    const error = { side: "left", field: "lr", type: "ValueError", message: "Invalid learning rate: -1.0" };
    const { made, field } = comparison(
      python(async (_, request) => {
        const { left } = (request as { specs: { left: { hyperparameters: { lr: number } } } }).specs;
        return left.hyperparameters.lr < 0 ? json({ error, errors: [error] }) : curvesAnswer();
      }),
    );
    await made.choose(preset);
    made.type([field("left.lr")], "-1");
    await vi.waitFor(() => expect(made.settings.errors).toEqual({ "left.lr": { message: error.message } }));
    expect([made.stale, made.runs.curves?.origins.left.backend]).toEqual([true, "torch"]);
    made.type([field("left.lr")], "1");
    await vi.waitFor(() => expect(made.stale).toBe(false));
    expect(made.settings.errors).toEqual({});
  });

  it("tells of a refusal that belongs to no field", async () => {
    const error = { side: null, field: null, type: "KeyError", message: "odd" };
    const { made } = comparison(python(async () => json({ error, errors: [error] })));
    await made.compute();
    expect(made.refusal).toBe("odd");
  });

  it.each([
    [new StoppedError("stopped"), en.status.stopped, ""],
    [new FailureError({ kind: "corrupt", file: "a.bin" }), en.status.failed, en.failure.corrupt("a.bin")],
    [new Error("odd"), en.status.failed, en.failure.worker("odd")],
  ])("is idle and usable after %s", async (error, status, failure) => {
    let fails = true;
    const { made } = comparison(
      python(async () => {
        if (fails) throw error;
        return curvesAnswer();
      }),
    );
    await made.compute();
    expect([made.python.busy, made.python.status, made.python.failure]).toEqual([false, status, failure]);
    fails = false;
    await made.compute();
    expect([made.python.failure, made.stale]).toEqual(["", false]);
  });

  it("does not draw what was asked before a preset was chosen", async () => {
    let answer: (value: ReturnType<typeof curvesAnswer>) => void = () => {};
    const { made } = comparison(
      python(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      ),
    );
    const computing = made.compute();
    await made.choose(preset);
    answer(curvesAnswer());
    await computing;
    expect(made.runs.curves?.origins.left.backend).toBe("torch");
  });

  it("computes a preset that has no recording", async () => {
    const { made, names } = comparison(python(), { recordedPreset: () => Promise.reject(new Error("404")) });
    await made.choose(preset);
    expect(names()).toEqual(["curves"]);
    expect(made.runs.curves?.origins.left.backend).toBe("numpy");
  });

  it("shows recorded runs on another problem while Python starts", async () => {
    let answer: (value: ReturnType<typeof curvesAnswer>) => void = () => {};
    const recorded = async () => ({
      left: trace("left", "torch", { spec: { ...trace("left").spec, problem: "noisy_quadratic" } }),
      right: trace("right", "mindspore"),
    });
    const { made } = comparison(
      python(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      ),
      { recordedProblem: recorded },
    );
    await made.choose(preset);
    made.chooseProblem("noisy_quadratic");
    await vi.waitFor(() => expect(made.runs.curves?.specs.left.problem).toBe("noisy_quadratic"));
    expect([made.stale, made.runs.curves?.origins.left.backend]).toEqual([true, "torch"]);
    answer(curvesAnswer());
    await vi.waitFor(() => expect(made.stale).toBe(false));
    expect(made.runs.curves?.origins.left.backend).toBe("numpy");
  });

  it("asks Python for contours where an option is not the default, once for each", async () => {
    const { made, field, names } = comparison(
      python(async (name) => (name === "contour" ? json({ z: [[1, 2]] }) : curvesAnswer())),
    );
    await made.compute();
    made.set([field("problem.condition_number")], 10);
    await vi.waitFor(() => expect(made.runs.surface?.z).toEqual([[1, 2]]));
    made.set([field("problem.start.0")], 0.5);
    await vi.waitFor(() => expect(made.stale).toBe(false));
    expect(names()).toEqual(["curves", "curves", "contour", "curves"]);
  });

  it("says how a run ended once the hand rests, and that the settings have settled", async () => {
    vi.useFakeTimers();
    const { made, field } = comparison();
    made.onSettled = vi.fn();
    made.set([field("left.lr")], 0.5, true);
    await vi.advanceTimersByTimeAsync(300);
    expect([made.summary, made.moving]).toEqual(["", true]);
    expect(made.onSettled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(300);
    expect(made.summary).toContain("Step 2");
    expect(made.moving).toBe(false);
    expect(made.onSettled).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });

  it("shows progress and Stop for calls that take long, and not for others", async () => {
    vi.useFakeTimers();
    const { made } = comparison(
      python(async (_name, _request, onProgress) => {
        onProgress({ phase: "download", bytes: 1, total: 2 });
        await new Promise((resolve) => setTimeout(resolve, 1000));
        onProgress({ phase: "ready" });
        return curvesAnswer();
      }),
    );
    const computing = made.compute();
    expect(made.python.slow).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(made.python).toMatchObject({ slow: true, status: en.status.download });
    expect(made.python.phase).toEqual({ name: "load", phase: "download", bytes: 1, total: 2 });
    await vi.advanceTimersByTimeAsync(1000);
    await computing;
    expect(made.python).toMatchObject({ slow: false, status: "", phase: { name: "idle" } });
    vi.useRealTimers();
  });

  it("stops, and leaves Python alone where nothing runs", () => {
    const { made, runtime } = comparison(python(() => new Promise(() => {})));
    made.leave();
    expect(runtime.stop).not.toHaveBeenCalled();
    made.replace(withMatch(made.state));
    made.leave();
    expect(runtime.stop).toHaveBeenCalledTimes(1);
  });
});
