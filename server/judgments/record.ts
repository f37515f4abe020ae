import type { WorkDesk, WorkParts } from "../assignments/work.ts";
import { now } from "../context.ts";
import type { JudgmentReply, JudgmentRequest } from "../contract/judging.ts";
import type { Transaction } from "../storage/database.ts";
import { AssignmentNotFound, JudgmentConflict } from "./errors.ts";
import {
  type AssignmentToJudge,
  endJudged,
  insertJudgment,
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
  const [before] = await tx.run(selectByRequestKey, { ...who, requestKey: request.requestKey });
  if (before) {
    const same = before.assignmentId === assignment.id && before.choice === request.choice;
    if (!same) throw new JudgmentConflict();
  } else await write(tx, assignment, { ...who, request, at: now(desk.context) });
  const surplus = await isSurplus(tx, assignment);
  return { surplus, parts: await desk.fill(tx, annotator, request.holding) };
}

async function write(
  tx: Transaction,
  assignment: AssignmentToJudge,
  given: { annotatorId: number; request: JudgmentRequest; at: string },
): Promise<void> {
  const { annotatorId, request, at } = given;
  const { choice, language, activeMs, requestKey } = request;
  const said = { choice, language, activeMs, requestKey };
  await tx.run(insertJudgment, { ...said, assignmentId: assignment.id, annotatorId, receivedAt: at });
  if (assignment.endedHow === "judged") return;
  await tx.run(endJudged, { id: assignment.id, at });
  if (assignment.slotId !== null) {
    await tx.run(takeSlot, { slotId: assignment.slotId, assignmentId: assignment.id });
  }
}

async function isSurplus(tx: Transaction, assignment: AssignmentToJudge): Promise<boolean> {
  if (assignment.slotId === null) return false;
  const [slot] = await tx.run(selectHolder, { slotId: assignment.slotId });
  return slot?.countedAssignmentId !== assignment.id;
}
