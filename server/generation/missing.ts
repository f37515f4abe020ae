import { sql } from "kysely";
import { wasShown } from "../loading/arrivals.ts";
import type { Reader } from "../storage/database.ts";

/** A prompt to which a system has no response. */
export interface Unanswered {
  readonly id: number;
  readonly name: string;
  readonly turns: readonly string[];
}

interface Of {
  readonly studyId: number;
  readonly system: string;
}

/**
 * The next `limit` prompts with a text, after the prompt id `after`, to which the system has no response.
 * @param untried: only those that it was never asked about in vain
 */
export async function unansweredAfter(
  reader: Reader,
  of: Of,
  { after, limit, untried = false }: { after: number; limit: number; untried?: boolean },
): Promise<Unanswered[]> {
  let query = selected(reader, of).where("p.id", ">", after).orderBy("p.id").limit(limit);
  if (untried) query = query.where(neverFailed(of));
  return parsed(await query.execute());
}

/** Of these prompts the ones to which the system has no response, in the order of `ids`. */
export async function unansweredOf(reader: Reader, of: Of, ids: readonly number[]): Promise<Unanswered[]> {
  if (ids.length === 0) return [];
  const found = parsed(await selected(reader, of).where("p.id", "in", ids).execute());
  return found.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** The prompts of these names to which the system has a response, and whether anybody was shown it. */
export async function answeredOf(
  reader: Reader,
  of: Of,
  names: readonly string[],
): Promise<(Unanswered & { readonly isShown: boolean })[]> {
  const rows = await texts(reader, of)
    .innerJoin("response as r", "r.prompt_id", "p.id")
    .innerJoin("system as s", "s.id", "r.system_id")
    .select(["p.id", "p.external_id as name", "t.turns"])
    .select(sql<number>`case when ${wasShown} then 1 else 0 end`.as("shown"))
    .where("s.name", "=", of.system)
    .where("p.external_id", "in", names)
    .orderBy("p.id")
    .execute();
  const shown = new Set(rows.flatMap(({ id, shown }) => (Number(shown) === 1 ? [id] : [])));
  return parsed(rows).map((one) => ({ ...one, isShown: shown.has(one.id) }));
}

const selected = (reader: Reader, of: Of) =>
  texts(reader, of).where(unanswered(of)).select(["p.id", "p.external_id as name", "t.turns"]);

const parsed = (rows: readonly { id: number; name: string; turns: string }[]): Unanswered[] =>
  rows.map(({ id, name, turns }) => ({ id, name, turns: JSON.parse(turns) as string[] }));

const neverFailed = ({ system }: Of) =>
  sql<boolean>`not exists (select 1 from unanswered_prompt u where u.prompt_id = p.id and u.system = ${system})`;

/** How many prompts have a text, and to how many of them the system has no response. */
export async function countUnanswered(reader: Reader, of: Of): Promise<{ prompts: number; missing: number }> {
  const count = sql<number>`count(*)`.as("n");
  const all = await texts(reader, of).select(count).executeTakeFirstOrThrow();
  const missing = await texts(reader, of).where(unanswered(of)).select(count).executeTakeFirstOrThrow();
  return { prompts: Number(all.n), missing: Number(missing.n) };
}

/** Enough to tell how long responses are. */
const SAMPLE_ROWS = 500;

/** The mean length of one turn of the study's responses, in characters; null: there are none. */
export async function meanTurnLength({ db }: Reader, studyId: number): Promise<number | null> {
  const rows = await db
    .selectFrom("response as r")
    .innerJoin("system as s", "s.id", "r.system_id")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.turn_count as turns", sql<number>`length(r.turns)`.as("length")])
    .where("s.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .orderBy("r.id")
    .limit(SAMPLE_ROWS)
    .execute();
  const turns = rows.reduce((sum, row) => sum + row.turns, 0);
  return turns === 0 ? null : rows.reduce((sum, row) => sum + Number(row.length), 0) / turns;
}

const texts = ({ db }: Reader, { studyId }: Of) =>
  db
    .selectFrom("prompt_text as t")
    .innerJoin("prompt as p", "p.id", "t.prompt_id")
    .innerJoin("load as l", "l.id", "t.load_id")
    .where("t.study_id", "=", studyId)
    .where("l.state", "=", "published");

/** A response of a load that is not published yet counts as one: it is on its way. */
const unanswered = ({ studyId, system }: Of) =>
  sql<boolean>`not exists (select 1 from response r join system s on s.id = r.system_id
    where r.prompt_id = p.id and s.study_id = ${studyId} and s.name = ${system})`;
