// What the build and the browser must do in the same way, or a snapshot of the one is not memory of
// the other: NumPy's eager extension modules are loaded before Python starts, at a fixed place in the
// table of functions. site_src/worker/snapshot.ts is the browser's side of it.

export const SITE_PACKAGES = "/lib/python3.14/site-packages";
/** Above what engines with other features put into the table before this. */
export const TABLE_BASE = 16384;

/** Adds the loading of `libraries` ([path, bytes] each) to Emscripten's settings. */
export function withLibraries(settings, libraries) {
  settings.preRun.push((module) => {
    const table = module.wasmTable;
    if (table.length > TABLE_BASE) throw new Error(`the table has ${table.length} entries already`);
    table.grow(TABLE_BASE - table.length);
    module.addRunDependency("libraries");
    load(module, libraries).then(() => module.removeRunDependency("libraries"));
  });
  return settings;
}

async function load(module, libraries) {
  for (const [path, bytes] of libraries) {
    const flags = { loadAsync: true, global: false, nodelete: true, allowUndefined: true };
    const library = module.newDSO(path, undefined, "loading");
    library.refcount = Infinity;
    library.global = false;
    library.exports = await module.loadWebAssemblyModule(bytes, flags, path, {});
    // Python looks for the file; its content is loaded already.
    module.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    module.FS.writeFile(path, new Uint8Array(16));
  }
}
