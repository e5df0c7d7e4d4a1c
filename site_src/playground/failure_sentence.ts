import type { Messages } from "../i18n/messages.js";
import type { Failure } from "../worker/protocol.js";

/** One sentence, in the reader's language, for what went wrong. */
export function failureSentence(failure: Failure, { failure: sentences }: Messages): string {
  switch (failure.kind) {
    case "missing":
      return sentences.missing(failure.file, failure.status);
    case "corrupt":
      return sentences.corrupt(failure.file);
    case "network":
      return sentences.network(failure.file);
    case "stalled":
      return sentences.stalled(failure.file, failure.seconds);
    case "memory":
      return sentences.memory;
    case "python":
      return sentences.python(failure.message);
    case "worker":
      return sentences.worker(failure.message);
  }
}
