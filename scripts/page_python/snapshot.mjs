// Takes a snapshot of Python's memory with NumPy and adamwd imported, under Node.
// node snapshot.mjs PYODIDE_FOLDER ARCHIVES_FOLDER WARM_UP OUTPUT
//
// OUTPUT holds: 4 bytes (length of the header), the header as JSON, the numbers of the pages that are
// in it (Uint32), those pages, and the extension modules that have to be loaded before it is restored.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SITE_PACKAGES, withLibraries } from "./instance.mjs";

const [pyodide, archives, warmUp, output] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const { default: core } = await import(pathToFileURL(join(pyodide, "pyodide.asm.mjs")).href);

const PAGE = 4096;
const EAGER = ["numpy/_core/_multiarray_umath", "numpy/linalg/_umath_linalg"];
const HOME = "/home/pyodide";
const bytes = (path) => new Uint8Array(readFileSync(path));
const stdLibURL = join(archives, "python_stdlib.zip");

/** Unpacks NumPy in a Python of its own, since Node has no zip. */
async function unpackedNumpy() {
  const python = await loadPyodide({ stdLibURL });
  python.unpackArchive(bytes(join(archives, "numpy.whl")), "zip", { extractDir: "/numpy" });
  const files = new Map();
  const visit = (folder) => {
    for (const name of python.FS.readdir(folder).filter((n) => n !== "." && n !== "..")) {
      const path = `${folder}/${name}`;
      if (python.FS.isDir(python.FS.stat(path).mode)) visit(path);
      else files.set(path.replace("/numpy/", `${SITE_PACKAGES}/`), python.FS.readFile(path));
    }
  };
  visit("/numpy");
  return files;
}

/** Memory before Python has started, which every instance makes by itself. */
async function freshMemory(libraries, env) {
  let memory;
  const captured = new Error("captured");
  const createPyodideModule = async (settings) => {
    const module = await core(withLibraries(settings, libraries));
    module.API.restoreSnapshot = () => {
      memory = module.HEAPU8.slice();
      throw captured;
    };
    return module;
  };
  await loadPyodide({ env, stdLibURL, createPyodideModule, _loadSnapshot: new Uint8Array(16) }).catch(
    (error) => {
      if (error !== captured) throw error;
    },
  );
  return memory;
}

const numpy = await unpackedNumpy();
const libraries = EAGER.map((name) => {
  const path = [...numpy.keys()].find((p) => p.startsWith(`${SITE_PACKAGES}/${name}.`));
  return [path, numpy.get(path)];
});

const python = await loadPyodide({
  stdLibURL,
  env: { HOME, PYTHONHASHSEED: "0" },
  createPyodideModule: (settings) => core(withLibraries(settings, libraries)),
  _makeSnapshot: true,
});
const { FS } = python;
for (const [path, content] of numpy) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  if (!libraries.some(([library]) => library === path)) FS.writeFile(path, content);
}
python.unpackArchive(bytes(join(archives, "adamwd.zip")), "zip", { extractDir: HOME });
python.runPython(readFileSync(warmUp, "utf8"));
const snapshot = python.makeMemorySnapshot();

// Pyodide's own header: magic number, where the memory begins, length of the JSON after 48 bytes.
const [, begin, length] = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 3);
const state = JSON.parse(new TextDecoder().decode(snapshot.subarray(48, 48 + length)));
const memory = snapshot.subarray(begin);

// Two that differ in everything that an instance may have otherwise: where they differ is kept too.
const fresh = await freshMemory(libraries, { HOME });
const other = await freshMemory(libraries, { HOME: "/elsewhere", LONG: "1".repeat(5000) });
if (fresh.length !== memory.length) {
  throw new Error(`memory has grown from ${fresh.length} to ${memory.length} bytes: import less`);
}
const same = (a, b, at) => Buffer.compare(a.subarray(at, at + PAGE), b.subarray(at, at + PAGE)) === 0;
const pages = [];
for (let at = 0; at < memory.length; at += PAGE) {
  if (!same(fresh, memory, at) || !same(fresh, other, at)) pages.push(at / PAGE);
}
const header = Buffer.from(
  JSON.stringify({
    build: python._module.API.config.BUILD_ID,
    state,
    length: memory.length,
    pages: pages.length,
    libraries: libraries.map(([path, content]) => ({ path, bytes: content.length })),
  }),
);
writeFileSync(
  output,
  Buffer.concat([
    Buffer.from(Uint32Array.of(header.length).buffer),
    header,
    Buffer.from(Uint32Array.from(pages).buffer),
    ...pages.map((page) => memory.subarray(page * PAGE, (page + 1) * PAGE)),
    ...libraries.map(([, content]) => content),
  ]),
);
