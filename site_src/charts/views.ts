// The charts of two runs: which columns each shows, and how it names them.
import { type Curve, type Curves, type Position, POSITIONS } from "../trace/curves.js";
import type { Frame } from "./chart.js";
import type { Identity } from "./identity.js";
import { type Line, linesChart, type Point, type ScaledChart } from "./lines.js";

export const STEP_VIEWS = [
  "loss",
  "distance",
  "step_size",
  "ratio",
  "first_moment",
  "second_moment",
  "update",
] as const;
export type StepView = (typeof STEP_VIEWS)[number];
export type ViewName = StepView | "trajectories";

/** What a view is drawn with. */
export interface Drawing {
  curves: Curves;
  identities: Record<Position, Identity>;
  /** Which of the parameters' components the moments and updates are of. */
  component: number;
  log: boolean;
  /** Points a line has at most. */
  most: number;
}

export interface AxisLabels {
  step: string;
  linear: string;
  logarithmic: string;
  /** The name of the closed form. */
  closedForm: string;
}

const COLUMNS: Partial<Record<StepView, keyof Curve>> = {
  loss: "loss",
  step_size: "stepSize",
  first_moment: "firstMoment",
  second_moment: "secondMoment",
  update: "update",
};
/** These have a row for each step, of as many numbers as there are components. */
const OF_COMPONENTS: readonly StepView[] = ["first_moment", "second_moment", "update"];
const LOGARITHMIC: readonly StepView[] = ["distance", "step_size", "ratio", "second_moment"];

/** Whether a view shows one component of the parameters. */
export function isOfComponent(view: ViewName): boolean {
  return (OF_COMPONENTS as readonly string[]).includes(view);
}

/** The values of one side over the recorded steps, or null where they were not recorded. */
export function valuesOf(
  view: StepView,
  position: Position,
  { curves, component }: Drawing,
): Float64Array | null {
  const column = curves[position][COLUMNS[view] as keyof Curve] ?? null;
  if (!column || column.length === 0 || !isOfComponent(view)) return column;
  const width = curves.names.length;
  const value = (row: number) => column[row * width + component] as number;
  // Step 0 is the start, to which no step has led.
  return Float64Array.from(curves.steps, (step, row) =>
    view === "update" && step === 0 ? Number.NaN : value(row),
  );
}

/** How much larger the right side's steps are. */
export function ratioOf(right: Float64Array | null, left: Float64Array | null): Float64Array | null {
  if (!right || !left) return null;
  return right.map((value, index) => value / (left[index] as number));
}

/** Whether a view has anything to show. */
export function isAvailable(view: ViewName, drawing: Drawing): boolean {
  const { curves } = drawing;
  if (view === "trajectories") return curves.names.length === 2;
  if (view === "distance") return true;
  if (view === "ratio") return curves.left.stepSize !== null && curves.right.stepSize !== null;
  return POSITIONS.every((position) => valuesOf(view, position, drawing) !== null);
}

function pointsOf(steps: Float64Array, values: Float64Array): Point[] {
  return Array.from(steps, (x, index) => ({ x, y: values[index] as number }));
}

const NEUTRAL = { color: "currentColor", dash: "none", symbol: null } as const;

function linesOf(view: StepView, drawing: Drawing, labels: AxisLabels): Line[] {
  const { curves, identities } = drawing;
  const { steps, left, right } = curves;
  const closed = (values: Float64Array | null, label: string): Line[] =>
    values ? [{ ...NEUTRAL, dash: "1.5 3", points: pointsOf(steps, values), label }] : [];
  if (view === "distance") {
    return [{ ...NEUTRAL, points: pointsOf(steps, curves.distance), label: "" }];
  }
  if (view === "ratio") {
    const measured = ratioOf(right.stepSize, left.stepSize);
    return [
      ...closed(ratioOf(right.closedForm, left.closedForm), labels.closedForm),
      ...(measured ? [{ ...NEUTRAL, points: pointsOf(steps, measured), label: "" }] : []),
    ];
  }
  const pair = POSITIONS.flatMap((position) => {
    const values = valuesOf(view, position, drawing);
    return values ? [{ ...identities[position], points: pointsOf(steps, values) }] : [];
  });
  if (view !== "step_size") return pair;
  const form = (position: Position, label: string) =>
    closed(curves[position].closedForm, label).map((line) => ({
      ...line,
      color: identities[position].color,
    }));
  return [...form("left", ""), ...form("right", ""), ...pair];
}

/** The chart of a view over the steps. */
export function stepChart(view: StepView, drawing: Drawing, labels: AxisLabels, frame: Frame): ScaledChart {
  const log = view === "loss" ? drawing.log : LOGARITHMIC.includes(view);
  return linesChart(
    linesOf(view, drawing, labels),
    {
      step: labels.step,
      linear: labels.linear,
      logarithmic: labels.logarithmic,
      log,
      most: drawing.most,
      ...(view === "ratio" ? { level: 1 } : {}),
    },
    frame,
  );
}
