import type { views as Views } from "../zh/views.js";

export const views: typeof Views = {
  algorithms: {
    "torch.optim.AdamW": "AdamW",
    "mindspore.nn.AdamWeightDecay": "AdamWeightDecay",
    "mindspore.experimental.optim.AdamW": "experimental AdamW",
  },
  onSide: (name, position) => `${name} (${position})`,

  names: {
    loss: "Loss",
    trajectories: "Trajectories in the parameter plane",
    distance: "Distance of the two trajectories",
    step_size: "Step size",
    ratio: "Ratio of the step sizes",
    first_moment: "First moment m",
    second_moment: "Second moment v",
    update: "Update",
  },
  axes: {
    loss: "loss",
    distance: "Euclidean distance of the parameters",
    step_size: "root mean square of the update",
    ratio: "right / left",
    first_moment: "m",
    second_moment: "v",
    update: "change of w",
  },
  logarithmic: (axis) => `${axis} (log scale)`,
  step: "step t",
  closedForm: "closed form",
  minimum: "minimum",
  contours: "Grey lines are contours of the loss, a factor of 3.2 apart (the square root of 10).",

  titles: {
    loss: (left, leftLoss, right, rightLoss, step) =>
      `Loss at step ${step}: ${left} ${leftLoss}, ${right} ${rightLoss}`,
    trajectories: (left, right) => `The ways of ${left} and ${right}`,
    distance: (largest, step) => `The trajectories are at most ${largest} apart (step ${step})`,
    together: "The trajectories coincide at every step",
    step_size: (left, right) => `How far ${left} and ${right} go at each step`,
    ratio: (right, left, largest, step) =>
      `The steps of ${right} are up to ${largest} times those of ${left} (step ${step})`,
    component: (name, component) => `${name}: ${component}`,
  },
  summaries: {
    line: (label, first, last, step) => `${label}: from ${first} to ${last} at step ${step}`,
    end: (label, position) => `${label} ends at ${position}`,
    closedForm: "Dotted: the closed form for a constant gradient, a negligible eps and no decay.",
    broken: (label, step) =>
      `${label} has a NaN or an infinity at step ${step}; it is drawn up to there, where a × stands.`,
    same: "Both sides have the same bits at every step.",
  },
  sentence: (parts) => `${parts.join("; ")}.`,

  scrubber: "Step shown",
  scrubberText: (step, values) => `Step ${step}: ${values}`,
  value: (label, value) => `${label} loss ${value}`,
  play: "Play",
  pause: "Pause",
  scale: "Axis of the loss",
  log: "log",
  linear: "linear",
  component: "Component shown",
  start: (x, y) => `Start (${x}, ${y}): drag it, or move it with the arrow keys`,
  startMoved: (x, y) => `Start moved to (${x}, ${y})`,

  data: "Data table and downloads",
  caption: (name) => `${name}, at selected steps`,
  tableStep: "step",
  position: (label) => `position of ${label}`,
  download: (format) => `Download ${format}`,
  downloaded: (name) => `${name} was downloaded`,
  downloadFailed: "This browser could not draw the picture: take the SVG instead.",
  drawnFrom: {
    recorded: (versions, date) => `recorded runs of the real libraries: ${versions}, ${date}`,
    live: "NumPy reference, run in the browser",
  },
};
