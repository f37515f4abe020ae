import type { LoadReport } from "../contract/loading.ts";
import type { Database, Reader } from "../storage/database.ts";
import { shorten } from "./remarks.ts";
import { findPairs, meeting, type Pairs } from "./warnings/pairs.ts";

const SHOWN = 2;
const LOOKED_AT = 100;
const ANSWERS_MAX = 2;

type ShownRows = LoadReport["shown"];

/**
 * Two prompts of these loads with their answers, as annotators will see them, shortened: pairs that the study compares, where
 * there are any among the first hundred texts, else whatever there is, so that a column taken for the wrong thing shows.
 */
export async function shownRows(
  database: Database,
  { studyId, loadIds }: { studyId: number; loadIds: ReadonlySet<number> },
): Promise<ShownRows> {
  const pairs = await findPairs(database, studyId);
  return database.read(async (reader) => {
    const promptIds = await firstPrompts(reader, [...loadIds]);
    if (promptIds.length === 0) return [];
    const rows = await textsOf(reader, promptIds);
    const all = promptIds.map((id) =>
      rowOf(
        rows.filter((row) => row.id === id),
        pairs,
      ),
    );
    const best = Math.max(...all.map(({ answers }) => answers.length), 0);
    return all.filter(({ answers }) => answers.length === best).slice(0, SHOWN);
  });
}

async function firstPrompts({ db }: Reader, loadIds: number[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const table of ["response", "prompt_text"] as const) {
    const rows = await db
      .selectFrom(table)
      .select("prompt_id as id")
      .where("load_id", "in", loadIds)
      .orderBy(table === "response" ? "response.id" : "prompt_text.prompt_id")
      .limit(LOOKED_AT)
      .execute();
    for (const { id } of rows) ids.add(id);
    if (ids.size > 0) break;
  }
  return [...ids];
}

interface Text {
  readonly id: number;
  readonly prompt: string | null;
  readonly system: string | null;
  readonly output: string | null;
}

const textsOf = ({ db }: Reader, promptIds: number[]): Promise<Text[]> =>
  db
    .selectFrom("prompt as p")
    .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
    .leftJoin("response as r", "r.prompt_id", "p.id")
    .leftJoin("system as s", "s.id", "r.system_id")
    .select(["p.id", "t.turns as prompt", "s.name as system", "r.turns as output"])
    .where("p.id", "in", promptIds)
    .orderBy("r.id")
    .execute();

function rowOf(texts: readonly Text[], pairs: Pairs): ShownRows[number] {
  const outputs = texts.flatMap(({ system, output }) =>
    system === null || output === null ? [] : [{ system, output }],
  );
  const met = meeting(
    pairs,
    outputs.map(({ system }) => system),
  );
  const shown =
    met.length > 0 ? met.flatMap((name) => outputs.filter(({ system }) => system === name)) : outputs;
  return {
    prompt: textOf(texts[0]?.prompt ?? null),
    answers: shown
      .slice(0, ANSWERS_MAX)
      .map(({ system, output }) => ({ system, text: textOf(output) ?? "" })),
  };
}

const textOf = (turns: string | null): string | null =>
  turns === null ? null : shorten((JSON.parse(turns) as string[]).join(" / "));
