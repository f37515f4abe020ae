import { TiebreakError } from "../contract/errors.ts";
import type { Reader } from "../storage/database.ts";
import { keyOfPlatform, type Settings } from "./settings.ts";

/** The answer to a participant of a study whose people are not let in. */
export class TookPart extends TiebreakError {
  constructor() {
    super(
      "TookPart",
      409,
      "You took part in another study, whose participants cannot take part in this one.",
    );
  }
}

/**
 * Whether a participant joined one of the studies whose people the owner does not let in: the same id at the same platform.
 * Who was erased there is not known any more.
 */
export async function tookPart(
  { db }: Reader,
  { settings, participant }: { settings: Settings; participant: string },
): Promise<boolean> {
  const { notAfter = [] } = settings;
  if (notAfter.length === 0) return false;
  const there = await db
    .selectFrom("participant as p")
    .innerJoin("study as s", "s.id", "p.study_id")
    .select("p.annotator_id")
    .where("p.platform", "=", keyOfPlatform(settings))
    .where("p.external_id", "=", participant)
    .where("s.name", "in", [...notAfter])
    .limit(1)
    .executeTakeFirst();
  return there !== undefined;
}
