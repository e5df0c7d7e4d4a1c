/**
 * Runs a task in which instantiating WebAssembly from a stream takes this module instead.
 *
 * Pyodide compiles its own file again for every worker; it is the same file, compiled already.
 */
export async function withCompiled<T>(module: WebAssembly.Module, task: () => Promise<T>): Promise<T> {
  const real = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (_source, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  try {
    return await task();
  } finally {
    WebAssembly.instantiateStreaming = real;
  }
}
