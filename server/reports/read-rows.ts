import type { Choice, Origin } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { canonicalOrder } from "./canonical-order.ts";
import { Codes } from "./codes.ts";
import { CHOICES, type JudgmentRows, ORIGINS, RowCollector } from "./columns.ts";
import type { StudyFacts } from "./facts.ts";

/** Comparisons a query: what one query returns stays small, whatever the size of the study. */
const CHUNK_COMPARISONS = 10_000;

/**
 * Reads every counted judgment of a study once, into typed arrays in an order that depends on external
 * ids alone. All of it must run within one `database.read`, so that it is one moment of the database.
 */
export async function readRows(reader: Reader, facts: StudyFacts): Promise<JudgmentRows> {
  const collector = new RowCollector();
  const prompts = await promptCodes(reader, facts.study.id);
  const annotators = await annotatorCodes(reader, facts.study.id);
  for await (const chunk of countedChunks(reader, facts.study.id)) {
    for (const row of chunk) {
      const one = facts.systemCodes.of(row.low_system_id);
      const other = facts.systemCodes.of(row.high_system_id);
      collector.add({
        prompt: prompts.of(row.prompt_id),
        turn: row.turn,
        low: Math.min(one, other),
        high: Math.max(one, other),
        annotator: annotators.of(row.annotator_id),
        group: facts.groupCodes.of(row.group_id),
        left: facts.systemCodes.of(row.left_system_id),
        choice: CHOICES.indexOf(row.choice),
        origin: ORIGINS.indexOf(row.origin),
        sideKnown: row.side_known,
      });
    }
  }
  return collector.rows(canonicalOrder);
}

async function promptCodes({ db }: Reader, studyId: number): Promise<Codes> {
  const rows = await db
    .selectFrom("prompt")
    .select(["id", "external_id as key"])
    .where("study_id", "=", studyId)
    .execute();
  return new Codes(rows);
}

async function annotatorCodes({ db }: Reader, studyId: number): Promise<Codes> {
  const rows = await db
    .selectFrom("annotator")
    .select(["id", "provider", "external_id"])
    .where("study_id", "=", studyId)
    .execute();
  return new Codes(rows.map((row) => ({ id: row.id, key: JSON.stringify([row.provider, row.external_id]) })));
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

interface CountedRow {
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
}

/** Joined to `comparison` once more, so that either database walks one index from `after` to `end`. */
const countedBetween = statement<{ study: number; after: number; end: number }, CountedRow>((db, param) =>
  db
    .selectFrom("comparison as c")
    .innerJoin("counted_judgment as j", "j.comparison_id", "c.id")
    .select(["j.prompt_id", "j.turn", "j.low_system_id", "j.high_system_id", "j.annotator_id", "j.group_id"])
    .select(["j.left_system_id", "j.side_known", "j.choice", "j.origin"])
    .where("c.study_id", "=", param("study"))
    .where("c.id", ">", param("after"))
    .where("c.id", "<=", param("end")),
);

async function* countedChunks(reader: Reader, study: number): AsyncGenerator<CountedRow[]> {
  for (let after = 0; ;) {
    const [next] = await reader.run(chunkEnd, { study, after });
    const end = next?.id ?? Number.MAX_SAFE_INTEGER;
    yield await reader.run(countedBetween, { study, after, end });
    if (!next) return;
    after = end;
  }
}
