import { type RawBuilder, sql } from "kysely";
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
  const may = mayHold(text);
  const ofStudy = { of: sql<boolean>`t.study_id = ${facts.study.id}`, may };
  for await (const row of publishedTexts(reader, "prompt_text", ofStudy))
    if (holds(row.turns)) prompts.add(row.id);
  const responses = new Set<string>();
  for (const { id } of facts.systems)
    for await (const row of publishedTexts(reader, "response", {
      of: sql<boolean>`t.system_id = ${id}`,
      may,
    }))
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

/** Published texts of prompts or responses, a page at a time, by their prompts. */
async function* publishedTexts(
  { db }: Reader,
  table: "prompt_text" | "response",
  { of, may }: { of: RawBuilder<boolean>; may: RawBuilder<boolean> },
) {
  for (let after = 0; ;) {
    const rows: Row[] = await db
      .selectFrom(`${table} as t` as "response as t") // both have the columns that are read here
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["t.prompt_id as id", "t.turns"])
      .where(of)
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
