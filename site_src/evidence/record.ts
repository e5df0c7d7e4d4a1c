// What data/facts.json says, and what of it belongs to one mark. scripts/facts.py writes it.
import type { Language } from "./messages.js";

type Texts = Record<Language, string>;
type Value = number | string | boolean;

export interface TraceFact {
  id: string;
  value: Value;
  text: string;
  how: Texts;
  source: string[];
  versions: Record<string, string>;
}

export interface ClaimFact {
  id: string;
  value: Value;
  text: string;
  measurement: string;
  expected: string;
}

export interface Claim {
  statement: Texts;
  verdict: string;
  source: string;
}

export interface EvidenceRecord {
  environment: Record<string, string>;
  claims: Record<string, Claim>;
  facts: (TraceFact | ClaimFact)[];
}

/** What one mark shows: a fact from traces, or a claim with one or all of its measurements. */
export type Evidence =
  | { kind: "trace"; fact: TraceFact }
  | { kind: "claim"; id: string; claim: Claim; facts: ClaimFact[]; environment: Record<string, string> };

/** What a tag names: the attribute `data-fact` or `data-claim`. */
export interface Reference {
  fact?: string | undefined;
  claim?: string | undefined;
}

function isTrace(fact: TraceFact | ClaimFact): fact is TraceFact {
  return "how" in fact;
}

/** The evidence that a tag names, or null where the record has none. */
export function find(record: EvidenceRecord, reference: Reference): Evidence | null {
  const fact = record.facts.find(({ id }) => id === reference.fact);
  if (fact && isTrace(fact)) return { kind: "trace", fact };
  const id = reference.claim ?? reference.fact?.split("/")[0] ?? "";
  const claim = record.claims[id];
  if (!claim || (reference.fact && !fact)) return null;
  const all = record.facts.filter((one): one is ClaimFact => !isTrace(one) && one.id.startsWith(`${id}/`));
  const facts = fact ? all.filter((one) => one.id === fact.id) : all;
  return { kind: "claim", id, claim, facts, environment: record.environment };
}

/** Reads the record at the first call; a failed reading is tried again at the next. */
export function recordAt(address: URL): () => Promise<EvidenceRecord> {
  let reading: Promise<EvidenceRecord> | null = null;
  const read = async () => {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${address.pathname}: HTTP ${response.status}`);
    return (await response.json()) as EvidenceRecord;
  };
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
