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
  problem: "Objective",
  problems: {
    quadratic: "Ill-conditioned quadratic",
    rosenbrock: "Rosenbrock function",
    beale: "Beale function",
    noisy_quadratic: "Quadratic with gradient noise",
    logistic_regression: "Logistic regression",
    constant_gradient: "Constant gradient",
  },
  options: {
    start: "Start",
    condition_number: "Condition number κ",
    noise: "Gradient noise, standard deviation σ",
  },
  component: (index) => `component ${index}`,
  steps: "Steps",
  stepsOf: (steps) => `, ${steps} ${steps === 1 ? "step" : "steps"}`,
  seed: "Seed",
  run: "Run",
  stop: "Stop",
  retry: "Retry",
  defaults: "Framework defaults",
  match: "Give AdamWeightDecay the same values",
  matchHint:
    "Give AdamWeightDecay the same values: copies AdamW's learning rate, decay rates, eps and weight decay to AdamWeightDecay; what still differs is the update rule itself.",
  downloadHint: (size, compressed) =>
    `Run: the first run downloads Python from this site: ${size} MB (about ${compressed} MB where the server compresses), once.`,
  readyHint: "Run: Python is in memory, so nothing is downloaded.",
  status: {
    prepare: "Preparing…",
    download: "Downloading Python…",
    start: "Downloaded. Starting Python and NumPy…",
    run: "Running both optimizers…",
    done: (seconds) => `Done in ${seconds} s.`,
    stopped: "Stopped.",
    rejected: "A value was refused: see the marked field.",
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
    recorded: "The recorded traces could not be read; run once to see curves.",
    configuration: "The playground's configuration could not be read: reload the page to try again.",
  },
  recorded: (versions, date) =>
    `Drawn: recorded runs of the real libraries, ${versions}, recorded on ${date}. Run replaces them by the NumPy reference in your browser.`,
  live: (version) => `Drawn: the NumPy reference, run just now in your browser (NumPy ${version}, Pyodide).`,
  stale: "The settings have changed; the charts still show the run before.",
  with: "Drawn with: ",
  chart: {
    loss: (problem) => `Loss against step: ${problem}`,
    trajectory: (problem) => `Trajectories in the parameter plane: ${problem}`,
    distance: (problem) => `Distance between the two trajectories: ${problem}`,
    step: "step t",
    lossAxis: "loss (log scale)",
    lossAxisLinear: "loss",
    distanceAxis: "Euclidean distance of the parameters (log scale)",
    start: "start",
    minimum: "minimum",
    contours: "grey lines are contours of the loss, a factor of 3.2 apart (the square root of 10)",
    lossSummary: (label, first, last, step) => `${label}: loss from ${first} to ${last} at step ${step}`,
    positionSummary: (label, position) => `${label} ends at ${position}`,
    distanceSummary: (last, step, largest) => `${last} apart at step ${step}, at most ${largest}`,
    diverged: (label, step) =>
      `${label} diverged at step ${step} (a value is not finite); nothing is drawn from there on.`,
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
