import { leaveOut } from "../assignments/exclude.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { LeavingReply } from "../contract/leaving.ts";
import { endPart } from "../participants/finish.ts";
import type { Transaction } from "../storage/database.ts";
import { recordChange } from "../studies/store.ts";
import { departureOf, writeDeparture } from "./departure.ts";
import { type Leaver, lockByLink, lockByName } from "./who.ts";

class AlreadyErased extends TiebreakError {
  constructor(name: string) {
    super("AlreadyErased", 409, `${name} was erased: nothing is left to withdraw.`);
  }
}

/** The rule of an exclusion, as the report shows it. */
const WITHDREW = "withdrew";

/**
 * Takes the judgments of somebody out of every figure because they want it: excluded by a rule of its own, their places are
 * free for others, and pay is as it was. Once the study is closed, only its owner does that: until then it is a request.
 * @throws LinkNotValid
 */
export async function withdrawByLink(context: Context, token: string): Promise<LeavingReply> {
  return context.database.transact(async (tx) => {
    const leaver = await lockByLink(tx, token);
    return withdraw(context, tx, { leaver, by: ANNOTATOR, waits: leaver.state === "closed" });
  });
}

/**
 * The same by the owner, in a closed study as well. @returns the annotator's name
 * @throws StudyNotFound, AnnotatorNotFound, NotAPerson, AlreadyErased
 */
export async function withdrawByName(
  context: Context,
  request: { study: string; annotator: string; by: string },
): Promise<string> {
  return context.database.transact(async (tx) => {
    const leaver = await lockByName(tx, request);
    if ((await departureOf(tx, leaver.id))?.kind === "erased") throw new AlreadyErased(leaver.name);
    await withdraw(context, tx, { leaver, by: request.by, waits: false });
    return leaver.name;
  });
}

/** Who asked, where it was neither the owner nor the command line. */
export const ANNOTATOR = "annotator";

/** Nobody need decide on somebody who has left. */
async function dropOpenReview({ db }: Transaction, annotatorId: number): Promise<void> {
  await db
    .deleteFrom("review")
    .where("annotator_id", "=", annotatorId)
    .where("decision", "is", null)
    .execute();
}

async function withdraw(
  context: Context,
  tx: Transaction,
  { leaver, by, waits }: { leaver: Leaver; by: string; waits: boolean },
): Promise<LeavingReply> {
  const { id: annotatorId, studyId, name } = leaver;
  const before = await departureOf(tx, annotatorId);
  const isDone = before?.doneAt != null || !waits;
  if (before === null || (before.doneAt === null && isDone)) {
    const at = now(context);
    if (isDone) await leaveOut(context, tx, { studyId, annotatorId, rule: WITHDREW });
    await dropOpenReview(tx, annotatorId);
    await writeDeparture(tx, { leaver, kind: "withdrawn", by, at, doneAt: isDone ? at : null });
    const kind = isDone ? "withdrew" : "asked to withdraw";
    await recordChange(tx, { studyId, kind, detail: { annotator: name }, at, by });
  }
  return { isDone, finish: await endPart(context, tx, annotatorId) };
}
