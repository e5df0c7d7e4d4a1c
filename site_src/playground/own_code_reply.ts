// What Python says to code of the reader's own.
import type { Code } from "../own_code/code.js";

export type {
  CodeError as OwnCodeError,
  CodeTemplates as Templates,
  RuleVerdict as Verdict,
} from "../own_code/code.js";

/** Whether there is any code. */
export function hasCode({ loss, rules }: Code): boolean {
  return loss !== null || rules.left !== null || rules.right !== null;
}
