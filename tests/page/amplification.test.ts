import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Curve, type Measured, measured, type Recording } from "../../site_src/amplification/curve.js";
import { Amplification } from "../../site_src/amplification/element.js";
import { AmplificationModel } from "../../site_src/amplification/model.js";
import { amplificationChart } from "../../site_src/charts/amplification.js";
import { en } from "../../site_src/i18n/en.js";
import { FailureError } from "../../site_src/worker/failure.js";
import { StoppedError } from "../../site_src/worker/runtime.js";
import type { Answer } from "../../site_src/worker/protocol.js";
import { configuration } from "./samples.js";

const curve: Curve = {
  steps: [1, 10, 100],
  amplification: [3, 6, 2],
  warmup: [0.1, 1, 1],
  effective: [0.3, 6, 2],
  peak: { step: 10, value: 6 },
  effective_peak: { step: 10, value: 6 },
  hidden: 0.25,
};

function recording(part: string): Recording {
  const read = (name: string) =>
    JSON.parse(readFileSync(`docs/data/traces/step-ratio/${name}.json`, "utf8")) as Recording["adamw"];
  return {
    adamw: read(`adamw_0.9_0.999_${part}.torch`),
    adam_weight_decay: read(`adam_weight_decay_0.9_0.999_${part}.mindspore`),
  };
}

const recorded: Measured = measured([recording("early"), recording("late")]);

function model(answer: () => Promise<string> = async () => JSON.stringify(curve), fails = false) {
  const call = vi.fn<(name: string, request: string) => Promise<Answer>>(async () => ({
    json: await answer(),
    numbers: null,
  }));
  const source = {
    runtime: async () => configuration.runtime,
    recorded: async () => {
      if (fails) throw new Error("404");
      return recorded;
    },
  };
  return {
    amplification: new AmplificationModel(en, source, { call, stop: vi.fn(), downloaded: false }),
    call,
  };
}

describe("the recorded curve", () => {
  it("is one update over the other, each step once, in order", () => {
    const { steps, effective, peak, warmup } = recorded.curve;
    expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
    expect([steps[0], steps.at(-1)]).toEqual([1, 4000]);
    expect(peak.step).toBe(12);
    expect(peak.value).toBe(Math.max(...effective));
    expect(new Set(warmup)).toEqual(new Set([1]));
    expect(recorded.versions[0]).toMatch(/^torch 2\./);
  });
});

describe("AmplificationModel", () => {
  it("shows what was measured without calling Python", async () => {
    const { amplification, call } = model();
    await amplification.load();
    expect(amplification.drawing).toEqual({ curve: recorded.curve, of: { versions: recorded.versions } });
    expect(call).not.toHaveBeenCalled();
  });

  it("asks Python, and says when the form has moved on", async () => {
    const { amplification, call } = model();
    await amplification.load();
    amplification.change("beta1", "0.8");
    expect(amplification.stale).toBe(false);
    await amplification.run();
    expect(call.mock.calls[0]?.slice(0, 2)).toEqual([
      "amplification",
      JSON.stringify({ beta1: 0.8, beta2: 0.999, steps: 4000, warmup_steps: 100 }),
    ]);
    expect(amplification.drawing?.curve).toEqual(curve);
    expect(amplification.busy).toBe(false);
    amplification.change("steps", "10");
    expect(amplification.stale).toBe(true);
  });

  it("does not ask for what is no number", async () => {
    const { amplification, call } = model();
    await amplification.load();
    amplification.change("steps", " ");
    await amplification.run();
    expect(amplification.errors).toEqual({ steps: en.needNumber });
    expect(call).not.toHaveBeenCalled();
    amplification.change("steps", "1");
    expect(amplification.errors).toEqual({});
  });

  it("shows Python's message at its field", async () => {
    const error = { field: "beta2", message: "beta2 must lie between 0 and 1, got 1.0" };
    const { amplification } = model(async () => JSON.stringify({ error }));
    const rejected = vi.fn();
    amplification.onRejected = rejected;
    await amplification.load();
    await amplification.run();
    expect(amplification.errors).toEqual({ beta2: error.message });
    expect(rejected).toHaveBeenCalledWith("beta2");
  });

  it.each([
    [new StoppedError("stopped"), en.status.stopped, ""],
    [new FailureError({ kind: "corrupt", file: "a.zip" }), en.amplification.failed, "a.zip"],
  ])("tells of %s", async (error, status, failure) => {
    const { amplification } = model(async () => {
      throw error;
    });
    await amplification.load();
    await amplification.run();
    expect(amplification.status).toBe(status);
    expect(amplification.failure).toContain(failure);
    expect(amplification.busy).toBe(false);
  });

  it("can do without recordings", async () => {
    const { amplification } = model(undefined, true);
    await amplification.load();
    expect(amplification.status).toBe(en.amplification.noRecorded);
    await amplification.run();
    expect(amplification.drawing?.curve).toEqual(curve);
  });
});

describe("the chart", () => {
  const labels = { step: "step t", axis: "rate", ratio: "bare" };

  it("has the bare amplification only beside a warm-up", () => {
    const frame = { document, width: 400, summary: "words" };
    expect(amplificationChart(curve, labels, frame).textContent).toContain("bare");
    expect(amplificationChart(recorded.curve, labels, frame).textContent).not.toContain("bare");
  });

  it("takes a single step", () => {
    const one = { steps: [1], amplification: [3], warmup: [1], effective: [3] };
    const chart = amplificationChart(one, labels, { document, width: 400, summary: "words" });
    expect(chart.outerHTML).not.toContain("NaN");
  });
});

describe("<adamwd-amplification>", () => {
  beforeAll(() => {
    Amplification.createModel = () => model().amplification;
    customElements.define("adamwd-amplification", Amplification);
  });

  it("replaces its fallback by the form and the measured curve", async () => {
    document.body.innerHTML =
      '<adamwd-amplification><div class="amplification-fallback">static</div></adamwd-amplification>';
    const element = document.querySelector("adamwd-amplification") as Amplification;
    await vi.waitFor(() => expect(element.querySelector("svg")).not.toBeNull());
    expect(element.textContent).not.toContain("static");
    expect(element.querySelectorAll("input")).toHaveLength(4);
    expect(element.querySelector("svg")?.getAttribute("aria-label")).toContain("step 12");
  });
});
