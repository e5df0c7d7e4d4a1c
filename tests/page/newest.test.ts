import { describe, expect, it } from "vitest";
import { Newest } from "../../site_src/playground/newest.js";

/** A task whose answers come when the test says so. */
function slow() {
  const asked: number[] = [];
  const settle: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const newest = new Newest((request: number) => {
    asked.push(request);
    return new Promise<string>((resolve, reject) => settle.push({ resolve, reject }));
  });
  return { newest, asked, settle };
}

describe("Newest", () => {
  it("has one call under way, and lets only the newest wait", async () => {
    const { newest, asked, settle } = slow();
    const answers = [1, 2, 3, 4].map((request) => newest.ask(request));
    expect(asked).toEqual([1]);
    expect(await Promise.all(answers.slice(1, 3))).toEqual([null, null]);
    settle[0]?.resolve("one");
    expect(await answers[0]).toBe("one");
    await Promise.resolve();
    expect(asked).toEqual([1, 4]);
    settle[1]?.resolve("four");
    expect(await answers[3]).toBe("four");
  });

  it("tells whoever asked of a failure, and goes on", async () => {
    const { newest, asked, settle } = slow();
    const first = newest.ask(1);
    const second = newest.ask(2);
    settle[0]?.reject(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await Promise.resolve();
    expect(asked).toEqual([1, 2]);
    settle[1]?.resolve("two");
    expect(await second).toBe("two");
  });

  it("takes back what waits", async () => {
    const { newest, asked, settle } = slow();
    const first = newest.ask(1);
    const second = newest.ask(2);
    newest.clear();
    expect(await second).toBeNull();
    settle[0]?.resolve("one");
    await first;
    await Promise.resolve();
    expect(asked).toEqual([1]);
  });
});
