import { sql } from "kysely";
import type { Context } from "../../context.ts";
import type { Unloaded } from "../../contract/corrections.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { lockStudy } from "../../studies/lock-study.ts";
import { takeBackWork } from "../../studies/take-back-work.ts";
import type { Transaction } from "../../storage/database.ts";
import { currentProtocol, recordChange, requireStudy, type StudyRow } from "../../studies/store.ts";
import { UNLOADING } from "../errors.ts";
import { beginLoad } from "../load-file.ts";
import { endLoad, isAlive, type LoadRun } from "../load-run.ts";
import { Pace } from "../pace.ts";
import { clearHidden } from "../storing/clear.ts";
import { renumberWithout } from "../storing/rank-repeats.ts";
import { handOn } from "./hand-on.ts";
import { assignmentsOn, comparisonsOf, listOf, type Resting, restingOn, type Taken } from "./rests-on.ts";
import { restingText } from "./resting-text.ts";

/** There is no such load to take back. */
class LoadNotFound extends TiebreakError {
  constructor(study: string, number: number) {
    super(
      "LoadNotFound",
      404,
      `${study} has no load ${number} that can be taken back. See: npx tiebreak load ${study} --list`,
    );
  }
}

/** Something rests on what would be taken back, and no reason is given. */
class UnloadRefused extends TiebreakError {
  constructor(resting: Resting) {
    super("UnloadRefused", 409, restingText(resting));
  }
}

interface UnloadRequest {
  readonly study: string;
  /** The numbers of the loads; null: all of them. */
  readonly loads: readonly number[] | null;
  /** Why, where something rests on them. */
  readonly reason: string | null;
  /** Called where judgments leave the figures, before anything is changed. @returns the name of the copy; null: there is none */
  readonly copy: () => Promise<string | null>;
  readonly by: string;
  /** Called while rows are deleted, with how many went, and how many go in all. */
  readonly onRows?: (done: number, of: number) => void;
}

/**
 * Takes back everything that loads have brought, and nothing else. It leaves every figure and export in one transaction; its
 * rows are deleted in short ones after that. Judgments of texts that are gone stay, and count in no figure.
 * @throws StudyNotFound, LoadNotFound, LoadRunning, UnloadRefused
 */
export async function unload(context: Context, request: UnloadRequest): Promise<Unloaded> {
  const study = await context.database.read((reader) => requireStudy(reader, request.study));
  const pace = new Pace(context.clock, () => "perhaps");
  const start = { studyId: study.id, file: UNLOADING, contentHash: "unloading" };
  const run = await beginLoad(context, start, pace);
  let done: Unloaded;
  try {
    done = await hideUnlessAsked(context, run, { study, request });
  } catch (error) {
    await run.transact((tx) => endLoad(tx, run.id, { state: "gone" })).catch(() => undefined); // the first error counts
    throw error;
  }
  await clearHidden(context, run, pace, request.onRows); // should it fail, the next load of the study clears the rest away
  await run.transact((tx) => endLoad(tx, run.id, { state: "gone" }));
  return done;
}

/** Hides what loads have brought, after a copy where something rests on it. @throws LoadNotFound, UnloadRefused */
async function hideUnlessAsked(
  context: Context,
  run: LoadRun,
  { study, request }: Pick<Hiding, "study" | "request">,
): Promise<Unloaded> {
  const attempt = (copy: string | null | undefined) =>
    run.transact(async (tx, at): Promise<Unloaded | null> => {
      await lockStudy(tx, study.id);
      const loads = await loadsToTake(context, tx, { study, request });
      if (loads.length === 0) return { ...NOTHING, study: study.name };
      const taken = { studyId: study.id, loadIds: loads.map(({ number }) => number) };
      if (copy === undefined) {
        const resting = await restingOn(tx, taken);
        if (resting && request.reason === null) throw new UnloadRefused(resting);
        if (resting) return null; // a copy comes first
      }
      const counts = await hide(tx, { study, taken, loads, request, copy: copy ?? null, at });
      return { study: study.name, loads, ...counts, copy: copy ?? null };
    });
  return (await attempt(undefined)) ?? (await attempt(await request.copy()))!;
}

const NOTHING = { loads: [], prompts: 0, responses: 0, judgments: 0, uncounted: 0, copy: null };

async function loadsToTake(
  context: Context,
  { db }: Transaction,
  { study, request }: { study: StudyRow; request: UnloadRequest },
): Promise<Unloaded["loads"]> {
  const there = await db
    .selectFrom("load")
    .select(["id as number", "file_name as file", "ended_at as endedAt", "heartbeat_at as seenAt"])
    .where("study_id", "=", study.id)
    .where("state", "=", "published")
    .orderBy("id")
    .execute();
  for (const number of request.loads ?? [])
    if (!there.some((load) => load.number === number)) throw new LoadNotFound(study.name, number);
  const wanted = there.filter(({ number }) => request.loads?.includes(number) ?? true);
  const arriving = wanted.find((load) => load.endedAt === null && isAlive(context, load.seenAt));
  if (arriving) throw new LoadNotFound(study.name, arriving.number);
  return wanted.map(({ number, file }) => ({ number, file }));
}

interface Hiding {
  readonly study: StudyRow;
  readonly taken: Taken;
  readonly loads: Unloaded["loads"];
  readonly request: UnloadRequest;
  readonly copy: string | null;
  readonly at: string;
}

/** From here on nobody sees what the loads have brought. */
async function hide(
  tx: Transaction,
  { study, taken, loads, request, copy, at }: Hiding,
): Promise<Pick<Unloaded, "prompts" | "responses" | "judgments" | "uncounted">> {
  const { db } = tx;
  const ids = listOf(taken.loadIds);
  const counts = await countsOf(tx, taken);
  await renumberWithout(tx, taken.loadIds);
  const { numAffectedRows = 0n } = await sql`
    update assignment set purpose = 'unloaded', slot_id = null, ended_at = coalesce(ended_at, ${at}),
      ended_how = coalesce(ended_how, 'returned')
    where id in (select a.id from assignment a where ${assignmentsOn(taken)})`.execute(db);
  const { uncounted } = (
    await sql<{ uncounted: number }>`select count(*) as uncounted from assignment a
      where a.purpose = 'unloaded' and a.ended_how = 'judged' and ${assignmentsOn(taken)}`.execute(db)
  ).rows[0]!;
  await takeBackWork(tx, study.id, comparisonsOf(taken));
  await handOn(tx, taken, await namedBy(tx, study));
  const theirs = sql`(select id from annotator where load_id in ${ids})`;
  await sql`delete from exclusion where load_id in ${ids} or annotator_id in ${theirs}`.execute(db);
  await sql`delete from departure where annotator_id in ${theirs}`.execute(db);
  await sql`delete from review where annotator_id in ${theirs}`.execute(db);
  await sql`delete from rule_trigger where annotator_id in ${theirs}`.execute(db);
  await db
    .updateTable("load")
    .set((column) => ({ state: "held", ended_at: column.fn.coalesce("ended_at", sql.val(at)) }))
    .where("id", "in", taken.loadIds)
    .execute();
  const done = { ...counts, uncounted: Number(uncounted) };
  const said = { ...(request.reason !== null && numAffectedRows > 0n && { reason: request.reason }) };
  const detail = { loads, ...done, ...said, ...(copy !== null && { copy }) };
  await recordChange(tx, { studyId: study.id, kind: "unload", detail, at, by: request.by });
  return done;
}

async function countsOf({ db }: Transaction, { loadIds }: Taken) {
  const count = async (table: "prompt_text" | "response" | "assignment") => {
    const { rows } = await db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as("rows"))
      .where("load_id", "in", loadIds)
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  return {
    prompts: await count("prompt_text"),
    responses: await count("response"),
    judgments: await count("assignment"),
  };
}

/** What the protocol of an opened study names stays, with or without outputs. */
async function namedBy(tx: Transaction, study: StudyRow) {
  const { protocol, hash } = await currentProtocol(tx, study.id);
  if (hash === null) return { systems: [], groups: [] };
  const { pairs } = protocol;
  return {
    systems: pairs === "all" ? [] : [pairs.target, ...pairs.baselines],
    groups: protocol.groups.map(({ name }) => name),
  };
}
