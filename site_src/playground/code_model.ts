// Code of the reader's own: what was typed, what may be run, and what Python says to it.
import type { Comparison } from "./comparison.js";
import { noCode } from "./defaults.js";
import { hasCode, type OwnCodeError, type Templates, type Verdict } from "./own_code_reply.js";
import type { OwnCode } from "./state.js";

export class CodeModel {
  /** Whether there is code that came by a link and was not run. */
  waiting = false;
  templates: Templates | null = null;

  constructor(private readonly comparison: Comparison) {}

  get code(): OwnCode {
    return this.comparison.state.code;
  }

  /** What Python said to the code that ran last. */
  get error(): OwnCodeError | null {
    const { outcome } = this.comparison;
    return outcome?.kind === "code" ? outcome.error : null;
  }

  get verdicts(): Record<"left" | "right", Verdict | null> | null {
    const { outcome } = this.comparison;
    return outcome?.kind === "drawn" ? outcome.verdicts : null;
  }

  /** What the code printed when it ran last. */
  get output(): string {
    const { outcome } = this.comparison;
    return outcome?.kind === "drawn" || outcome?.kind === "code" ? outcome.output : "";
  }

  /** Whether the present code is not the one that runs. */
  get pending(): boolean {
    return JSON.stringify(this.code) !== JSON.stringify(this.comparison.permitted) && hasCode(this.code);
  }

  /** Holds code back that came by a link. */
  hold(): void {
    this.comparison.permitted = noCode();
    this.waiting = hasCode(this.code);
  }

  /** Takes code as it is typed. It is not run before the reader says so; without code nothing waits. */
  edit(code: OwnCode): void {
    const { comparison } = this;
    const gone = hasCode(comparison.permitted) && !hasCode(code);
    if (!hasCode(code)) this.waiting = false;
    comparison.replaceCode(code);
    if (gone) void this.run();
  }

  /** Runs the code: the one place where it is allowed to. */
  async run(): Promise<void> {
    this.waiting = false;
    this.comparison.permitted = structuredClone(this.code);
    this.comparison.onChange();
    await this.comparison.compute();
  }

  /** Asks for the built-in rules as code, once. */
  async loadTemplates(): Promise<void> {
    if (this.templates) return;
    const answer = await this.comparison.python.call("own_code_templates", {});
    if (!answer) return;
    this.templates = JSON.parse(answer.json) as Templates;
    this.comparison.onChange();
  }
}
