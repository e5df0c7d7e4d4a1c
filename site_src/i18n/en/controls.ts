// The interface in English: controls.
import type { controls as zh } from "../zh/controls.js";

export const controls: typeof zh = {
  presets: "Start from a story",
  presetTexts: {
    defaults: {
      name: "Defaults against defaults",
      sentence:
        "Both sides at their framework's defaults. Learning rate and betas agree, but AdamWeightDecay has no bias correction, and other defaults for eps and weight decay: the two part at once, and AdamWeightDecay is much the faster.",
      page: "Defaults",
    },
    "bias-correction": {
      name: "Bias correction alone",
      sentence:
        "Equal hyper-parameters, a constant gradient, no decay: bias correction is all that differs. AdamW takes equal steps; those of AdamWeightDecay are larger from the start, and still larger when this run ends.",
      page: "No bias correction",
    },
    reversal: {
      name: "The reversal",
      sentence:
        "With betas of (0.9, 0.95) the first steps of AdamWeightDecay are the shorter ones; only later are they a little longer than those of AdamW.",
      page: "Other betas may turn it round",
    },
    "eps-floor": {
      name: "eps as a floor",
      sentence:
        "One component has a large gradient, the other a tiny one; the rest are defaults. AdamW gives both nearly the same step; the eps of AdamWeightDecay is as large as the tiny gradient, and that component takes shorter steps.",
      page: "Where eps is added",
    },
    "decay-alone": {
      name: "Decay alone",
      sentence:
        "With a gradient of zero only weight decay is left. It is decoupled on both sides and shrinks the parameters alike; they differ by rounding only.",
      page: "The same: decoupled weight decay",
    },
    "name-filter": {
      name: "The name filter",
      sentence:
        "Decay alone once more, but the second parameter is called norm.gamma: AdamWeightDecay does not decay what has gamma in its name, so it stays where it is. AdamW does not look at names.",
      page: "The name filter",
    },
    warmup: {
      name: "Warm-up hides it",
      sentence:
        "A warm-up of the learning rate holds the amplified first steps down, and the peak is gone. The ratio of the steps is what it was: the two still part, only later.",
      page: "What warm-up hides, and what not",
    },
    "float32-decay": {
      name: "The vanishing float32 decay",
      sentence:
        "AdamW on both sides, with a tiny weight decay on the left and none on the right, and yet the same bits: lr × weight_decay is so small that 1 − lr × weight_decay rounds to 1 in float32.",
      page: "Tiny decay vanishes",
    },
    overflow: {
      name: "Overflow",
      sentence:
        "One gradient is so large that its square exceeds float32: that parameter of AdamWeightDecay becomes NaN. AdamW multiplies by 1 − β₂ before it squares, and goes on as usual.",
      page: "Huge gradients",
    },
  },
  more: (page) => `More: ${page}`,

  settings: "Settings",
  problem: "Objective",
  formula: "Formula",
  ofBoth: "Both sides",
  side: { left: "Left", right: "Right" },
  sideOf: (side, label) => `${side}: ${label}`,
  algorithm: { left: "Algorithm on the left", right: "Algorithm on the right" },
  slider: (label) => `${label}, slider`,
  complement: (value, complement) => `${value}, 1 − β = ${complement}`,
  options: {
    start: "Start",
    condition_number: "Condition number κ",
    noise: "Noise, std. deviation σ",
    gradient: "Gradient",
    names: "Name",
  },
  component: (name, index) => `${name}, component ${index}`,
  steps: "Steps",
  seed: "Seed",
  schedule: "Learning-rate schedule",
  schedules: {
    constant: "Constant",
    warmup: "Linear warm-up",
    cosine: "Warm-up, then cosine",
    list: "List, one per step",
  },
  scheduleFields: {
    warmup_steps: "Warm-up steps",
    minimum_ratio: "Lowest ratio",
    values: "Learning rate of each step",
  },
  listHint: "One number a step, separated by commas, spaces or lines; at least as many as there are steps.",
  links: "Left and right",
  defaults: "Framework defaults",
  defaultsHint: "Puts both sides back to their framework's defaults",
  copy: "Copy left to right",
  copyHint: "Gives the right side the algorithm and the hyper-parameters of the left one",
  match: "Match hyper-parameters",
  matchHint:
    "The right side keeps its algorithm and takes the left one's values, under its own names: betas become beta1 and beta2, for instance",
  matched: "Hyper-parameters match",

  mistakes: {
    number: "Enter a finite decimal number, such as 0.001.",
    integer: "Enter a whole number, such as 500.",
    list: "Enter finite decimal numbers, such as 0.001, 0.002.",
    empty: "This cannot be empty.",
  },

  run: "Run",
  stop: "Stop",
  runHint: (size, compressed) =>
    `The first run downloads Python from this site: ${size} MB (about ${compressed} MB where the server compresses), once.`,
  readyHint: "Python is ready: any change recomputes at once.",
  recorded: (versions, date) => `Recorded runs of the real libraries: ${versions}, ${date}.`,
  live: "Computed just now in your browser by the NumPy reference.",
  stale: "The settings have changed; the charts still show:",
  problemRun: (problem, steps) => `${problem}, ${steps} ${steps === 1 ? "step" : "steps"}`,
  noCurves: "There are no curves to draw yet: press Run to compute them.",
  summary: (left, leftLoss, right, rightLoss, distance, step) =>
    `Step ${step}: loss ${leftLoss} for ${left}, ${rightLoss} for ${right}, ${distance} apart.`,

  ignored: (parts) => `Parts of this link could not be used and were replaced by defaults: ${parts}.`,
  ignoredAll: "This link could not be read; these are the default settings.",
  waiting: "This link carries code, which has not been run. Look at it before you decide to run it.",
  lookAtCode: "Look at the code",
  dismiss: "Dismiss",
  noTracesOfCode: "There are no full traces of code of your own.",

  panels: {
    inspector: "Inspect this step line by line",
    sweep: "Sweep two hyper-parameters",
    code: "Use your own code",
    leave: "Take it with you: code, link, data",
    verify: "Check it yourself",
  },
  panelHints: {
    inspector: "both formulas, with the numbers put in",
    sweep: "a heat map; click to load a setting",
    code: "your loss, or a changed update rule",
    leave: "PyTorch, MindSpore and NumPy",
    verify: "run all recordings again, here",
  },
  loading: "Loading…",
  panelFailed: "This part could not be loaded.",
  inspectorOfRule: "This inspects the built-in update rule, not your changed code.",

  figure: {
    open: "Open in the playground",
    missing: "The settings of this figure were not found.",
  },
};
