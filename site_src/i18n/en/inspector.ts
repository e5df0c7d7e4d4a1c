import type { inspector as Inspector } from "../zh/inspector.js";

export const inspector: typeof Inspector = {
  lines: {
    gradient: "gradient",
    learning_rate: "learning rate",
    decayed: "parameter after decay",
    first_moment: "first moment",
    second_moment: "second moment",
    first_moment_corrected: "corrected first moment",
    largest_second_moment: "largest second moment",
    second_moment_corrected: "corrected second moment",
    denominator: "denominator",
    update: "update",
    parameter: "new parameter",
  },
  component: "Component shown",
  step: (step, component) => `Step ${step}, ${component}`,
  none: "Step 0 is the start, before any update. Move the step slider to step 1 or later.",
  waiting: "Once Python is ready, both formulas stand here line by line, with their numbers.",
  stale: "The settings or the step have just changed; computing…",
  differs: "differs",
  own: "the other side has no such line",
  missing: "no such line",
  legend:
    "“differs” marks lines whose values are not the same on both sides; shaded terms are missing from the other side's formula. The values are the references', bit for bit, every rounding included.",
};
