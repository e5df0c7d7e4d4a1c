// What the panels ask of Python beside the curves. Each fails with a sentence for the reader.
import type { Swept } from "../sweep/element.js";
import type { Position } from "../trace/curves.js";
import type { TraceJson } from "../trace/types.js";
import type { Answer, CallName } from "../worker/protocol.js";
import type { Comparison } from "./comparison.js";
import type { Recording } from "./load.js";
import { hasCode } from "./own_code_reply.js";
import { isRefused, type Refusals, type RunReply } from "./reply.js";

/** A question that has no answer; the message is for the reader. */
export class QuestionError extends Error {}

// Arrow functions, since the panels are given them as values.
export class Questions {
  constructor(private readonly comparison: Comparison) {}

  async #ask<T extends object>(name: CallName, request: unknown): Promise<{ reply: T; answer: Answer }> {
    const { python } = this.comparison;
    const answer = await python.call(name, request);
    if (!answer) throw new QuestionError(python.failure || python.status);
    const reply = JSON.parse(answer.json) as T | Refusals;
    if (isRefused(reply)) throw new QuestionError(reply.error.message);
    return { reply, answer };
  }

  /** A quantity over a grid of two hyper-parameters. */
  readonly sweep = async (request: Record<string, unknown>): Promise<Swept> => {
    const { specs } = this.comparison;
    const { reply, answer } = await this.#ask<Pick<Swept, "shape">>("sweep", { specs, ...request });
    return { shape: reply.shape, z: answer.numbers ?? new Float64Array() };
  };

  /** A complete script for the present settings, or why there is none. */
  readonly sourceCode = async (framework: string): Promise<object> => {
    const { specs } = this.comparison;
    return (await this.#ask<object>("source_code", { specs, framework })).reply;
  };

  /** The traces of what is on show. */
  readonly traces = async (): Promise<Record<Position, TraceJson>> => {
    const { runs, state, specs, permitted, ground } = this.comparison;
    if (runs.recorded && runs.shown === state) return runs.recorded;
    if (hasCode(permitted)) throw new QuestionError(ground.messages.controls.noTracesOfCode);
    return (await this.#ask<RunReply>("run", { specs })).reply.traces;
  };

  /** Runs a recorded experiment here and compares it with what was recorded. */
  readonly verify = async (recording: Recording): Promise<object> => {
    const { library } = this.comparison.ground;
    const [recorded, reference] = await Promise.all([
      library.trace(recording),
      library.trace({ ...recording, backend: "numpy" }),
    ]);
    const request = { spec: recorded.spec, recorded, reference };
    return (await this.#ask<object>("verification", request)).reply;
  };
}
