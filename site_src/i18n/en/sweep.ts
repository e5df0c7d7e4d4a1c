import type { sweep as zh } from "../zh/sweep.js";

export const sweep: typeof zh = {
  intro:
    "Dozens of values of two hyper-parameters, every pair of them run in one batch, and a colour for what the last step comes to; all other settings stay. Click a cell to load its setting.",
  x: "Across",
  y: "Up",
  sides: "Change",
  both: "both sides",
  quantity: "Colour",
  quantities: {
    distance: (left, right) => `distance of ${left} and ${right}`,
    "loss.left": (left) => `loss of ${left}`,
    "loss.right": (_, right) => `loss of ${right}`,
    "loss.ratio": (left, right) => `loss ratio ${right} / ${left}`,
  },
  run: "Sweep",
  running: "Computing…",
  at: (x, xValue, y, yValue, quantity, value) => `${x} = ${xValue}, ${y} = ${yValue}: ${quantity} ${value}`,
  pick: "Load this setting",
  picked: (x, y) => `Loaded ${x}, ${y}`,
  title: (quantity, x, y, steps, size) =>
    `After ${steps} ${steps === 1 ? "step" : "steps"}: ${quantity}, over ${x} and ${y} (${size} settings)`,
  range: (quantity, least, leastAt, most, mostAt) =>
    `Least ${quantity}: ${least} at ${leastAt}; most: ${most} at ${mostAt}. The frame is the cell that you look at; a circle is the present setting, where both sides share it.`,
  place: (x, y) => `${x}, ${y}`,
  broken: (count, total) => `The ${count} hatched cells of ${total} are NaN or infinite.`,
  caption: "Numbers of the map, at some rows and columns",
  ofBuiltIn: "The map is of the built-in objective and update rules, not of your code.",
};
