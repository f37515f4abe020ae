import type { Choice, Origin } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { canonicalOrder } from "./canonical-order.ts";
import { Codes } from "./codes.ts";
import { CHOICES, type JudgmentRows, ORIGINS, RowCollector } from "./columns.ts";
import type { StudyFacts } from "./facts.ts";

/** Comparisons a query: what one query returns stays small, whatever the size of the study. */
const CHUNK_COMPARISONS = 10_000;

/** What turns ids into codes; `excluded` tells by an annotator's code whether their judgments are left out. */
export interface RowCodes {
  readonly prompts: Codes;
  readonly annotators: Codes;
  readonly excluded: Uint8Array;
}

/**
 * Reads every judgment of a study that has its place once, into typed arrays in an order that depends on
 * external ids alone: those that count, and those of excluded annotators apart. All of it must run within one
 * `database.read`, so that it is one moment of the database.
 */
export async function readRows(
  reader: Reader,
  facts: StudyFacts,
  codes: RowCodes,
): Promise<{ rows: JudgmentRows; excluded: JudgmentRows }> {
  const counted = new RowCollector();
  const excluded = new RowCollector();
  for await (const chunk of placedChunks(reader, facts.study.id)) {
    for (const row of chunk) {
      const one = facts.systemCodes.of(row.low_system_id);
      const other = facts.systemCodes.of(row.high_system_id);
      const annotator = codes.annotators.of(row.annotator_id);
      (codes.excluded[annotator] === 1 ? excluded : counted).add({
        prompt: codes.prompts.of(row.prompt_id),
        turn: row.turn,
        low: Math.min(one, other),
        high: Math.max(one, other),
        annotator,
        group: facts.groupCodes.of(row.group_id),
        left: facts.systemCodes.of(row.left_system_id),
        choice: CHOICES.indexOf(row.choice),
        origin: ORIGINS.indexOf(row.origin),
        sideKnown: row.side_known,
        activeMs: row.active_ms ?? -1,
        at: Date.parse(row.judged_at),
      });
    }
  }
  return { rows: counted.rows(canonicalOrder), excluded: excluded.rows(canonicalOrder) };
}

const chunkEnd = statement<{ study: number; after: number }, { id: number }>((db, param) =>
  db
    .selectFrom("comparison")
    .select("id")
    .where("study_id", "=", param("study"))
    .where("id", ">", param("after"))
    .orderBy("id")
    .limit(1)
    .offset(CHUNK_COMPARISONS - 1),
);

interface PlacedRow {
  prompt_id: number;
  turn: number;
  low_system_id: number;
  high_system_id: number;
  annotator_id: number;
  group_id: number;
  left_system_id: number;
  side_known: number;
  choice: Choice;
  origin: Origin;
  active_ms: number | null;
  judged_at: string;
}

/** Joined to `comparison` once more, so that either database walks one index from `after` to `end`. */
const placedBetween = statement<{ study: number; after: number; end: number }, PlacedRow>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("placed_judgment as j", "j.comparison_id", "c.id")
    .select(["j.prompt_id", "j.turn", "j.low_system_id", "j.high_system_id", "j.annotator_id", "j.group_id"])
    .select(["j.left_system_id", "j.side_known", "j.choice", "j.origin", "j.active_ms", "j.judged_at"])
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .where("c.id", "<=", param("end")),
);

async function* placedChunks(reader: Reader, study: number): AsyncGenerator<PlacedRow[]> {
  for (let after = 0; ;) {
    const [next] = await reader.run(chunkEnd, { study, after });
    const end = next?.id ?? Number.MAX_SAFE_INTEGER;
    yield await reader.run(placedBetween, { study, after, end });
    if (!next) return;
    after = end;
  }
}
