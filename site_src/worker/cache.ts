// The runtime's files in the browser's Cache Storage: a second visit asks the network for none of them.
import type { RuntimeFile } from "./protocol.js";

const NAME = "adamwd-runtime";

export interface FileCache {
  read(url: URL): Promise<ArrayBuffer | null>;
  write(url: URL, content: ArrayBuffer): Promise<void>;
  remove(url: URL): Promise<void>;
  /** Forgets what is not among these addresses: files of other builds. */
  keepOnly(urls: readonly URL[]): Promise<void>;
}

/** For browsers that refuse storage, and for tests. */
export const NO_CACHE: FileCache = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  keepOnly: () => Promise.resolve(),
};

/** The address of a file. The checksum in it keeps a copy of another build from being taken for it. */
export function addressOf(file: RuntimeFile, root: string): URL {
  return new URL(`${file.path}?${file.sha256.slice(0, 12)}`, root);
}

/** Opens the cache, or gives one that holds nothing where the browser has or allows none. */
export async function openCache(storage: CacheStorage | undefined = globalThis.caches): Promise<FileCache> {
  try {
    const cache = await storage?.open(NAME);
    return cache ? inCache(cache) : NO_CACHE;
  } catch {
    return NO_CACHE;
  }
}

/** A cache is a help and never a need: what it throws counts as nothing there. */
async function quietly<T>(task: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await task();
  } catch {
    return otherwise;
  }
}

function inCache(cache: Cache): FileCache {
  return {
    read: (url) => quietly(async () => (await (await cache.match(url))?.arrayBuffer()) ?? null, null),
    write: (url, content) => quietly(() => cache.put(url, new Response(content)), undefined),
    remove: (url) => quietly(async () => void (await cache.delete(url)), undefined),
    keepOnly: (urls) =>
      quietly(async () => {
        const kept = new Set(urls.map((url) => url.href));
        for (const request of await cache.keys()) {
          if (!kept.has(request.url)) await cache.delete(request);
        }
      }, undefined),
  };
}
