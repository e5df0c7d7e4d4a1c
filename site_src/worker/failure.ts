import type { Failure, Outcome } from "./protocol.js";

/** An exception that says what the reader has to be told. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** The last line of a Python traceback, which names the exception; other messages as they are. */
function lastLine(message: string): string {
  return message.trimEnd().split("\n").at(-1) ?? message;
}

/** Turns what was thrown into a failure. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const said = lastLine(message);
  // Python out of memory, or WebAssembly itself.
  if (said.startsWith("MemoryError") || /out of memory|memory access out of bounds/i.test(said)) {
    return { kind: "memory" };
  }
  return name === "PythonError" ? { kind: "python", message: said } : { kind: "worker", message: said };
}

/** Runs a task and returns what came of it, never throwing. */
export async function outcome<T>(task: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
