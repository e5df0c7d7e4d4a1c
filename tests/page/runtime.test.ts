// @vitest-environment node
import { expose } from "comlink";
import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../../site_src/worker/failure.js";
import type { Failure, Kept, Progress, PythonWorker, Way } from "../../site_src/worker/protocol.js";
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
  const starts: { way: Way; kept: Kept | null }[] = [];
  const python: PythonWorker = {
    start: async (_root, _manifest, way, kept, onProgress) => {
      starts.push({ way, kept });
      onProgress({ phase: "download", bytes: 3, total: 3 });
      return { ok: true, value: { way, content: { "a.bin": new ArrayBuffer(3) }, modules: {} } };
    },
    call: async (name, request) => ({ ok: true, value: { json: `${name}(${request})`, numbers: null } }),
    ...change,
  };
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker(python));
    return workers.at(-1) as unknown as Worker;
  };
  return { runtime: new Runtime(spawn, "https://site.invalid/", 50, 20), workers, starts };
}

const never = () => new Promise<never>(() => {});
const ignore = () => {};

describe("Runtime", () => {
  it("starts nothing by itself, one worker at the first call, and none at the second", async () => {
    const { runtime, workers } = fake();
    expect(workers).toHaveLength(0);
    expect((await runtime.call("run", "{}", manifest, ignore)).json).toBe("run({})");
    expect((await runtime.call("contour", "[]", manifest, ignore)).json).toBe("contour([])");
    expect(workers).toHaveLength(1);
    runtime.stop();
  });

  it("keeps the answers of calls at the same time apart", async () => {
    const { runtime, workers } = fake();
    const answers = ["1", "2", "3"].map((request) => runtime.call("run", request, manifest, ignore));
    const found = (await Promise.all(answers)).map((answer) => answer.json);
    expect(found).toEqual(["run(1)", "run(2)", "run(3)"]);
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
    const { runtime, workers, starts } = fake({ call: never });
    const running = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(runtime.downloaded).toBe(true));
    runtime.stop();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    expect(workers[0]?.terminated).toHaveBeenCalled();
    const again = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(starts).toHaveLength(2));
    expect(starts[1]?.kept?.content["a.bin"]?.byteLength).toBe(3);
    runtime.stop();
    await expect(again).rejects.toBeInstanceOf(StoppedError);
  });

  it("makes a spare while a call is long, which takes over after Stop without another start", async () => {
    const call = vi.fn<PythonWorker["call"]>(never);
    const { runtime, workers, starts } = fake({ call });
    const running = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(starts).toHaveLength(2));
    expect(starts[1]?.kept?.content["a.bin"]?.byteLength).toBe(3);
    runtime.stop();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    expect(workers.map(({ terminated }) => terminated.mock.calls.length)).toEqual([1, 0]);
    call.mockImplementation(async () => ({ ok: true, value: { json: "again", numbers: null } }));
    expect((await runtime.call("run", "{}", manifest, ignore)).json).toBe("again");
    expect(workers).toHaveLength(2);
    runtime.stop();
    expect(workers[1]?.terminated).toHaveBeenCalled();
  });

  it("makes no spare for calls that are quick", async () => {
    const { runtime, workers } = fake();
    for (let i = 0; i < 5; i += 1) await runtime.call("run", "{}", manifest, ignore);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(workers).toHaveLength(1);
    runtime.stop();
  });

  it("does without a spare that fails", async () => {
    let starts = 0;
    const value: Kept = { way: "snapshot", content: { "a.bin": new ArrayBuffer(3) }, modules: {} };
    const failure: Failure = { kind: "python", message: "no" };
    const { runtime, workers } = fake({
      start: async () => ((starts += 1) === 2 ? { ok: false, failure } : { ok: true, value }),
      call: never,
    });
    const running = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(workers[1]?.terminated).toHaveBeenCalled());
    runtime.stop();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    const again = runtime.call("run", "{}", manifest, ignore);
    await vi.waitFor(() => expect(workers).toHaveLength(3));
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
      start: async (_root, _manifest, _way, _kept, onProgress) => {
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
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    workers[1]?.dispatchEvent(new Event("error"));
    await expect(running).rejects.toMatchObject({ failure: { kind: "worker" } });
  });

  it("tells every call that waits for the start of its progress", async () => {
    const { runtime } = fake();
    const seen: string[] = [];
    await Promise.all(
      ["a", "b"].map((name) =>
        runtime.call("run", "{}", manifest, ({ phase }) => seen.push(`${name} ${phase}`)),
      ),
    );
    expect(seen).toEqual(expect.arrayContaining(["a ready", "b ready"]));
    runtime.stop();
  });

  it("prepares once, and tells what went wrong at the next call alone", async () => {
    const { runtime, workers } = fake();
    await Promise.all([runtime.prepare(manifest), runtime.prepare(manifest)]);
    await runtime.call("run", "{}", manifest, ignore);
    expect(workers).toHaveLength(1);
    runtime.stop();
    const failure: Failure = { kind: "network", file: "a.bin" };
    const broken = fake({ start: async () => ({ ok: false, failure }) });
    await broken.runtime.prepare(manifest);
    await expect(broken.runtime.call("run", "{}", manifest, ignore)).rejects.toMatchObject({ failure });
  });

  it.each<[string, Failure]>([
    ["an exception", { kind: "worker", message: "odd" }],
    ["a wrong result", { kind: "python", message: "no" }],
    ["a damaged snapshot", { kind: "corrupt", file: "snapshot.bin.gz" }],
    ["a missing snapshot", { kind: "missing", file: "snapshot.bin.gz", status: 404 }],
    ["too little memory", { kind: "memory" }],
  ])("falls back to the archives, for the rest of the visit: %s", async (_, failure) => {
    const starts: Way[] = [];
    const { runtime, workers } = fake({
      start: async (_root, _manifest, way) => {
        starts.push(way);
        if (way === "snapshot") return { ok: false, failure };
        return { ok: true, value: { way, content: {}, modules: {} } };
      },
    });
    await runtime.call("run", "{}", manifest, ignore);
    expect(runtime.started).toEqual({ way: "archives", fallback: expect.any(String) });
    expect(workers[0]?.terminated).toHaveBeenCalled();
    runtime.stop();
    await runtime.call("run", "{}", manifest, ignore);
    expect(starts).toEqual(["snapshot", "archives", "archives"]);
    runtime.stop();
  });

  it("falls back to the archives when a start from the snapshot hangs", async () => {
    const { runtime } = fake({
      start: async (_root, _manifest, way, _kept, onProgress) => {
        onProgress({ phase: "start" });
        if (way === "snapshot") return never();
        return { ok: true, value: { way, content: {}, modules: {} } };
      },
    });
    await runtime.call("run", "{}", manifest, ignore);
    expect(runtime.started).toEqual({ way: "archives", fallback: "the start took too long" });
    runtime.stop();
  });

  it("does not fall back where the network is gone, nor after a stop", async () => {
    const failure: Failure = { kind: "network", file: "snapshot.bin.gz" };
    const gone = fake({ start: async () => ({ ok: false, failure }) });
    await expect(gone.runtime.call("run", "{}", manifest, ignore)).rejects.toMatchObject({ failure });
    expect(gone.workers).toHaveLength(1);
  });

  it.each<Failure>([{ kind: "memory" }, { kind: "worker", message: "Aborted()" }])(
    "replaces a worker that cannot be trusted any more: %o",
    async (failure) => {
      let calls = 0;
      const { runtime, workers, starts } = fake({
        call: async () => {
          calls += 1;
          if (calls === 1) return { ok: false, failure };
          return { ok: true, value: { json: "fine", numbers: null } };
        },
      });
      await expect(runtime.call("run", "{}", manifest, ignore)).rejects.toMatchObject({ failure });
      expect(workers[0]?.terminated).toHaveBeenCalled();
      expect((await runtime.call("run", "{}", manifest, ignore)).json).toBe("fine");
      expect(starts[1]?.kept).not.toBe(null);
      runtime.stop();
    },
  );
});

describe("failureOf", () => {
  it("takes the last line of a Python traceback", () => {
    const error = Object.assign(new Error("Traceback:\n  ...\nValueError: no\n"), { name: "PythonError" });
    expect(failureOf(error)).toEqual({ kind: "python", message: "ValueError: no" });
    expect(failureOf("odd")).toEqual({ kind: "worker", message: "odd" });
    const memory = Object.assign(new Error("Traceback:\nMemoryError: no\n"), { name: "PythonError" });
    expect(failureOf(memory)).toEqual({ kind: "memory" });
    expect(failureOf(new Error("memory access out of bounds"))).toEqual({ kind: "memory" });
  });
});
