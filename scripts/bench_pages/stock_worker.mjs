import { loadPyodide } from "./pyodide.mjs";

const python = await loadPyodide();
await python.loadPackage("numpy");
python.runPython("import numpy");
postMessage("ready");
