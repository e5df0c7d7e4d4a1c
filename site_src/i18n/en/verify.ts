import type { verify as Verify } from "../zh/verify.js";

export const verify: typeof Verify = {
  intro:
    "Runs every recorded experiment again in your browser, compares each number with CPython's, and gives the error against the runs that the real libraries recorded.",
  start: (count) => `Run all ${count} experiments again`,
  stop: "Stop",
  progress: (done, total) => `${done} of ${total} done`,
  caption: "Result of each experiment",
  columns: {
    experiment: "experiment",
    library: "real library",
    differing: "numbers other than CPython's",
    error: "error against the real run",
    limit: "limit",
    verdict: "verdict",
  },
  of: (differing, numbers) => `${differing} of ${numbers}`,
  holds: "holds",
  fails: "does not hold",
  failed: (message) => `not checked: ${message}`,
  allSame: (numbers, exact, total) =>
    `All ${total} experiments hold, ${numbers} numbers were compared, and ${exact} experiments have the bits of CPython.`,
  some: (failed, total) =>
    `${failed} of ${total} experiments do not hold: see the rows that say “does not hold”.`,
  stopped: (done, total) => `Stopped after ${done} of ${total}.`,
  note: "Errors are relative to the largest value that a quantity takes in its trace; the reasons for the limits are in the table of tolerances on the page Reproduce. Logistic regression needs exp and tanh, whose last bit differs between C libraries.",
};
