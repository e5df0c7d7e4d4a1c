// A slider gives more events than Python can answer: one call is under way, and only the newest waits.

/** Calls one after another, leaving out those that something newer has overtaken. */
export class Newest<Request, Reply> {
  #waiting: { request: Request; settle: (reply: Promise<Reply> | null) => void } | null = null;
  #running = false;

  /** @param task answers one request at a time */
  constructor(private readonly task: (request: Request) => Promise<Reply>) {}

  /**
   * Asks for an answer.
   *
   * @returns null where a newer request came before this one's turn
   */
  ask(request: Request): Promise<Reply | null> {
    this.#waiting?.settle(null);
    const answer = new Promise<Reply | null>((settle) => {
      this.#waiting = { request, settle };
    });
    void this.#work();
    return answer;
  }

  /** Takes back the request that waits. */
  clear(): void {
    this.#waiting?.settle(null);
    this.#waiting = null;
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting) {
      const { request, settle } = this.#waiting;
      this.#waiting = null;
      const reply = this.task(request);
      settle(reply);
      // Whoever asked is told of a failure; here it only makes room for the next request.
      await reply.catch(() => {});
    }
    this.#running = false;
  }
}
