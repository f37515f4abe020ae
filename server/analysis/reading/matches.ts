import { sql } from "kysely";
import type { ReadingMark } from "../../contract/judged.ts";
import type { Reader } from "../../storage/database.ts";
import { flagsInForce } from "../../studies/flags.ts";
import { skipsInForce } from "../../studies/skips.ts";
import type { StudyData } from "../rows/study-data.ts";
import { type ComparisonKey, keyText } from "./order.ts";

/** Rows a query: some megabytes of texts at a time. */
const ROWS_A_QUERY = 2000;

/** Prompts and responses that hold a text. */
interface TextMatches {
  readonly prompts: ReadonlySet<number>;
  /** By prompt and system. */
  readonly responses: ReadonlySet<string>;
}

export const holdsText = ({ prompts, responses }: TextMatches, key: ComparisonKey): boolean =>
  prompts.has(key.promptId) ||
  responses.has(`${key.promptId} ${key.low}`) ||
  responses.has(`${key.promptId} ${key.high}`);

/** Looks through all prompts and responses of a study for a text, in any case of letters. */
export async function findText(reader: Reader, { facts }: StudyData, text: string): Promise<TextMatches> {
  const wanted = folded(text);
  const holds = (turns: string) =>
    (JSON.parse(turns) as string[]).some((turn) => folded(turn).includes(wanted));
  const prompts = new Set<number>();
  for await (const row of promptTexts(reader, facts.study.id, mayHold(text)))
    if (holds(row.turns)) prompts.add(row.id);
  const responses = new Set<string>();
  for (const { id } of facts.systems)
    for await (const row of responseTexts(reader, id, mayHold(text)))
      if (holds(row.turns)) responses.add(`${row.id} ${id}`);
  return { prompts, responses };
}

const folded = (text: string): string => text.normalize("NFC").toLowerCase();

/** What the database can rule out by itself, on stored turns, which are JSON: it knows the cases of ASCII letters alone. */
function mayHold(text: string) {
  const isPlain = /^[\u0020-\u007e]*$/.test(text);
  const pattern = JSON.stringify(text)
    .slice(1, -1)
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&");
  return isPlain ? sql<boolean>`lower(t.turns) like ${`%${pattern}%`} escape '\\'` : sql<boolean>`1 = 1`;
}

type Row = { id: number; turns: string };

async function* promptTexts({ db }: Reader, studyId: number, may: ReturnType<typeof mayHold>) {
  for (let after = 0; ;) {
    const rows: Row[] = await db
      .selectFrom("prompt_text as t")
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["t.prompt_id as id", "t.turns"])
      .where("t.study_id", "=", studyId)
      .where("t.prompt_id", ">", after)
      .where("l.state", "=", "published")
      .where(may)
      .orderBy("t.prompt_id")
      .limit(ROWS_A_QUERY)
      .execute();
    yield* rows;
    if (rows.length < ROWS_A_QUERY) return;
    after = rows.at(-1)!.id;
  }
}

async function* responseTexts({ db }: Reader, systemId: number, may: ReturnType<typeof mayHold>) {
  for (let after = 0; ;) {
    const rows: Row[] = await db
      .selectFrom("response as t")
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["t.prompt_id as id", "t.turns"])
      .where("t.system_id", "=", systemId)
      .where("t.prompt_id", ">", after)
      .where("l.state", "=", "published")
      .where(may)
      .orderBy("t.prompt_id")
      .limit(ROWS_A_QUERY)
      .execute();
    yield* rows;
    if (rows.length < ROWS_A_QUERY) return;
    after = rows.at(-1)!.id;
  }
}

/** The comparisons of a study that are marked so, by `keyText`; of `open`, those that are adjudicated. */
export async function findMarked(
  reader: Reader,
  studyId: number,
  mark: ReadingMark,
): Promise<Map<string, ComparisonKey>> {
  const ids = await markedIds(reader, studyId, mark);
  const rows = await reader.db
    .selectFrom("comparison")
    .select(["prompt_id as promptId", "turn", "low_system_id as low", "high_system_id as high"])
    .where((e) => reader.dialect.isAmong(e.ref("id"), ids))
    .execute();
  return new Map(rows.map((key) => [keyText(key), key]));
}

async function markedIds(reader: Reader, studyId: number, mark: ReadingMark): Promise<number[]> {
  const { db } = reader;
  const idsOf = (rows: readonly { id: number }[]) => [...new Set(rows.map(({ id }) => id))];
  switch (mark) {
    case "flagged":
      return idsOf(
        (await flagsInForce(reader, studyId))
          .filter(({ isCounted }) => isCounted)
          .map(({ comparisonId: id }) => ({ id })),
      );
    case "skipped":
      return idsOf(
        (await skipsInForce(reader, studyId))
          .filter(({ isCounted }) => isCounted)
          .map(({ comparisonId: id }) => ({ id })),
      );
    case "noted":
      return idsOf(
        await db
          .selectFrom("comparison_note")
          .select("comparison_id as id")
          .where("study_id", "=", studyId)
          .execute(),
      );
    case "adjudicated":
    case "open":
      return idsOf(
        await db
          .selectFrom("adjudication")
          .select("comparison_id as id")
          .where("study_id", "=", studyId)
          .where("withdrawn_at", "is", null)
          .execute(),
      );
  }
}
