/** Something that is done a while after it was last asked for. */
export class Delay {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly task: () => void,
  ) {}

  /** Asks for it, and puts off what was asked for before. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.task, this.milliseconds);
  }

  /** Takes it back. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
