import type { DepartureKind } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import type { Leaver } from "./who.ts";

/** How an annotator has left, or has asked to; null: they have not. */
export async function departureOf(
  { db }: Reader,
  annotatorId: number,
): Promise<{ kind: DepartureKind; doneAt: string | null } | null> {
  const row = await db
    .selectFrom("departure")
    .select(["kind", "done_at as doneAt"])
    .where("annotator_id", "=", annotatorId)
    .executeTakeFirst();
  return row ?? null;
}

/** Writes down that somebody leaves, in place of what they asked for before. */
export async function writeDeparture(
  { db }: Transaction,
  given: {
    leaver: Leaver;
    kind: DepartureKind;
    by: string;
    at: string;
    doneAt: string | null;
    platform?: string | null;
  },
): Promise<void> {
  const { leaver, kind, by, at, doneAt, platform = null } = given;
  const row = { kind, asked_at: at, asked_by: by, done_at: doneAt, platform };
  await db
    .insertInto("departure")
    .values({ annotator_id: leaver.id, study_id: leaver.studyId, ...row })
    .onConflict((conflict) => conflict.column("annotator_id").doUpdateSet(row))
    .execute();
}
