import { z } from "zod";
import { lockAnnotators } from "../assignments/exclude.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { type Departure, type DoneDuty, type Duty, dutySchema } from "../contract/leaving.ts";
import type { Reader } from "../storage/database.ts";
import { recordChange } from "../studies/store.ts";

class NothingToDo extends TiebreakError {
  constructor(name: string, duty: Duty) {
    super("NothingToDo", 409, `There is nothing to do about ${name} that is called “${duty}”.`);
  }
}

/** The kind of the changes by which duties are recorded as done. */
const DONE = "duty done";
const detailSchema = z.strictObject({
  ...{ annotator: z.string(), duty: dutySchema },
  /** Whether an earlier record is taken back. */
  undo: z.literal(true).optional(),
});

/**
 * Records that the owner has done what somebody’s leaving asked of them; done twice is done once. To decide without
 * withdrawing anybody leaves their judgments in the figures.
 * @param given.undo takes that back: it is left to do again @throws StudyNotFound, AnnotatorNotFound, NothingToDo
 */
export async function finishDuty(
  context: Context,
  given: { study: string; annotator: string; duty: Duty; undo?: boolean; by: string },
): Promise<void> {
  const { study, annotator, duty, undo = false, by } = given;
  await context.database.transact(async (tx) => {
    const { studyId, found } = await lockAnnotators(tx, { study, annotators: [annotator] });
    const row = await departureRows(tx, studyId)
      .where("d.annotator_id", "=", found[0]!.id)
      .executeTakeFirst();
    if (row === undefined || !dutiesOf(row).includes(duty)) throw new NothingToDo(annotator, duty);
    const { annotator: name } = row;
    const done = await doneDuties(tx, studyId);
    if (done.some((one) => one.annotator === name && one.duty === duty) !== undo) return;
    const detail = { annotator: name, duty, ...(undo && { undo }) };
    await recordChange(tx, { studyId, kind: DONE, detail, at: now(context), by });
  });
}

/** Who of a study has left or has asked to, with what is left to do and what was done. */
export async function departuresOf(reader: Reader, studyId: number): Promise<Departure[]> {
  const rows = await departureRows(reader, studyId).execute();
  const done = await doneDuties(reader, studyId);
  return rows.map(({ platform, ...row }) => {
    const duties = dutiesOf({ ...row, platform });
    const finished = done.filter((one) => one.annotator === row.annotator && duties.includes(one.duty));
    const left = duties.filter((duty) => !finished.some((one) => one.duty === duty));
    return { ...row, duties: left, done: finished.map(({ duty, at, by }) => ({ duty, at, by })) };
  });
}

const departureRows = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("departure as d")
    .innerJoin("annotator as a", "a.id", "d.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select(["a.external_id as annotator", "g.name as group", "d.kind", "d.asked_at as askedAt"])
    .select(["d.asked_by as by", "d.done_at as doneAt", "d.platform"])
    .where("d.study_id", "=", studyId)
    .orderBy("d.asked_at")
    .orderBy("d.annotator_id");

function dutiesOf({
  kind,
  doneAt,
  platform,
}: Pick<Departure, "kind" | "doneAt"> & { platform: string | null }): Duty[] {
  if (doneAt === null) return ["decide"];
  if (kind === "withdrawn") return [];
  return platform === null ? ["copies"] : ["pay", "copies"];
}

/** What was recorded as done in a study and not taken back, in that order. */
async function doneDuties({ db }: Reader, studyId: number): Promise<(DoneDuty & { annotator: string })[]> {
  const changes = await db
    .selectFrom("study_change")
    .select(["detail", "changed_at as at", "by_whom as by"])
    .where("study_id", "=", studyId)
    .where("kind", "=", DONE)
    .orderBy("id")
    .execute();
  const latest = new Map<string, DoneDuty & { annotator: string }>();
  for (const { detail, ...change } of changes) {
    const { annotator, duty, undo } = detailSchema.parse(JSON.parse(detail));
    const key = JSON.stringify([annotator, duty]);
    if (undo) latest.delete(key);
    else latest.set(key, { annotator, duty, ...change });
  }
  return [...latest.values()];
}
