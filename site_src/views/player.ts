// Plays through the recorded steps: smoothly, or in a few jumps where the reader wants less motion.
const SECONDS = 6;
const JUMPS = 12;
const JUMP_MS = 500;

export class Player {
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param show shows a recorded step, given by its index */
  constructor(
    private readonly show: (index: number) => void,
    private readonly onEnd: () => void,
    private readonly calm: () => boolean = () => matchMedia("(prefers-reduced-motion: reduce)").matches,
  ) {}

  /** Plays from an index to the last; from the beginning where it stands at the end. */
  play(from: number, last: number): void {
    this.stop();
    const first = from >= last ? 0 : from;
    if (this.calm()) this.#jump(first, last);
    else this.#run(first, last);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #run(first: number, last: number): void {
    const began = performance.now();
    const tick = (now: number) => {
      const index = Math.min(last, first + Math.round((Math.max(0, now - began) / 1000 / SECONDS) * last));
      this.show(index);
      if (index < last) this.#frame = requestAnimationFrame(tick);
      else this.onEnd();
    };
    this.#frame = requestAnimationFrame(tick);
  }

  #jump(index: number, last: number): void {
    this.show(index);
    if (index >= last) {
      this.onEnd();
      return;
    }
    const next = Math.min(last, index + Math.max(1, Math.ceil(last / JUMPS)));
    this.#timer = setTimeout(() => this.#jump(next, last), JUMP_MS);
  }
}
