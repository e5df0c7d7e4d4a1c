import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { en } from "../../site_src/i18n/en.js";
import { Playground } from "../../site_src/playground/element.js";
import type { Library } from "../../site_src/playground/load.js";
import { type Memory, memoryIn } from "../../site_src/playground/memory.js";
import { PlaygroundModel } from "../../site_src/playground/model.js";
import { decode } from "../../site_src/trace/decode.js";
import { FailureError } from "../../site_src/worker/failure.js";
import type { Progress, RuntimeManifest } from "../../site_src/worker/protocol.js";
import { StoppedError } from "../../site_src/worker/runtime.js";
import { configuration, trace } from "./samples.js";

type Answer = (request: string, onProgress: (progress: Progress) => void) => Promise<string>;

const reply = {
  traces: { adamw: trace("adamw"), adam_weight_decay: trace("adam_weight_decay") },
  digests: { adamw: "a", adam_weight_decay: "b" },
};

function model(
  answer: Answer = async () => JSON.stringify(reply),
  change: Partial<Library> = {},
  memory?: Memory,
) {
  const library: Library = {
    configuration: async () => configuration,
    recorded: async () => ({
      adamw: decode(trace("adamw", "torch")),
      adam_weight_decay: decode(trace("adam_weight_decay", "mindspore")),
    }),
    surface: async () => ({
      x: [-1, 1],
      y: [-1, 1],
      z: [
        [1, 2],
        [3, 4],
      ],
      minimum: [0, 0],
    }),
    ...change,
  };
  const call = vi.fn(
    (_name: string, request: string, _manifest: RuntimeManifest, onProgress: (progress: Progress) => void) =>
      answer(request, onProgress),
  );
  const runtime = { call, stop: vi.fn(), downloaded: false };
  return { playground: new PlaygroundModel(en, library, runtime, memory), call, runtime };
}

describe("PlaygroundModel", () => {
  it("shows recorded runs and their settings without calling Python", async () => {
    const { playground, call } = model();
    await playground.load();
    expect(playground.drawing?.pair.adamw.backend).toBe("torch");
    expect(playground.values["adamw.lr"]).toBe("0.05");
    expect(playground.stale).toBe(false);
    expect(call).not.toHaveBeenCalled();
  });

  it("draws a run, and says so when the form has moved on", async () => {
    const { playground } = model();
    await playground.load();
    await playground.run();
    expect(playground.drawing?.pair.adamw.backend).toBe("numpy");
    expect(playground.result).toEqual(reply);
    expect(playground.busy).toBe(false);
    playground.change("adamw.lr", "1");
    expect(playground.stale).toBe(true);
  });

  it("puts the library's message beside the field that it refuses", async () => {
    const error = { side: "adamw", field: "betas.0", type: "ValueError", message: "Invalid beta" };
    const { playground } = model(async () => JSON.stringify({ error, errors: [error] }));
    playground.onRejected = vi.fn();
    await playground.load();
    await playground.run();
    expect(playground.errors).toEqual({ "adamw.betas.0": "Invalid beta" });
    expect(playground.onRejected).toHaveBeenCalledWith("adamw.betas.0");
    expect(playground.status).toBe(en.status.rejected);
    playground.change("adamw.betas.0", "0.5");
    expect([playground.errors, playground.status]).toEqual([{}, ""]);
  });

  it("marks the refusals of both sides, and takes back the words with the last of them", async () => {
    const refusal = (side: string, field: string) => ({ side, field, type: "ValueError", message: field });
    const errors = [refusal("adamw", "lr"), refusal("adam_weight_decay", "eps"), refusal("adamw", "odd")];
    const { playground } = model(async () => JSON.stringify({ error: errors[0], errors }));
    await playground.load();
    await playground.run();
    expect(playground.errors).toEqual({ "adamw.lr": "lr", "adam_weight_decay.eps": "eps" });
    expect(playground.failure).toBe("odd");
    playground.change("adamw.lr", "0.1");
    expect(playground.status).toBe(en.status.rejected);
    playground.change("adam_weight_decay.eps", "0.1");
    expect([playground.errors, playground.status, playground.failure]).toEqual([{}, "", ""]);
  });

  it("leaves a message where the defaults do not change the value", async () => {
    const { playground } = model();
    await playground.load();
    playground.change("steps", "");
    playground.change("adamw.lr", "0x10");
    playground.onRejected = vi.fn();
    await playground.run();
    expect(playground.onRejected).toHaveBeenCalledWith("steps");
    playground.useDefaults();
    expect(playground.errors).toEqual({ steps: en.needNumber });
    expect(playground.status).toBe(en.status.rejected);
  });

  it("is preparing until the thread says what it is doing", async () => {
    const seen: string[] = [];
    const { playground } = model(async (_, onProgress) => {
      seen.push(playground.status);
      onProgress({ phase: "download", bytes: 1, total: 2 });
      seen.push(playground.status);
      onProgress({ phase: "ready" });
      seen.push(playground.status);
      return JSON.stringify(reply);
    });
    await playground.load();
    await playground.run();
    expect(seen).toEqual([en.status.prepare, en.status.download, en.status.run]);
  });

  it("comes back as it was left", async () => {
    const store = new Map<string, string>();
    const storage = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => store.set(key, value),
    } as unknown as Storage;
    const memory = () => memoryIn(() => storage, "form");
    const first = model(undefined, {}, memory()).playground;
    await first.load();
    expect(store.size).toBe(0);
    await first.chooseProblem("noisy_quadratic");
    first.change("problem.start.0", "0.75");
    first.change("adamw.amsgrad", true);
    const second = model(undefined, {}, memory()).playground;
    await second.load();
    expect(second.problem?.name).toBe("noisy_quadratic");
    expect(second.values).toEqual(first.values);
    expect(second.stale).toBe(true);
  });

  it.each(["{", "null", "3", '{"problem": "gone", "values": {}}', '{"problem": "quadratic"}'])(
    "starts afresh where the storage holds %s",
    async (text) => {
      const storage = { getItem: () => text, setItem: () => {} } as unknown as Storage;
      const { playground } = model(
        undefined,
        {},
        memoryIn(() => storage, "form"),
      );
      await playground.load();
      expect(playground.values["adamw.lr"]).toBe("0.05");
      expect(playground.stale).toBe(false);
    },
  );

  it("works where the browser refuses storage", async () => {
    const refused = () => {
      throw new Error("SecurityError");
    };
    const { playground } = model(undefined, {}, memoryIn(refused, "form"));
    await playground.load();
    playground.change("adamw.lr", "0.25");
    expect(playground.values["adamw.lr"]).toBe("0.25");
  });

  it("shows a message that belongs to no field", async () => {
    const error = { side: null, field: null, type: "KeyError", message: "odd" };
    const { playground } = model(async () => JSON.stringify({ error, errors: [error] }));
    await playground.load();
    await playground.run();
    expect(playground.failure).toBe("odd");
  });

  it("does not call Python while a number is missing", async () => {
    const { playground, call } = model();
    await playground.load();
    playground.change("adamw.lr", "");
    await playground.run();
    expect(playground.errors).toEqual({ "adamw.lr": en.needNumber });
    expect(call).not.toHaveBeenCalled();
  });

  it.each([
    [new StoppedError("stopped"), en.status.stopped, ""],
    [new FailureError({ kind: "corrupt", file: "a.bin" }), en.status.failed, en.failure.corrupt("a.bin")],
    [new Error("odd"), en.status.failed, en.failure.worker("odd")],
  ])("ends idle after %s", async (error, status, failure) => {
    const { playground } = model(() => Promise.reject(error));
    await playground.load();
    await playground.run();
    expect([playground.busy, playground.status, playground.failure]).toEqual([false, status, failure]);
  });

  it("stops a run and is idle again when another problem is chosen", async () => {
    let end: (error: Error) => void = () => {};
    const { playground, runtime } = model(
      () =>
        new Promise((_, reject) => {
          end = reject;
        }),
    );
    runtime.stop.mockImplementation(() => end(new StoppedError("stopped")));
    await playground.load();
    const running = playground.run();
    await playground.chooseProblem("noisy_quadratic");
    await running;
    expect(playground.busy).toBe(false);
    expect(playground.problem?.name).toBe("noisy_quadratic");
    expect(playground.drawing?.pair.adamw.backend).toBe("torch");
  });

  it("keeps what was typed when another problem is chosen", async () => {
    const { playground } = model();
    await playground.load();
    playground.change("adamw.lr", "0.25");
    await playground.chooseProblem("noisy_quadratic");
    expect(playground.values["adamw.lr"]).toBe("0.25");
    expect(playground.values.seed).toBe("0");
  });

  it("asks Python for contours where an option is not the default", async () => {
    const { playground, call } = model(async (request) =>
      "specs" in JSON.parse(request)
        ? JSON.stringify(reply)
        : JSON.stringify({
            z: [
              [1, 2],
              [3, 4],
            ],
          }),
    );
    await playground.load();
    await playground.run();
    expect(call).toHaveBeenCalledTimes(1);
    playground.change("problem.condition_number", "10");
    await playground.run();
    expect(call.mock.calls.map(([name]) => name)).toEqual(["run", "run", "contour"]);
  });

  it("works without recorded runs, and says that they are missing", async () => {
    const { playground } = model(undefined, { recorded: () => Promise.reject(new Error("404")) });
    await playground.load();
    expect(playground.status).toBe(en.failure.recorded);
    await playground.run();
    expect(playground.drawing?.pair.adamw.backend).toBe("numpy");
  });

  it("says so where its configuration is missing", async () => {
    const { playground } = model(undefined, { configuration: () => Promise.reject(new Error("404")) });
    await playground.load();
    expect(playground.failure).toBe(en.failure.configuration);
  });
});

describe("<adamwd-playground>", () => {
  let current = model();
  beforeAll(() => {
    Playground.createModel = () => current.playground;
    customElements.define("adamwd-playground", Playground);
  });
  afterEach(() => document.body.replaceChildren());

  async function mount(made = model()): Promise<Playground> {
    current = made;
    document.body.innerHTML =
      "<adamwd-playground><p class='playground-fallback'>without scripts</p></adamwd-playground>";
    const element = document.querySelector("adamwd-playground") as Playground;
    await vi.waitFor(() => expect(element.querySelectorAll("svg").length).toBeGreaterThan(2));
    return element;
  }

  it("takes the place of what stood there, with a label for every input", async () => {
    const element = await mount();
    expect(element.textContent).not.toContain("without scripts");
    for (const input of element.querySelectorAll("input, select")) {
      expect(element.querySelector(`label[for="${input.id}"]`)?.textContent).toBeTruthy();
    }
    expect(element.textContent).toContain("16.4 MB");
  });

  it("marks a refused value and takes the reader there", async () => {
    const error = { side: "adamw", field: "lr", type: "ValueError", message: "Invalid learning rate: -1" };
    const element = await mount(model(async () => JSON.stringify({ error, errors: [error] })));
    element.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    const input = element.querySelector("#adamwd-adamw-lr") as HTMLInputElement;
    await vi.waitFor(() => expect(document.activeElement).toBe(input));
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const described = element.querySelector(`#${input.getAttribute("aria-describedby")}`);
    expect(described?.textContent).toBe("Invalid learning rate: -1");
  });

  it("shows bytes as they come, and Stop only while there is something to stop", async () => {
    let report: (progress: Progress) => void = () => {};
    const element = await mount(
      model((_, onProgress) => {
        report = onProgress;
        return new Promise(() => {});
      }),
    );
    const stop = element.querySelector(".playground-stop") as HTMLButtonElement;
    expect(stop.disabled).toBe(true);
    element.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    report({ phase: "download", bytes: 5_200_000, total: 16_400_000 });
    await element.updateComplete;
    expect(stop.disabled).toBe(false);
    expect(element.querySelector(".playground-bytes")?.textContent).toBe("5.2 of 16.4 MB");
    expect(element.querySelector("progress")?.getAttribute("max")).toBe("16400000");
    stop.click();
    expect(current.runtime.stop).toHaveBeenCalled();
  });

  it("tells of its result, and ends the thread when it is taken away", async () => {
    const element = await mount();
    const heard = vi.fn();
    element.addEventListener("adamwd-result", heard);
    await element.model.run();
    await element.updateComplete;
    expect(heard).toHaveBeenCalledTimes(1);
    expect(element.result).toEqual(reply);
    element.remove();
    expect(current.runtime.stop).toHaveBeenCalled();
  });
});
