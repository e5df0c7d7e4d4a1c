import { addressOf, type FileCache } from "./cache.js";
import { FailureError } from "./failure.js";
import type { RuntimeContent, RuntimeFile } from "./protocol.js";

type Fetch = typeof fetch;

/** Without a byte for so long, a download is given up and can be tried again. */
const STALLED_MS = 30_000;

export interface Download {
  root: string;
  cache: FileCache;
  /** Told how many bytes have arrived, as they arrive. */
  onBytes: (bytes: number) => void;
  fetcher?: Fetch;
  stalledMs?: number;
}

async function sha256(data: ArrayBuffer): Promise<string | null> {
  // Browsers offer this on https and on localhost only; elsewhere the length has to do.
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", data);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function isWhole(
  { bytes, sha256: expected }: { bytes: number; sha256: string },
  content: ArrayBuffer,
): Promise<boolean> {
  if (content.byteLength !== bytes) return false;
  const digest = await sha256(content);
  return digest === null || digest === expected;
}

/** Unpacks gzip part by part, while the rest is still on its way. */
class Unpacking {
  readonly #stream = new DecompressionStream("gzip");
  readonly #writer = this.#stream.writable.getWriter();
  readonly #content = new Response(this.#stream.readable).arrayBuffer();

  constructor() {
    // Whoever gives up does not ask for the content.
    this.#content.catch(() => {});
  }

  add(part: Uint8Array): void {
    // A failure comes out with the content.
    this.#writer.write(part as Uint8Array<ArrayBuffer>).catch(() => {});
  }

  async content(): Promise<ArrayBuffer> {
    this.#writer.close().catch(() => {});
    return this.#content;
  }

  giveUp(): void {
    this.#writer.abort().catch(() => {});
  }
}

/** Reads the next part, or fails when none comes. */
async function nextPart(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  file: RuntimeFile,
  stalledMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    const seconds = Math.round(stalledMs / 1000);
    timer = setTimeout(
      () => reject(new FailureError({ kind: "stalled", file: file.name, seconds })),
      stalledMs,
    );
  });
  try {
    return await Promise.race([reader.read(), stalled]);
  } finally {
    clearTimeout(timer);
  }
}

async function fromNetwork(
  file: RuntimeFile,
  url: URL,
  count: (bytes: number) => void,
  options: Download,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const content = new Uint8Array(file.bytes);
  const unpacking = file.unpacked && new Unpacking();
  let length = 0;
  try {
    const response = await (options.fetcher ?? fetch)(url, { signal });
    if (!response.ok || !response.body) {
      throw new FailureError({ kind: "missing", file: file.name, status: response.status });
    }
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await nextPart(reader, file, options.stalledMs ?? STALLED_MS);
      if (done) break;
      if (length + value.length > file.bytes) throw new FailureError({ kind: "corrupt", file: file.name });
      content.set(value, length);
      unpacking?.add(value);
      length += value.length;
      count(value.length);
    }
  } catch (error) {
    unpacking?.giveUp();
    if (error instanceof FailureError) throw error;
    throw new FailureError({ kind: "network", file: file.name });
  }
  if (length !== file.bytes || !(await isWhole(file, content.buffer))) {
    unpacking?.giveUp();
    throw new FailureError({ kind: "corrupt", file: file.name });
  }
  return unpacking ? unpacking.content() : content.buffer;
}

async function obtain(
  file: RuntimeFile,
  count: (bytes: number) => void,
  options: Download,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const { cache } = options;
  const url = addressOf(file, options.root);
  const kept = await cache.read(url);
  if (kept && (await isWhole(file.unpacked ?? file, kept))) {
    count(file.bytes);
    return kept;
  }
  if (kept) await cache.remove(url);
  const content = await fromNetwork(file, url, count, options, signal);
  // Nobody has to wait until it is kept.
  void cache.write(url, content);
  return content;
}

/**
 * Gets files of the runtime at once, from the cache or the network, and checks each against its checksum.
 * What is sent as gzip and used unpacked comes unpacked, and is kept so.
 *
 * @throws FailureError for the first file that is missing, corrupt, stalled or out of reach
 */
export async function download(files: readonly RuntimeFile[], options: Download): Promise<RuntimeContent> {
  let total = 0;
  const count = (bytes: number) => {
    total += bytes;
    options.onBytes(total);
  };
  const rest = new AbortController();
  try {
    const entries = await Promise.all(
      files.map(async (file) => {
        const content = await obtain(file, count, options, rest.signal);
        return [file.unpacked?.name ?? file.name, content] as const;
      }),
    );
    return Object.fromEntries(entries);
  } catch (error) {
    rest.abort();
    throw error;
  }
}
