// The module worker: Python in its own thread. It knows nothing of the page beyond protocol.ts.
import { expose } from "comlink";
import type { PyodideInterface } from "pyodide";
import { download } from "./download.js";
import { outcome } from "./failure.js";
import type { PythonWorker } from "./protocol.js";
import { callPlayground, startPython } from "./python.js";

let python: PyodideInterface | undefined;

const worker: PythonWorker = {
  start: (root, manifest, content, onProgress) =>
    outcome(async () => {
      const report = (bytes: number) => onProgress({ phase: "download", bytes, total: manifest.bytes });
      const bytes = content ?? (await download(manifest, root, report));
      onProgress({ phase: "start" });
      python = await startPython(bytes);
      return content ? null : bytes;
    }),
  call: (name, request) =>
    outcome(async () => {
      if (!python) throw new Error("Python was not started");
      return callPlayground(python, name, request);
    }),
};

expose(worker);
