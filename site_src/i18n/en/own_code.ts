import type { ownCode as zh } from "../zh/own_code.js";

export const ownCode: typeof zh = {
  intro:
    "The code runs in your browser, on a thread of its own, and is sent nowhere; an endless loop can be stopped. It runs when you press “Run this code” or Ctrl+Enter (⌘+Enter on a Mac), and not before.",
  tabs: "Which code",
  loss: "Loss function",
  rule: (label) => `Update rule of ${label}`,
  own: "yours",
  builtInLoss: "The objective chosen above is in use.",
  builtInRule: "The built-in update rule is in use; it is the framework's.",
  beginLoss: "Write your own loss",
  beginRule: "Change a copy of the rule",
  loading: "Python is getting ready…",
  lossHint:
    "Define loss(w), where w is a one-dimensional float64 array, and gradient(w) if you like: without it, central differences are taken. NumPy is there as np.",
  ruleHint:
    "Return the new w, m and v. This is the built-in rule, written to be read; change it, run it, and you are told from which step on it no longer matches the framework. NumPy is there as np.",
  start: "Start, separated by commas",
  startMistake: "Enter 1 to 16 finite decimal numbers, such as 0.5, -1.",
  removeLoss: "Back to the built-in objective",
  removeRule: "Back to the built-in rule",
  run: "Run this code",
  pending: "There are changes that have not been run.",
  error: (name, message) => `${name}: ${message}`,
  errorAt: (name, line, message) => `${name}, line ${line}: ${message}`,
  traceback: "Traceback",
  output: "What it printed:",
  matches: (label, largest) =>
    `Matches ${label}: each step is within ${largest} units in the last place (ULP), which is rounding.`,
  differs: (label, step, largest) =>
    `This rule no longer matches ${label}: from step ${step} on, by up to ${largest} units in the last place (ULP), more than rounding.`,
};
