import { type RawBuilder, sql } from "kysely";
import type { Protocol } from "../../contract/studies.ts";
import type { Reader, Transaction } from "../../storage/database.ts";
import { keyOf } from "../keys.ts";
import { groupsOf, type StudyRow } from "../store.ts";

interface Prompt {
  readonly id: number;
  readonly name: string;
}

/** The prompts that come into the shared set of a study, and those that leave it. */
export interface SharedChange {
  readonly joining: readonly Prompt[];
  readonly leaving: readonly Prompt[];
  /** Shared prompts of which somebody was given a pair: they stay shared. */
  readonly given: number;
  /** Judgments that are not asked for any more: of comparisons that nobody was given. */
  readonly dropped: number;
}

const UNCHANGED: SharedChange = { joining: [], leaving: [], given: 0, dropped: 0 };

/** What another number of shared prompts means. They join and leave in the order in which an opening study takes them. */
export async function sharedChange(
  reader: Reader,
  { study, before, wanted }: { study: StudyRow; before: Protocol; wanted: Protocol },
): Promise<SharedChange> {
  if (before.sharedPrompts === wanted.sharedPrompts) return UNCHANGED;
  const shared = await promptsOf(reader, study, "shared");
  const more = wanted.sharedPrompts - shared.length;
  if (wanted.sharedPrompts > before.sharedPrompts) {
    const main = more > 0 ? await promptsOf(reader, study, "main") : [];
    return { ...UNCHANGED, joining: main.slice(0, Math.max(0, more)) };
  }
  const free = shared.filter(({ isGiven }) => !isGiven);
  const leaving = more < 0 ? free.slice(more) : [];
  const dropped = await countDropped(reader, { study, wanted, leaving });
  return { joining: [], leaving, given: shared.length - free.length, dropped };
}

/** Moves prompts into the shared set or out of it; slots that this adds are made by the next allotment. The study must be locked. */
export async function changeShared(
  tx: Transaction,
  { study, wanted, shared }: { study: StudyRow; wanted: Protocol; shared: SharedChange },
): Promise<void> {
  const { joining, leaving } = shared;
  if (joining.length + leaving.length === 0) return;
  await sql`update slot set stage = 'shared' where comparison_id in ${comparisonsOf(joining)}`.execute(tx.db);
  for (const { id, judgments } of await numbersOf(tx, study, wanted))
    await sql`delete from slot as s where ${isBeyond({ leaving, id, judgments })}`.execute(tx.db);
  await sql`update slot set stage = 'main' where comparison_id in ${comparisonsOf(leaving)}`.execute(tx.db);
}

async function countDropped(
  reader: Reader,
  { study, wanted, leaving }: { study: StudyRow; wanted: Protocol; leaving: readonly Prompt[] },
): Promise<number> {
  let dropped = 0;
  for (const { id, judgments } of await numbersOf(reader, study, wanted)) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from slot s
      where ${isBeyond({ leaving, id, judgments })} and s.replicate >= 0`.execute(reader.db);
    dropped += Number(rows[0]!.count);
  }
  return dropped;
}

/** Slots of a group that comparisons which are not shared do not have; those of comparisons that are left out count from −1 down. */
const isBeyond = (of: { leaving: readonly Prompt[]; id: number; judgments: number }): RawBuilder<boolean> =>
  sql`s.comparison_id in ${comparisonsOf(of.leaving)} and s.group_id = ${of.id}
    and (s.replicate >= ${of.judgments} or s.replicate < ${-of.judgments})`;

const comparisonsOf = (prompts: readonly Prompt[]): RawBuilder<unknown> =>
  prompts.length === 0
    ? sql`(select id from comparison where 1 = 0)`
    : sql`(select id from comparison where prompt_id in (${sql.join(prompts.map(({ id }) => sql.lit(id)))}))`;

async function numbersOf(reader: Reader, study: StudyRow, { groups }: Protocol) {
  const ids = new Map((await groupsOf(reader, study.id)).map(({ name, id }) => [name, id]));
  return groups.flatMap(({ name, judgments }) => {
    const id = ids.get(name);
    return id === undefined ? [] : [{ id, judgments }];
  });
}

/** The prompts of a stage, in the order of the shared set, and whether anybody was given a pair of them. */
async function promptsOf(
  reader: Reader,
  study: StudyRow,
  stage: "shared" | "main",
): Promise<(Prompt & { isGiven: boolean })[]> {
  const { rows } = await sql<Prompt & { given: number }>`select p.id, p.external_id as name,
      max(case when exists (select 1 from assignment a where a.comparison_id = c.id) then 1 else 0 end) as given
    from comparison c join prompt p on p.id = c.prompt_id
    where c.study_id = ${study.id}
      and exists (select 1 from slot s where s.comparison_id = c.id and s.stage = ${stage})
    group by p.id, p.external_id`.execute(reader.db);
  const keyed = rows.map(({ id, name, given }) => ({
    ...{ id: Number(id), name, isGiven: Number(given) === 1 },
    key: keyOf(study.seed, "shared", name),
  }));
  return keyed.sort((a, b) => a.key - b.key);
}
