import { controls } from "./en/controls.js";
import { inspector } from "./en/inspector.js";
import { leave } from "./en/leave.js";
import { ownCode } from "./en/own_code.js";
import { sweep } from "./en/sweep.js";
import { verify } from "./en/verify.js";
import { views } from "./en/views.js";
import type { Messages } from "./zh.js";

export const en: Messages = {
  controls,
  views,
  inspector,
  sweep,
  ownCode,
  leave,
  verify,

  settings: "Settings",
  problems: {
    quadratic: "Ill-conditioned quadratic",
    rosenbrock: "Rosenbrock function",
    beale: "Beale function",
    noisy_quadratic: "Quadratic with gradient noise",
    logistic_regression: "Logistic regression",
    constant_gradient: "Constant gradient",
  },
  steps: "Steps",
  stop: "Stop",
  retry: "Retry",
  status: {
    download: "Downloading Python…",
    start: "Downloaded. Starting Python and NumPy…",
    run: "Running both optimizers…",
    stopped: "Stopped.",
    failed: "The run failed.",
  },
  sentence: (parts) => `${parts.join("; ")}.`,
  progress: "Download progress",
  bytes: (done, total) => `${done} of ${total} MB`,
  needNumber: "Enter a finite decimal number, such as 0.001.",
  failure: {
    missing: (file, status) => `The server has no ${file} (HTTP ${status}), so Python cannot start.`,
    corrupt: (file) =>
      `${file} arrived incomplete or damaged (its checksum is wrong), so Python was not started.`,
    network: (file) => `The connection broke while ${file} was downloading: check the network and retry.`,
    stalled: (file, seconds) =>
      `No data of ${file} has arrived for ${seconds} seconds: check the network and retry.`,
    memory:
      "Memory ran out and Python was stopped. Ask for less, such as fewer steps, and retry: Python starts anew.",
    python: (message) => `Python reports: ${message}`,
    worker: (message) => `The background thread failed: ${message}`,
    configuration: "The playground's configuration could not be read: reload the page to try again.",
  },
  stale: "The settings have changed; the charts still show the run before.",
  chart: {
    step: "step t",
  },
  amplification: {
    betas: { beta1: "First-moment decay rate β₁", beta2: "Second-moment decay rate β₂" },
    warmupSteps: "Warm-up steps",
    calculate: "Calculate",
    downloadHint: (size, compressed) =>
      `The first calculation downloads Python from this site: ${size} MB (about ${compressed} MB where the server compresses), once.`,
    readyHint: "Python is in memory: a calculation downloads nothing.",
    working: "Calculating…",
    done: "Done.",
    rejected: "A value was rejected: see its field.",
    failed: "The calculation failed.",
    recorded: (versions) =>
      `Drawn: measured, ${versions}, default betas, no warm-up, one update over the other. Calculate replaces it by the curve for the values above.`,
    noRecorded: "The recorded traces could not be read; calculate once to see curves.",
    live: "Drawn: the closed form, calculated by Python for",
    title: "Effective learning rate relative to the intended peak",
    axis: "effective learning rate / intended peak (log scale)",
    ratio: "amplification, without warm-up",
    peak: (value, step) => `The amplification is largest at step ${step}: ${value} times`,
    effectivePeak: (value, step) =>
      `with warm-up the effective learning rate is highest at step ${step}: ${value} times the intended peak`,
    hidden: (percent) => `the warm-up hides ${percent}% of what the amplification adds`,
    notHidden: "the amplification never exceeds 1, so there is nothing for the warm-up to hide",
  },
};
