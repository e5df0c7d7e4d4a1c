// @vitest-environment node
import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { download } from "../../site_src/worker/download.js";
import { memoryFetch, withFetch } from "../../site_src/worker/memory_fetch.js";
import type { RuntimeManifest } from "../../site_src/worker/protocol.js";

const contents: Record<string, string> = { "a.bin": "abc", "b.bin": "defgh" };
const manifest: RuntimeManifest = {
  numpy: "",
  bytes: 8,
  compressed_bytes: 8,
  files: Object.entries(contents).map(([name, text]) => ({
    name,
    path: `assets/${name}`,
    bytes: text.length,
    sha256: createHash("sha256").update(text).digest("hex"),
  })),
};
const root = "https://site.invalid/under/a/path/";

function serve(change: Record<string, () => Response> = {}): typeof fetch {
  return (async (input: URL) => {
    const name = input.pathname.split("/").at(-1) ?? "";
    return change[name]?.() ?? new Response(contents[name]);
  }) as typeof fetch;
}

describe("download", () => {
  it("brings every file once, below the root, and counts the bytes", async () => {
    const counts: number[] = [];
    const fetcher = vi.fn(serve());
    const content = await download(manifest, root, (bytes) => counts.push(bytes), fetcher);
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
    const broken = download(manifest, root, () => {}, serve({ "a.bin": answer }));
    await expect(broken).rejects.toMatchObject({ failure });
  });

  it("says so when the connection breaks in the middle", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array([97]));
        controller.error(new TypeError("network error"));
      },
    });
    const broken = download(manifest, root, () => {}, serve({ "a.bin": () => new Response(body) }));
    await expect(broken).rejects.toMatchObject({ failure: { kind: "network", file: "a.bin" } });
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
