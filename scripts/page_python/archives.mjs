// Makes the page's archives with Pyodide's own Python, under Node.
// node archives.mjs PYODIDE_FOLDER NUMPY_WHEEL ADAMWD_ZIP WARM_UP OUTPUT
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, wheel, adamwd, warmUp, output] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);

const bytes = (path) => new Uint8Array(readFileSync(path));
// Without column numbers the bytecode is a quarter smaller; line numbers stay.
const python = await loadPyodide({ env: { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" } });
const { FS } = python;
for (const folder of ["/in", "/out"]) FS.mkdirTree(folder);
python.unpackArchive(bytes(wheel), "wheel", { extractDir: "/lib/python3.14/site-packages" });
python.unpackArchive(bytes(adamwd), "zip", { extractDir: "/in" });
FS.writeFile("/in/adamwd.zip", bytes(adamwd));
FS.writeFile("/in/warm_up.py", readFileSync(warmUp, "utf8"));
python.runPython(readFileSync(new URL("compile.py", import.meta.url), "utf8"));
for (const name of ["python_stdlib.zip", "numpy.whl", "adamwd.zip"]) {
  writeFileSync(join(output, name), FS.readFile(`/out/${name}`));
}
