import type { Fields } from "../field-map.ts";
import { type LoadRecord, RowNote } from "../records.ts";
import type { JudgmentFields } from "./judged.ts";
import { type Given, higherWins, judgmentOf } from "./verdict.ts";

/** An answer with its rank among those to its prompt: the lower, the better. */
export interface Ranked {
  readonly system: string;
  readonly turns: string[];
  readonly rank: number;
  readonly metadata: Fields;
}

interface Ranking {
  readonly promptId: string | null;
  readonly promptTurns: string[];
  readonly answers: readonly Ranked[];
  /** Whether equal ranks say that two answers are equally good, and not only that neither is the best. */
  readonly hasTies: boolean;
  readonly annotator?: string | null;
}

/** A ranking as the responses and a judgment of each two of them. Two answers of one system are compared by nobody here. */
export function rankedRecords(
  given: Given,
  fields: JudgmentFields,
  ranking: Ranking,
): (LoadRecord | RowNote)[] {
  const { promptId, promptTurns, answers, hasTies, annotator = null } = ranking;
  const kept = answers.filter(({ system }, i) => answers.findIndex((one) => one.system === system) === i);
  const again = answers.length - kept.length;
  const pairs = kept.flatMap((one, i) => kept.slice(i + 1).map((other) => [one, other] as const));
  return [
    ...responsesOf(given, { promptId, promptTurns }, kept),
    ...pairs
      .filter(([one, other]) => hasTies || one.rank !== other.rank)
      .map(([one, other]) =>
        judgmentOf(given, fields, {
          ...{ promptId, promptTurns, systems: [one.system, other.system], annotator },
          choice: higherWins(other.rank, one.rank),
        }),
      ),
    ...Array.from({ length: again }, () => AGAIN),
  ];
}

const AGAIN = new RowNote(
  "NotCompared",
  "A second answer of the same system was left out: only the first is kept.",
);

/** The answers to a prompt, each a response. */
export const responsesOf = (
  { at }: Given,
  prompt: { readonly promptId: string | null; readonly promptTurns: string[] },
  answers: readonly Ranked[],
): LoadRecord[] =>
  answers.map(({ system, turns, metadata }) => ({
    kind: "response",
    row: at,
    ...prompt,
    system,
    turns,
    metadata,
  }));
