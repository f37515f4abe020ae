import { leaveOut } from "../assignments/exclude.ts";
import { giveBack } from "../assignments/places.ts";
import { type Context, now } from "../context.ts";
import type { LeavingReply } from "../contract/leaving.ts";
import { endPart } from "../participants/finish.ts";
import type { Transaction } from "../storage/database.ts";
import { currentProtocol, recordChange } from "../studies/store.ts";
import { departureOf, writeDeparture } from "./departure.ts";
import { eraseIdentity, eraseTexts, eraseWork, scrubRecords } from "./erase-rows.ts";
import { type Leaver, lockByLink, lockByName } from "./who.ts";
import { ANNOTATOR } from "./withdraw.ts";

/** The rule of an exclusion, as the report shows it. */
const ERASED = "erased on request";

/**
 * Erases what ties somebody to their judgments, and every text of theirs, because they want it. Their judgments then count
 * in no figure, or, where the protocol declares so, go on counting without a tie to the person. Their link ends.
 * @throws LinkNotValid
 */
export async function eraseByLink(context: Context, token: string): Promise<LeavingReply> {
  return context.database.transact(async (tx) => {
    const { finish } = await erase(context, tx, { leaver: await lockByLink(tx, token), by: ANNOTATOR });
    return { isDone: true, finish };
  });
}

/**
 * The same by the owner. @returns the name that the annotator has in the study from then on
 * @throws StudyNotFound, AnnotatorNotFound, NotAPerson
 */
export async function eraseByName(
  context: Context,
  request: { study: string; annotator: string; by: string },
): Promise<string> {
  return context.database.transact(async (tx) => {
    const leaver = await lockByName(tx, request);
    return (await erase(context, tx, { leaver, by: request.by })).name;
  });
}

async function erase(
  context: Context,
  tx: Transaction,
  { leaver, by }: { leaver: Leaver; by: string },
): Promise<{ name: string; finish: LeavingReply["finish"] }> {
  const { id: annotatorId, studyId } = leaver;
  const before = await departureOf(tx, annotatorId);
  if (before?.kind === "erased") return { name: leaver.name, finish: null };
  const at = now(context);
  const { protocol } = await currentProtocol(tx, studyId);
  const isOut = before !== null && before.doneAt !== null;
  // a request to withdraw that still waits is answered by this
  if (!isOut && (before !== null || protocol.erasedJudgments !== "kept"))
    await leaveOut(context, tx, { studyId, annotatorId, rule: ERASED });
  await tx.run(giveBack, { annotatorId, at });
  const finish = await endPart(context, tx, annotatorId);
  const platform = await platformOf(tx, annotatorId);
  const { name, traces } = await eraseIdentity(tx, leaver);
  await scrubRecords(tx, studyId, [traces]);
  await eraseTexts(tx, annotatorId);
  await eraseWork(tx, annotatorId);
  await writeDeparture(tx, { leaver, kind: "erased", by, at, doneAt: at, platform });
  await recordChange(tx, { studyId, kind: "erased", detail: { annotator: name }, at, by });
  return { name, finish };
}

async function platformOf({ db }: Transaction, annotatorId: number): Promise<string | null> {
  const row = await db
    .selectFrom("participant")
    .select("platform")
    .where("annotator_id", "=", annotatorId)
    .executeTakeFirst();
  return row?.platform ?? null;
}
