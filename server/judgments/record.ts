import type { AnnotatorAtWork } from "../assignments/statements.ts";
import type { WorkDesk, WorkParts } from "../assignments/work.ts";
import { now } from "../context.ts";
import type { JudgmentReply, JudgmentRequest } from "../contract/judging.ts";
import type { Transaction } from "../storage/database.ts";
import { AssignmentNotFound, JudgmentConflict } from "./errors.ts";
import { requireChangeable } from "./skip.ts";
import { selectSkipByKey } from "./skip-statements.ts";
import {
  type AssignmentToJudge,
  endJudged,
  insertJudgment,
  type NewJudgment,
  selectAssignment,
  selectByRequestKey,
  selectHolder,
  takeSlot,
} from "./statements.ts";

/**
 * Records one judgment and tops its annotator up, in one transaction; acknowledged means committed.
 * The same request key with the same answer is accepted once more and written once.
 * @throws LinkNotValid, AssignmentNotFound, JudgmentConflict (the same key with another answer)
 */
export async function recordJudgment(
  desk: WorkDesk,
  token: string,
  request: JudgmentRequest,
): Promise<JudgmentReply> {
  const { database } = desk.context;
  const { surplus, parts } = await database.transactTogether((tx) =>
    recordInside(desk, tx, { token, request }),
  );
  return { accepted: true, surplus, work: await desk.compose(parts) };
}

async function recordInside(
  desk: WorkDesk,
  tx: Transaction,
  given: { token: string; request: JudgmentRequest },
): Promise<{ surplus: boolean; parts: WorkParts }> {
  const { token, request } = given;
  const annotator = await desk.lock(tx, token);
  const who = { annotatorId: annotator.id };
  const [assignment] = await tx.run(selectAssignment, { ...who, token: request.assignment });
  if (!assignment) throw new AssignmentNotFound();
  if (assignment.endedHow === "skipped") await requireJudgeable(tx, annotator, { assignment, request });
  const takes = await writeJudgment(tx, assignment, { ...who, said: request, at: now(desk.context) });
  const surplus = !takes && (await isSurplus(tx, assignment));
  return { surplus, parts: await desk.fill(tx, annotator, request.holding) };
}

/**
 * A pair that could not be judged may be judged after all, with a key of its own.
 * @throws JudgmentConflict, AnswerStands (the study is closed)
 */
async function requireJudgeable(
  tx: Transaction,
  annotator: AnnotatorAtWork,
  { assignment, request }: { assignment: AssignmentToJudge; request: JudgmentRequest },
): Promise<void> {
  const key = { annotatorId: annotator.id, requestKey: request.requestKey };
  if ((await tx.run(selectSkipByKey, key)).length > 0) throw new JudgmentConflict();
  if ((await tx.run(selectByRequestKey, key)).length === 0) requireChangeable(annotator, assignment);
}

/** What an annotator says of an assignment; people give no reasons. */
export type Said = Pick<JudgmentRequest, "choice" | "language" | "activeMs" | "requestKey"> & {
  readonly rationale?: string;
};

/**
 * Writes one judgment down, ends its assignment and takes its slot: of people and models alike. The annotator's row must
 * be locked in this transaction.
 * @returns whether the judgment took its assignment's slot just now.
 * @throws JudgmentConflict (the same key with another answer)
 */
export async function writeJudgment(
  tx: Transaction,
  assignment: AssignmentToJudge,
  given: { annotatorId: number; said: Said; at: string },
): Promise<boolean> {
  const { annotatorId, at } = given;
  const { choice, language, activeMs, requestKey, rationale = null } = given.said;
  const said = { choice, language, activeMs, requestKey, rationale };
  const judgment = { ...said, assignmentId: assignment.id, annotatorId, receivedAt: at };
  if ((await tx.run(insertJudgment, judgment)).length === 0) {
    await requireSame(tx, judgment);
    return false;
  }
  if (assignment.endedHow === "judged") return false;
  await tx.run(endJudged, { id: assignment.id, at });
  if (assignment.slotId === null) return false;
  const taken = await tx.run(takeSlot, { slotId: assignment.slotId, assignmentId: assignment.id });
  return taken.length > 0;
}

/** The request was made before: it is the same one, or its key was used for another answer. */
async function requireSame(
  tx: Transaction,
  judgment: Pick<NewJudgment, "annotatorId" | "requestKey" | "assignmentId" | "choice">,
): Promise<void> {
  const [before] = await tx.run(selectByRequestKey, judgment);
  const same = before?.assignmentId === judgment.assignmentId && before.choice === judgment.choice;
  if (!same) throw new JudgmentConflict();
}

async function isSurplus(tx: Transaction, assignment: AssignmentToJudge): Promise<boolean> {
  if (assignment.slotId === null) return false;
  const [slot] = await tx.run(selectHolder, { slotId: assignment.slotId });
  return slot?.countedAssignmentId !== assignment.id;
}
