import { type Context, now } from "../context.ts";
import { NameNotTyped, TiebreakError } from "../contract/errors.ts";
import type { RetentionRequest } from "../contract/leaving.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { INVITED, NAMELESS } from "../studies/annotators.ts";
import { retentionOf } from "../studies/retention-of.ts";
import { eraseIdentity, scrubRecords } from "./erase-rows.ts";
import type { Traces } from "./scrub.ts";

class RetentionWrong extends TiebreakError {
  constructor(message: string) {
    super("RetentionWrong", 409, message);
  }
}

const DAY_MS = 86_400_000;

/** When a study was closed, in ISO 8601; null: it is not. */
export async function closedAt({ db }: Reader, studyId: number): Promise<string | null> {
  const study = await db
    .selectFrom("study")
    .select("state")
    .where("id", "=", studyId)
    .executeTakeFirstOrThrow();
  if (study.state !== "closed") return null;
  const change = await db
    .selectFrom("study_change")
    .select("changed_at")
    .where("study_id", "=", studyId)
    .where("kind", "=", "state")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return change?.changed_at ?? null;
}

/** When what identifies people is due, in ISO 8601, of a study that was closed at a moment. */
export const dueAt = (closed: string, days: number): string =>
  new Date(Date.parse(closed) + days * DAY_MS).toISOString();

/**
 * Refuses a retention that is over already in a closed study, and would erase at once, without the typed name of the study.
 * @throws StudyNotFound, NameNotTyped
 */
export async function requireTypedIfDue(
  context: Context,
  { study, days, typed }: { study: string; days: number | null; typed?: string | undefined },
): Promise<void> {
  const closed = await context.database.read(async (reader) =>
    closedAt(reader, (await requireStudy(reader, study)).id),
  );
  const isDue = closed !== null && days !== null && dueAt(closed, days) <= now(context);
  if (isDue && typed !== study) throw new NameNotTyped(study);
}

/**
 * Sets after how many days what identifies people is erased. What people were promised when they joined can be shortened, and
 * not lengthened. @throws StudyNotFound, RetentionWrong
 */
export async function setRetention(
  context: Context,
  request: Omit<RetentionRequest, "typed"> & { study: string; by: string },
): Promise<void> {
  const { study, days, names = false, by } = request;
  await context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const before = await retentionOf(tx, studyId);
    const isMore = before !== null && (days === null || days > before.days || (before.names && !names));
    if (isMore && (await haveJoined(tx, studyId, before.setAt)))
      throw new RetentionWrong(
        `People joined under ${before.days} days${before.names ? ", names included" : ""}. They were promised no more: only fewer days can be set.`,
      );
    const at = now(context);
    if (days === null) await tx.db.deleteFrom("retention").where("study_id", "=", studyId).execute();
    else {
      const row = { days, names: names ? 1 : 0, set_at: at, done_at: null };
      await tx.db
        .insertInto("retention")
        .values({ study_id: studyId, ...row })
        .onConflict((conflict) => conflict.column("study_id").doUpdateSet(row))
        .execute();
    }
    await recordChange(tx, { studyId, kind: "retention", detail: { days, names }, at, by });
  });
}

/** Whether anybody has joined since. */
const haveJoined = async ({ db }: Reader, studyId: number, since: string): Promise<boolean> =>
  (await db
    .selectFrom("participation as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .select("p.annotator_id")
    .where("a.study_id", "=", studyId)
    .where("p.joined_at", ">=", since)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** A study whose time has come, and how many people were in it. */
interface Expired {
  readonly study: string;
  readonly people: number;
}

/**
 * Erases what identifies people of every study whose time has come: once for each, however many processes look.
 * @returns the studies of which something was erased now
 */
export async function eraseExpired(context: Context, by: string): Promise<Expired[]> {
  const waiting = await context.database.read(waitingStudies);
  const done: Expired[] = [];
  for (const { id, name } of waiting) {
    const people = await context.database.transact((tx) => eraseOfStudy(context, tx, { studyId: id, by }));
    if (people !== null) done.push({ study: name, people });
  }
  return done;
}

/** The names of the studies of which something is due now. */
export async function expiredStudies(context: Context): Promise<string[]> {
  return context.database.read(async (reader) => {
    const due: string[] = [];
    for (const { id, name, days } of await waitingStudies(reader)) {
      const closed = await closedAt(reader, id);
      if (closed !== null && dueAt(closed, days) <= now(context)) due.push(name);
    }
    return due;
  });
}

/** Closed studies of which something is still to be erased, due or not. */
const waitingStudies = ({ db }: Reader) =>
  db
    .selectFrom("retention as r")
    .innerJoin("study as s", "s.id", "r.study_id")
    .select(["s.id", "s.name", "r.days"])
    .where("r.done_at", "is", null)
    .where("s.state", "=", "closed")
    .orderBy("s.id")
    .execute();

/** @returns how many people; null: it is not due, or was done meanwhile */
async function eraseOfStudy(
  context: Context,
  tx: Transaction,
  { studyId, by }: { studyId: number; by: string },
): Promise<number | null> {
  await tx.dialect
    .lockRows(tx.db.selectFrom("study").select("id").where("id", "=", studyId))
    .executeTakeFirstOrThrow();
  const retention = await retentionOf(tx, studyId);
  const closed = await closedAt(tx, studyId);
  const at = now(context);
  if (retention === null || retention.doneAt !== null || closed === null) return null;
  if (dueAt(closed, retention.days) > at) return null;
  const people = await peopleOf(tx, studyId, retention.names);
  const traces: Traces[] = [];
  for (const one of people)
    traces.push((await eraseIdentity(tx, { ...one, studyId }, { link: false })).traces);
  await scrubRecords(tx, studyId, traces);
  await tx.db.updateTable("annotator").set({ link_label: null }).where("study_id", "=", studyId).execute();
  await tx.db.updateTable("retention").set({ done_at: at }).where("study_id", "=", studyId).execute();
  const detail = { people: people.length };
  await recordChange(tx, { studyId, kind: "ids erased", detail, at, by });
  return people.length;
}

/** Participants of platforms, and with `names` also people whose names are from files. */
async function peopleOf({ db }: Reader, studyId: number, names: boolean) {
  const rows = await db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .leftJoin("participant as p", "p.annotator_id", "a.id")
    .select(["a.id", "a.external_id as name", "a.display_number as number", "a.provider", "p.platform"])
    .where("a.study_id", "=", studyId)
    .where("g.kind", "!=", "model")
    .where("a.provider", "!=", NAMELESS)
    .orderBy("a.id")
    .execute();
  return rows.filter(({ provider, platform }) => platform !== null || (names && provider !== INVITED));
}
