import { FailureError } from "./failure.js";
import type { RuntimeContent, RuntimeFile, RuntimeManifest } from "./protocol.js";

type Fetch = typeof fetch;

async function sha256(data: ArrayBuffer): Promise<string | null> {
  // Browsers offer this on https and on localhost only; elsewhere the length has to do.
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", data);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function downloadFile(
  file: RuntimeFile,
  root: string,
  count: (bytes: number) => void,
  fetcher: Fetch,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  // The checksum in the address keeps a copy of another release, cached on the way, from being served.
  const url = new URL(`${file.path}?${file.sha256.slice(0, 12)}`, root);
  const content = new Uint8Array(file.bytes);
  let length = 0;
  try {
    const response = await fetcher(url, { signal });
    if (!response.ok || !response.body) {
      throw new FailureError({ kind: "missing", file: file.name, status: response.status });
    }
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > file.bytes) throw new FailureError({ kind: "corrupt", file: file.name });
      content.set(value, length);
      length += value.length;
      count(value.length);
    }
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError({ kind: "network", file: file.name });
  }
  const digest = length === file.bytes ? await sha256(content.buffer) : "";
  if (digest !== null && digest !== file.sha256) {
    throw new FailureError({ kind: "corrupt", file: file.name });
  }
  return content.buffer;
}

/**
 * Downloads every file of the runtime at once and checks each against its checksum.
 *
 * @param onBytes told how many bytes have arrived, as they arrive
 * @throws FailureError for the first file that is missing, corrupt or out of reach
 */
export async function download(
  manifest: RuntimeManifest,
  root: string,
  onBytes: (bytes: number) => void,
  fetcher: Fetch = fetch,
): Promise<RuntimeContent> {
  let total = 0;
  const count = (bytes: number) => {
    total += bytes;
    onBytes(total);
  };
  const rest = new AbortController();
  try {
    const entries = await Promise.all(
      manifest.files.map(
        async (file) => [file.name, await downloadFile(file, root, count, fetcher, rest.signal)] as const,
      ),
    );
    return Object.fromEntries(entries);
  } catch (error) {
    rest.abort();
    throw error;
  }
}
