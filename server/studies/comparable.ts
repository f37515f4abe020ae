import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { Protocol } from "../contract/studies.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { keyOf } from "./keys.ts";
import type { StudyRow } from "./store.ts";

/** A comparison that can be shown: both texts are there and differ. `systems`: names in code-unit order. */
export interface Comparable {
  readonly promptId: number;
  readonly promptName: string;
  readonly turn: number;
  readonly lowSystemId: number;
  readonly highSystemId: number;
  readonly systems: readonly [string, string];
  /** The loads that brought the prompt's text and the two responses. */
  readonly loads: readonly number[];
}

export interface ResponseRow {
  readonly systemId: number;
  readonly system: string;
  readonly turns: string;
  readonly turnCount: number;
  readonly contentHash: string;
  /** 1 where the blinding audit led to leaving it out. */
  readonly isLeftOut: number;
  readonly loadId: number;
}

interface Page {
  readonly studyId: number;
  readonly protocol: Protocol;
  readonly after: number;
  readonly limit: number;
  /** Only these prompts, as if the loads were published. */
  readonly of?: { readonly prompts: readonly number[]; readonly loads: readonly number[] };
}

/** The comparables of the next `limit` prompts with a text after the prompt id `after`. */
export async function comparablePrompts(
  reader: Reader,
  page: Page,
): Promise<{ comparables: Comparable[]; prompts: number; last: number; done: boolean }> {
  const { of } = page;
  const prompts = await reader.db
    .selectFrom("prompt_text as t")
    .innerJoin("prompt as p", "p.id", "t.prompt_id")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["p.id", "p.external_id", "t.turns", "t.load_id as loadId"])
    .where("t.study_id", "=", page.studyId)
    .where("p.id", ">", page.after)
    .where(isSeen(of?.loads))
    .$if(of !== undefined, (query) => query.where("p.id", "in", of!.prompts))
    .orderBy("p.id")
    .limit(page.limit)
    .execute();
  const ids = prompts.map((prompt) => prompt.id);
  const responses = await responsesOf(reader, ids, of?.loads);
  const comparables = prompts.flatMap((prompt) => {
    const turns = (JSON.parse(prompt.turns) as string[]).length;
    const of = responses.get(prompt.id) ?? [];
    return pairsIn(of, page.protocol).flatMap((pair) =>
      turnsShown(page.protocol, turns).flatMap((turn) =>
        comparableAt(pair, { prompt, turn, showIdentical: page.protocol.showIdentical }),
      ),
    );
  });
  const last = prompts.at(-1)?.id ?? page.after;
  return { comparables, prompts: prompts.length, last, done: prompts.length < page.limit };
}

/** Whether the load `l` is published, or one of these. */
const isSeen = (loads: readonly number[] = []): RawBuilder<SqlBool> =>
  loads.length === 0
    ? sql`l.state = 'published'`
    : sql`(l.state = 'published' or l.id in (${sql.join(loads)}))`;

/** The prompts that these loads bring anything of, by their ids. */
export async function promptsOfLoads({ db }: Reader, loads: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select prompt_id as id from prompt_text where load_id in (${sql.join(loads)})
    union select prompt_id from response where load_id in (${sql.join(loads)}) order by id`.execute(db);
  return rows.map(({ id }) => Number(id));
}

/** The published responses to these prompts, and those of `loads`. */
export async function responsesOf(
  reader: Reader,
  promptIds: number[],
  loads?: readonly number[],
): Promise<Map<number, ResponseRow[]>> {
  const byPrompt = new Map<number, ResponseRow[]>();
  if (promptIds.length === 0) return byPrompt;
  const rows = await reader.db
    .selectFrom("response as r")
    .innerJoin("system as s", "s.id", "r.system_id")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.prompt_id", "s.id as systemId", "s.name as system", "r.turns", "r.turn_count as turnCount"])
    .select(["r.content_hash as contentHash", "r.load_id as loadId"])
    .select(
      sql<number>`case when exists (select 1 from left_out_response as o where o.response_id = r.id) then 1 else 0 end`.as(
        "isLeftOut",
      ),
    )
    .where("r.prompt_id", "in", promptIds)
    .where(isSeen(loads))
    .execute();
  for (const row of rows) {
    const list = byPrompt.get(row.prompt_id);
    if (list) list.push(row);
    else byPrompt.set(row.prompt_id, [row]);
  }
  return byPrompt;
}

function pairsIn(responses: readonly ResponseRow[], { pairs }: Protocol): [ResponseRow, ResponseRow][] {
  const sorted = [...responses].sort((a, b) => a.systemId - b.systemId);
  const wanted = (a: ResponseRow, b: ResponseRow) =>
    pairs === "all" ||
    (a.system === pairs.target && pairs.baselines.includes(b.system)) ||
    (b.system === pairs.target && pairs.baselines.includes(a.system));
  return sorted.flatMap((low, i) =>
    sorted
      .slice(i + 1)
      .filter((high) => wanted(low, high))
      .map((high): [ResponseRow, ResponseRow] => [low, high]),
  );
}

/** The turns of a prompt that are handed out, from 1. */
export const turnsShown = ({ turns }: Protocol, count: number): number[] =>
  turns === "last" ? [count] : Array.from({ length: count }, (_, i) => i + 1);

function comparableAt(
  [low, high]: [ResponseRow, ResponseRow],
  shown: {
    prompt: { id: number; external_id: string; loadId: number };
    turn: number;
    showIdentical: boolean;
  },
): Comparable[] {
  const { prompt, turn } = shown;
  if (low.turnCount < turn || high.turnCount < turn || low.isLeftOut + high.isLeftOut > 0) return [];
  if (!shown.showIdentical && sameUpTo(low, high, turn)) return [];
  const systems = [low.system, high.system].sort() as [string, string];
  const loads = [prompt.loadId, low.loadId, high.loadId];
  const sides = { lowSystemId: low.systemId, highSystemId: high.systemId, systems, loads };
  return [{ promptId: prompt.id, promptName: prompt.external_id, turn, ...sides }];
}

/** Whether two responses are the same as far as a turn shows them. */
export function sameUpTo(a: ResponseRow, b: ResponseRow, turn: number): boolean {
  if (a.contentHash === b.contentHash) return true;
  if (turn === a.turnCount && turn === b.turnCount) return false;
  const head = (row: ResponseRow) => JSON.stringify((JSON.parse(row.turns) as string[]).slice(0, turn));
  return head(a) === head(b);
}

/** Inserts the comparisons that are not there yet, and gives each its id. */
export async function insertComparisons(
  tx: Transaction,
  studyId: number,
  comparables: readonly Comparable[],
): Promise<(Comparable & { id: number })[]> {
  if (comparables.length === 0) return [];
  for (const batch of batchesOf(comparables, INSERT_ROWS)) {
    const rows = batch.map((comparable) => ({
      study_id: studyId,
      prompt_id: comparable.promptId,
      turn: comparable.turn,
      low_system_id: comparable.lowSystemId,
      high_system_id: comparable.highSystemId,
      load_id: null,
    }));
    await tx.db
      .insertInto("comparison")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["prompt_id", "turn", "low_system_id", "high_system_id"]).doNothing(),
      )
      .execute();
  }
  const ids = await idsOf(tx, [...new Set(comparables.map((comparable) => comparable.promptId))]);
  return comparables.map((comparable) => {
    const { promptId, turn, lowSystemId, highSystemId } = comparable;
    const id = ids.get(`${promptId} ${turn} ${lowSystemId} ${highSystemId}`);
    if (id === undefined) throw new Error("A comparison that was just written is not there.");
    return { ...comparable, id };
  });
}

async function idsOf(tx: Transaction, promptIds: number[]): Promise<Map<string, number>> {
  const rows = await tx.db
    .selectFrom("comparison")
    .select(["id", "prompt_id", "turn", "low_system_id", "high_system_id"])
    .where("prompt_id", "in", promptIds)
    .execute();
  return new Map(
    rows.map((row) => [`${row.prompt_id} ${row.turn} ${row.low_system_id} ${row.high_system_id}`, row.id]),
  );
}

/**
 * The prompts of the shared set: those that already are, else the first by a hash of seed and prompt. What an interrupted
 * opening left in a draft does not count.
 */
export async function findShared(
  reader: Reader,
  given: { study: StudyRow; sharedPrompts: number },
): Promise<ReadonlySet<number>> {
  if (given.sharedPrompts === 0) return new Set();
  const isDraft = given.study.state === "draft";
  const there = isDraft ? [] : await sharedSlots(reader, given.study.id);
  if (there.length > 0) return new Set(there.map((row) => row.prompt_id));
  const prompts = await reader.db
    .selectFrom("prompt_text as t")
    .innerJoin("prompt as p", "p.id", "t.prompt_id")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["p.id", "p.external_id"])
    .where("t.study_id", "=", given.study.id)
    .where("l.state", "=", "published")
    .execute();
  const keyed = prompts.map((prompt) => ({
    id: prompt.id,
    key: keyOf(given.study.seed, "shared", prompt.external_id),
  }));
  keyed.sort((a, b) => a.key - b.key);
  return new Set(keyed.slice(0, given.sharedPrompts).map((prompt) => prompt.id));
}

const sharedSlots = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("slot as s")
    .innerJoin("annotator_group as g", "g.id", "s.group_id")
    .select("s.prompt_id")
    .distinct()
    .where("g.study_id", "=", studyId)
    .where("s.stage", "=", "shared")
    .execute();
