// The curve: as Python answers it, and as the recorded updates of the real libraries give it.
import type { TraceJson } from "../trace/types.js";

export interface Peak {
  step: number;
  value: number;
}

/** What `adamwd.playground.amplification` answers. */
export interface Curve {
  steps: number[];
  /** The step of AdamWeightDecay over that of AdamW. */
  amplification: number[];
  /** The factor of the warm-up. */
  warmup: number[];
  /** The effective learning rate, 1 being the peak that was asked for. */
  effective: number[];
  peak: Peak;
  effective_peak: Peak;
  /** The part of the amplification's excess over 1 that the warm-up takes away. */
  hidden: number | null;
}

export interface Refusal {
  field: string | null;
  message: string;
}

export type Answer = Curve | { error: Refusal };

/** Recorded runs of both optimizers under the same settings, with their updates. */
export type Recording = Record<"adamw" | "adam_weight_decay", TraceJson>;

/** A curve that was measured rather than calculated. */
export interface Measured {
  curve: Curve;
  /** Libraries with their versions. */
  versions: string[];
}

function updates(trace: TraceJson): Map<number, number> {
  const vectors = Object.values(trace.update)[0] ?? [];
  return new Map(trace.steps.map((step, index) => [step, Number((vectors[index] as number[])[0])]));
}

/**
 * Divides the updates that were recorded, step by step. There is no warm-up in these runs.
 *
 * @throws Error where the recordings have no step in common
 */
export function measured(recordings: readonly Recording[]): Measured {
  const ratios = new Map<number, number>();
  for (const { adamw, adam_weight_decay } of recordings) {
    const ours = updates(adamw);
    for (const [step, update] of updates(adam_weight_decay)) {
      const other = ours.get(step);
      if (step > 0 && other) ratios.set(step, update / other);
    }
  }
  const points = [...ratios].sort(([a], [b]) => a - b);
  const [step, value] = points.reduce((best, point) => (point[1] > best[1] ? point : best));
  const first = recordings[0] as Recording;
  return {
    curve: {
      steps: points.map(([s]) => s),
      amplification: points.map(([, ratio]) => ratio),
      warmup: points.map(() => 1),
      effective: points.map(([, ratio]) => ratio),
      peak: { step, value },
      effective_peak: { step, value },
      hidden: null,
    },
    versions: [first.adamw, first.adam_weight_decay].map(
      ({ provenance }) => `${provenance.library} ${provenance.library_version}`,
    ),
  };
}
