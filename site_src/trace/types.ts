// The page's side of `adamwd.spec` and `adamwd.trace`: the same JSON, schema 1.

/** JSON has no such numbers, so traces write them as strings. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** An array of any number of dimensions, as JSON. */
export type JsonArray = JsonNumber | JsonArray[];

/** The two optimizers, under the labels that experiments and the playground use. */
export type Side = "adamw" | "adam_weight_decay";

/** A hyper-parameter or a problem's option: a number, a flag, a name or a vector. */
export type Value = number | boolean | string | number[] | string[];

export interface SpecJson {
  schema: 1;
  problem: string;
  problem_options: Record<string, Value>;
  optimizer: string;
  hyperparameters: Record<string, Value>;
  groups: Record<string, unknown>[];
  steps: number;
  seed: number;
  dtype: string;
  record: string[];
  record_every: number;
  /** The learning rate over the steps; missing where it is constant. */
  schedule?: Record<string, unknown>;
}

export interface ProvenanceJson {
  library: string;
  library_version: string;
  adamwd_version: string;
  date: string;
  [key: string]: string;
}

export interface TraceJson {
  schema: 1;
  spec: SpecJson;
  backend: string;
  steps: number[];
  loss: JsonNumber[];
  parameters: Record<string, JsonArray[]>;
  first_moment: Record<string, JsonArray[]>;
  second_moment: Record<string, JsonArray[]>;
  update: Record<string, JsonArray[]>;
  provenance: ProvenanceJson;
}
