import { passOn } from "../assignments/places.ts";
import type { AssignmentService, WorkParts } from "../assignments/assignment-service.ts";
import { now } from "../context.ts";
import type { SkipReply, SkipRequest } from "../contract/judging.ts";
import { cleaned } from "../contract/remarks.ts";
import type { Transaction } from "../storage/database.ts";
import { requireChangeable } from "./changeable.ts";
import { AssignmentNotFound, JudgmentConflict } from "./errors.ts";
import { hasFlags, writeFlags } from "./flags.ts";
import { requireOffered } from "./offered.ts";
import { standingBefore } from "./standing.ts";
import { endSkipped, insertSkip, selectSkipByKey } from "./skip-statements.ts";
import { type AssignmentToJudge, selectAssignment, selectByRequestKey } from "./statements.ts";

/**
 * Records that an annotator cannot judge a pair, and tops them up, in one transaction: the place of the pair is free for
 * somebody else, and this annotator never gets it again. A judgment that they gave of it before is taken back. The same
 * request key with the same reason is accepted once more and written once. A first answer to a pair that was answered
 * elsewhere is not written, and the reply has the one that stands.
 * @throws LinkNotValid, AnswerNotOffered, AssignmentNotFound, JudgmentConflict (the same key with another answer), JudgmentFinal (a
 * change after the end)
 */
export async function recordSkip(
  service: AssignmentService,
  token: string,
  request: SkipRequest,
): Promise<SkipReply> {
  const { parts, ...outcome } = await service.context.database.transactTogether((tx) =>
    skipInside(service, tx, { token, request }),
  );
  return { accepted: true, ...outcome, work: await service.compose(parts) };
}

async function skipInside(
  service: AssignmentService,
  tx: Transaction,
  { token, request }: { token: string; request: SkipRequest },
): Promise<Omit<SkipReply, "accepted" | "work"> & { parts: WorkParts }> {
  const annotator = await service.lock(tx, token);
  requireOffered(await service.protocolOf(tx, annotator), request);
  const who = { annotatorId: annotator.id };
  const [assignment] = await tx.run(selectAssignment, { ...who, token: request.assignment });
  if (!assignment) throw new AssignmentNotFound();
  const standing = await standingBefore(tx, assignment, { ...who, request });
  if (standing) return { standing, parts: await service.fill(tx, annotator, request.holding) };
  if (!(await isWritten(tx, { ...who, assignment, request }))) {
    const isAnswered = assignment.endedHow === "judged" || assignment.endedHow === "skipped";
    if (isAnswered) await requireChangeable(tx, annotator.id);
    await writeSkip(tx, assignment, { ...who, request, at: now(service.context) });
  }
  return { parts: await service.fill(tx, annotator, request.holding) };
}

/** Whether this very request was written before. @throws JudgmentConflict where its key was used for another answer */
async function isWritten(
  tx: Transaction,
  given: { annotatorId: number; assignment: AssignmentToJudge; request: SkipRequest },
): Promise<boolean> {
  const { annotatorId, assignment, request } = given;
  const key = { annotatorId, requestKey: request.requestKey };
  const [before] = await tx.run(selectSkipByKey, key);
  const isSame =
    before?.assignmentId === assignment.id &&
    before.reason === request.reason &&
    before.comment === commentIn(request) &&
    (await hasFlags(tx, key, request.flags ?? []));
  if (isSame) return true;
  if (before || (await tx.run(selectByRequestKey, key)).length > 0) throw new JudgmentConflict();
  return false;
}

const commentIn = ({ comment }: SkipRequest): string | null =>
  comment === undefined ? null : cleaned(comment);

async function writeSkip(
  tx: Transaction,
  { id, slotId }: AssignmentToJudge,
  given: { annotatorId: number; request: SkipRequest; at: string },
): Promise<void> {
  const { annotatorId, request, at } = given;
  const { reason, activeMs, requestKey, flags = [] } = request;
  const skip = { assignmentId: id, annotatorId, reason, activeMs, requestKey, receivedAt: at };
  await tx.run(insertSkip, { ...skip, comment: commentIn(request) });
  await writeFlags(tx, skip, flags);
  await passOn(tx, { slotId, assignmentId: id }, () => tx.run(endSkipped, { id, at }));
}
