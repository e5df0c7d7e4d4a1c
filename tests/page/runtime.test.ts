// @vitest-environment node
import { expose } from "comlink";
import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../../site_src/worker/failure.js";
import type { Progress, PythonWorker, RuntimeContent } from "../../site_src/worker/protocol.js";
import { Runtime, StoppedError } from "../../site_src/worker/runtime.js";
import { configuration } from "./samples.js";

const { runtime: manifest } = configuration;

/** A worker without a thread: the other end of its channel is a fake Python. */
class FakeWorker extends EventTarget {
  readonly terminated = vi.fn();
  readonly #channel = new MessageChannel();

  constructor(python: PythonWorker) {
    super();
    expose(python, this.#channel.port2 as unknown as Parameters<typeof expose>[1]);
    this.#channel.port1.addEventListener("message", (event) => {
      this.dispatchEvent(new MessageEvent("message", { data: (event as MessageEvent).data }));
    });
    this.#channel.port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated();
    this.#channel.port1.close();
  }
}

function fake(change: Partial<PythonWorker> = {}) {
  const bytes: RuntimeContent = { "a.bin": new ArrayBuffer(3) };
  const contents: (RuntimeContent | null)[] = [];
  const python: PythonWorker = {
    start: async (_root, _manifest, content, onProgress) => {
      contents.push(content);
      onProgress({ phase: "download", bytes: 3, total: 3 });
      return { ok: true, value: content ? null : bytes };
    },
    call: async (name, request) => ({ ok: true, value: `${name}(${request})` }),
    ...change,
  };
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker(python));
    return workers.at(-1) as unknown as Worker;
  };
  return { runtime: new Runtime(spawn, "https://site.invalid/"), workers, contents };
}

const never = () => new Promise<never>(() => {});
const ignore = () => {};

describe("Runtime", () => {
  it("starts nothing by itself, one worker at the first call, and none at the second", async () => {
    const { runtime, workers } = fake();
    expect(workers).toHaveLength(0);
    expect(await runtime.call("run", "{}", manifest, ignore)).toBe("run({})");
    expect(await runtime.call("contour", "[]", manifest, ignore)).toBe("contour([])");
    expect(workers).toHaveLength(1);
    runtime.stop();
  });

  it("keeps the answers of calls at the same time apart", async () => {
    const { runtime, workers } = fake();
    const answers = ["1", "2", "3"].map((request) => runtime.call("run", request, manifest, ignore));
    expect(await Promise.all(answers)).toEqual(["run(1)", "run(2)", "run(3)"]);
    expect(workers).toHaveLength(1);
    runtime.stop();
  });

  it("reports progress while it starts, and that it is ready", async () => {
    const { runtime } = fake();
    const seen: Progress["phase"][] = [];
    await runtime.call("run", "{}", manifest, (progress) => seen.push(progress.phase));
    expect(seen.at(-1)).toBe("ready");
    runtime.stop();
  });

  it("stops a call that never answers, and gives the bytes to the next worker", async () => {
    const { runtime, workers, contents } = fake({ call: never });
    const running = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(runtime.downloaded).toBe(true));
    runtime.stop();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    expect(workers[0]?.terminated).toHaveBeenCalled();
    const again = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(contents).toHaveLength(2));
    expect(contents[1]?.["a.bin"]?.byteLength).toBe(3);
    runtime.stop();
    await expect(again).rejects.toBeInstanceOf(StoppedError);
  });

  it("stops a start that never ends", async () => {
    const { runtime, workers } = fake({ start: never });
    const running = runtime.call("run", "{}", manifest, ignore);
    runtime.stop();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    expect(workers[0]?.terminated).toHaveBeenCalled();
  });

  it("passes a failed start on, ends that worker, and says nothing more of its progress", async () => {
    let late: (progress: Progress) => void = ignore;
    const { runtime, workers } = fake({
      start: async (_root, _manifest, _content, onProgress) => {
        late = onProgress;
        return { ok: false, failure: { kind: "corrupt", file: "a.bin" } };
      },
    });
    const seen: Progress[] = [];
    const broken = runtime.call("run", "{}", manifest, (progress) => seen.push(progress));
    await expect(broken).rejects.toMatchObject({ failure: { kind: "corrupt", file: "a.bin" } });
    expect(workers[0]?.terminated).toHaveBeenCalled();
    late({ phase: "download", bytes: 1, total: 3 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([]);
    await expect(runtime.call("run", "{}", manifest, ignore)).rejects.toThrow();
    expect(workers).toHaveLength(2);
  });

  it("passes on that the worker's script is missing", async () => {
    const { runtime, workers } = fake({ start: never });
    const running = runtime.call("run", "{}", manifest, ignore);
    workers[0]?.dispatchEvent(new Event("error"));
    await expect(running).rejects.toMatchObject({ failure: { kind: "worker" } });
  });
});

describe("failureOf", () => {
  it("takes the last line of a Python traceback", () => {
    const error = Object.assign(new Error("Traceback:\n  ...\nValueError: no\n"), { name: "PythonError" });
    expect(failureOf(error)).toEqual({ kind: "python", message: "ValueError: no" });
    expect(failureOf("odd")).toEqual({ kind: "worker", message: "odd" });
  });
});
