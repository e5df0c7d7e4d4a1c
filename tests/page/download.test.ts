// @vitest-environment node
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { type Download, download } from "../../site_src/worker/download.js";
import { memoryFetch, withFetch } from "../../site_src/worker/memory_fetch.js";
import { addressOf, type FileCache, NO_CACHE, openCache } from "../../site_src/worker/cache.js";
import type { RuntimeFile } from "../../site_src/worker/protocol.js";

const contents: Record<string, string> = { "a.bin": "abc", "b.bin": "defgh" };
const files: RuntimeFile[] = Object.entries(contents).map(([name, text]) => ({
  name,
  path: `assets/${name}`,
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex"),
  unpacked: null,
}));
const root = "https://site.invalid/under/a/path/";

function serve(change: Record<string, () => Response> = {}): typeof fetch {
  return (async (input: URL) => {
    const name = input.pathname.split("/").at(-1) ?? "";
    return change[name]?.() ?? new Response(contents[name]);
  }) as typeof fetch;
}

const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const ignore = () => {};

function brought(fetcher: typeof fetch, change: Partial<Download> = {}) {
  return download(files, { root, cache: NO_CACHE, onBytes: ignore, fetcher, ...change });
}

/** A cache in memory. */
function memoryCache(entries: Record<string, string> = {}) {
  const kept = new Map(
    Object.entries(entries).map(([name, text]) => {
      const file = files.find((f) => f.name === name) as RuntimeFile;
      return [addressOf(file, root).href, bytesOf(text)];
    }),
  );
  const cache: FileCache = {
    read: async (url) => kept.get(url.href) ?? null,
    write: async (url, content) => void kept.set(url.href, content),
    remove: async (url) => void kept.delete(url.href),
    keepOnly: async () => {},
  };
  return { cache, kept };
}

describe("download", () => {
  it("brings every file once, below the root, and counts the bytes", async () => {
    const counts: number[] = [];
    const fetcher = vi.fn(serve());
    const content = await brought(fetcher, { onBytes: (bytes) => counts.push(bytes) });
    expect(new TextDecoder().decode(content["b.bin"])).toBe("defgh");
    expect(fetcher).toHaveBeenCalledTimes(2);
    expect(String(fetcher.mock.calls[0]?.[0])).toMatch(
      /^https:\/\/site\.invalid\/under\/a\/path\/assets\/a\.bin\?/,
    );
    expect(counts.at(-1)).toBe(8);
  });

  it.each([
    ["other bytes", () => new Response("xyz"), { kind: "corrupt", file: "a.bin" }],
    ["too few bytes", () => new Response("ab"), { kind: "corrupt", file: "a.bin" }],
    ["too many bytes", () => new Response("abcd"), { kind: "corrupt", file: "a.bin" }],
    ["404", () => new Response("", { status: 404 }), { kind: "missing", file: "a.bin", status: 404 }],
    [
      "no network",
      () => {
        throw new TypeError("Failed to fetch");
      },
      { kind: "network", file: "a.bin" },
    ],
  ])("says what is wrong: %s", async (_, answer, failure) => {
    const { cache, kept } = memoryCache();
    await expect(brought(serve({ "a.bin": answer }), { cache })).rejects.toMatchObject({ failure });
    expect([...kept.keys()].some((url) => url.includes("a.bin"))).toBe(false);
  });

  it("says so when the connection breaks in the middle", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array([97]));
        controller.error(new TypeError("network error"));
      },
    });
    const broken = brought(serve({ "a.bin": () => new Response(body) }));
    await expect(broken).rejects.toMatchObject({ failure: { kind: "network", file: "a.bin" } });
  });

  it("gives up a download in which nothing comes any more", async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array([97])),
    });
    const stalled = brought(serve({ "a.bin": () => new Response(body) }), { stalledMs: 20 });
    await expect(stalled).rejects.toMatchObject({ failure: { kind: "stalled", file: "a.bin" } });
  });

  it("asks the network for nothing that it has kept, and counts it all the same", async () => {
    const counts: number[] = [];
    const { cache } = memoryCache();
    await brought(serve(), { cache });
    const fetcher = vi.fn(serve());
    const content = await brought(fetcher, { cache, onBytes: (bytes) => counts.push(bytes) });
    expect(fetcher).not.toHaveBeenCalled();
    expect(new TextDecoder().decode(content["a.bin"])).toBe("abc");
    expect(counts.at(-1)).toBe(8);
  });

  it("gets again what is kept and damaged", async () => {
    const { cache, kept } = memoryCache({ "a.bin": "xyz", "b.bin": "defgh" });
    const fetcher = vi.fn(serve());
    const content = await brought(fetcher, { cache });
    expect(fetcher).toHaveBeenCalledTimes(1);
    expect(new TextDecoder().decode(content["a.bin"])).toBe("abc");
    expect([...kept.values()].map((data) => new TextDecoder().decode(data))).toContain("abc");
  });
});

describe("what is sent as gzip and used unpacked", () => {
  const text = "snapshot ".repeat(10_000);
  const packed = new Uint8Array(gzipSync(text));
  const digest = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
  const file: RuntimeFile = {
    name: "s.packed",
    path: "assets/s.packed",
    bytes: packed.length,
    sha256: digest(packed),
    unpacked: { name: "s", bytes: text.length, sha256: digest(text) },
  };
  const bring = (fetcher: typeof fetch, cache: FileCache = NO_CACHE) =>
    download([file], { root, cache, onBytes: ignore, fetcher });

  it("comes unpacked, and is kept so", async () => {
    const { cache, kept } = memoryCache();
    const content = await bring(serve({ "s.packed": () => new Response(packed) }), cache);
    expect(new TextDecoder().decode(content["s"])).toBe(text);
    expect([...kept.values()].map((data) => data.byteLength)).toEqual([text.length]);
    const fetcher = vi.fn(serve());
    expect((await bring(fetcher, cache))["s"]?.byteLength).toBe(text.length);
    expect(fetcher).not.toHaveBeenCalled();
  });

  it.each([
    ["is no gzip", () => new Response("x".repeat(packed.length))],
    ["breaks off", () => new Response(packed.slice(0, 40))],
    ["is not there", () => new Response("", { status: 404 })],
  ])("is told of when it %s", async (_, answer) => {
    await expect(bring(serve({ "s.packed": answer }))).rejects.toMatchObject({
      failure: { file: "s.packed" },
    });
  });
});

describe("openCache", () => {
  it("gives a cache that holds nothing where the browser has, allows or bears none", async () => {
    const refusing = { open: () => Promise.reject(new Error("SecurityError")) };
    const throwing = {
      open: async () => ({
        match: () => Promise.reject(new Error("no")),
        put: () => Promise.reject(new Error("QuotaExceededError")),
        delete: () => Promise.reject(new Error("no")),
        keys: () => Promise.reject(new Error("no")),
      }),
    };
    const url = new URL("https://site.invalid/a");
    for (const storage of [undefined, refusing, throwing]) {
      const cache = await openCache(storage as unknown as CacheStorage);
      await cache.write(url, bytesOf("abc"));
      expect(await cache.read(url)).toBe(null);
      await cache.remove(url);
      await cache.keepOnly([]);
    }
  });

  it("forgets the files of other builds", async () => {
    const deleted: string[] = [];
    const keys = ["https://site.invalid/old", "https://site.invalid/new"].map((url) => ({ url }));
    const storage = {
      open: async () => ({
        keys: async () => keys,
        delete: async (r: { url: string }) => deleted.push(r.url),
      }),
    };
    const cache = await openCache(storage as unknown as CacheStorage);
    await cache.keepOnly([new URL("https://site.invalid/new")]);
    expect(deleted).toEqual(["https://site.invalid/old"]);
  });
});

describe("memoryFetch", () => {
  const content = { "a.wasm": new TextEncoder().encode("abc").buffer as ArrayBuffer };

  it("answers from memory and passes the rest on", async () => {
    const real = vi.fn(async () => new Response("from the network"));
    const fetcher = memoryFetch(content, "https://memory.invalid/", real);
    const answer = await fetcher("https://memory.invalid/a.wasm");
    expect(await answer.text()).toBe("abc");
    expect(answer.headers.get("Content-Type")).toBe("application/wasm");
    expect(real).not.toHaveBeenCalled();
    for (const other of ["https://memory.invalid/b.wasm", "https://else.invalid/a.wasm"]) {
      expect(await (await fetcher(other)).text()).toBe("from the network");
    }
  });

  it("leaves the real fetch behind, whatever happens", async () => {
    const real = globalThis.fetch;
    const fake = (async () => new Response("")) as typeof fetch;
    await withFetch(fake, async () => expect(globalThis.fetch).toBe(fake));
    expect(globalThis.fetch).toBe(real);
    await expect(withFetch(fake, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(globalThis.fetch).toBe(real);
  });
});
