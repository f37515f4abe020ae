import type { AssignmentService, WorkParts } from "../assignments/assignment-service.ts";
import { now } from "../context.ts";
import type { JudgmentReply, JudgmentRequest } from "../contract/judging.ts";
import { cleaned, type Flag } from "../contract/remarks.ts";
import type { Transaction } from "../storage/database.ts";
import { takeSlot } from "../assignments/places.ts";
import { requireTime } from "../quality/require-time.ts";
import { noteSigns } from "../quality/signs.ts";
import { watch } from "../quality/watch.ts";
import { requireChangeable } from "./changeable.ts";
import { AssignmentNotFound, JudgmentConflict } from "./errors.ts";
import { hasFlags, writeFlags } from "./flags.ts";
import { requireOffered } from "./offered.ts";
import { standingBefore } from "./standing.ts";
import { selectSkipByKey } from "./skip-statements.ts";
import {
  type AssignmentToJudge,
  endJudged,
  insertJudgment,
  type NewJudgment,
  selectAssignment,
  selectByRequestKey,
  selectHolder,
  showUnder,
} from "./statements.ts";

/**
 * Records one judgment and tops its annotator up, in one transaction; acknowledged means committed.
 * The same request key with the same answer is accepted once more and written once. A first answer to a pair that was
 * answered elsewhere is not written, and the reply has the one that stands. What was handed out is accepted
 * whatever has become of the study or the annotator since; what was judged is changed only while both go on.
 * @throws LinkNotValid, AnswerNotOffered, CommentMissing, JudgedTooSoon, AssignmentNotFound, JudgmentConflict (the same key with another answer),
 *   JudgmentFinal (a change after the end)
 */
export async function recordJudgment(
  service: AssignmentService,
  token: string,
  request: JudgmentRequest,
): Promise<JudgmentReply> {
  const { database } = service.context;
  const { parts, ...outcome } = await database.transactTogether((tx) =>
    recordInside(service, tx, { token, request }),
  );
  return { accepted: true, ...outcome, work: await service.compose(parts) };
}

async function recordInside(
  service: AssignmentService,
  tx: Transaction,
  given: { token: string; request: JudgmentRequest },
): Promise<Omit<JudgmentReply, "accepted" | "work"> & { parts: WorkParts }> {
  const { token, request } = given;
  const annotator = await service.lock(tx, token);
  requireOffered(await service.protocolOf(tx, annotator), request);
  const who = { annotatorId: annotator.id };
  const [assignment] = await tx.run(selectAssignment, { ...who, token: request.assignment });
  if (!assignment) throw new AssignmentNotFound();
  const standing = await standingBefore(tx, assignment, { ...who, request });
  if (standing)
    return { surplus: false, standing, parts: await service.fill(tx, annotator, request.holding) };
  const wasTakenBack =
    assignment.endedHow === "skipped" && (await wasJudged(tx, { ...who, assignment, request }));
  const at = now(service.context);
  const shown = Math.min(request.revision ?? 0, await service.revisionOf(tx, annotator));
  const isFirst = assignment.endedHow !== "judged" && assignment.endedHow !== "skipped";
  const protocol = await service.protocolOf(tx, annotator);
  if (isFirst) await requireTime(tx, protocol, { assignmentId: assignment.id, activeMs: request.activeMs });
  const surplus =
    !wasTakenBack &&
    (await writeJudgment(tx, assignment, {
      ...who,
      said: { ...saidIn(service, request), revision: shown || undefined },
      at,
    }));
  if (isFirst) {
    const { choice, activeMs } = request;
    await noteSigns(tx, { annotator, protocol, signs: request.signs });
    await watch(tx, { annotator, protocol, assignmentId: assignment.id, choice, activeMs, at });
  }
  return { surplus, parts: await service.fill(tx, annotator, request.holding) };
}

/** What a request says, with how the pair was shown and by which version of the renderer. */
function saidIn({ services }: AssignmentService, { shown, comment, ...said }: JudgmentRequest): Said {
  return {
    ...said,
    ...(comment !== undefined && { rationale: cleaned(comment) }),
    ...(shown !== undefined && {
      metadata: JSON.stringify({ ...shown, renderer: services.rendererVersion }),
    }),
  };
}
/**
 * A pair that could not be judged may be judged after all, with a key of its own; a judgment that was sent before, and
 * taken back by the skip, is accepted once more and changes nothing.
 * @returns whether this very judgment was made before
 * @throws JudgmentConflict, JudgmentFinal (a change after the end)
 */
async function wasJudged(
  tx: Transaction,
  given: { annotatorId: number; assignment: AssignmentToJudge; request: JudgmentRequest },
): Promise<boolean> {
  const { annotatorId, assignment, request } = given;
  const key = { annotatorId, requestKey: request.requestKey };
  if ((await tx.run(selectSkipByKey, key)).length > 0) throw new JudgmentConflict();
  const { choice, comment, flags } = request;
  const rationale = comment === undefined ? null : cleaned(comment);
  if (await wasMade(tx, { ...key, assignmentId: assignment.id, choice, rationale }, flags)) return true;
  await requireChangeable(tx, annotatorId);
  return false;
}

/** What an annotator says of an assignment; the comment of a person is the rationale. */
export type Said = Pick<JudgmentRequest, "choice" | "language" | "requestKey"> & {
  /** null: nobody knows. */
  readonly activeMs: number | null;
  readonly rationale?: string;
  /** How it was shown, or what a model's verdict was made of, as JSON. */
  readonly metadata?: string | undefined;
  /** By how many steps, of a model with more than three options. */
  readonly strength?: number | undefined;
  /** The revision of the protocol that was shown; absent: that of the assignment. */
  readonly revision?: number | undefined;
  readonly flags?: readonly Flag[] | undefined;
};

/**
 * Writes one judgment down, ends its assignment and takes its slot, unless its annotator is left out: of people and
 * models alike. The annotator's row must be locked in this transaction.
 * @returns whether another judgment holds the slot
 * @throws JudgmentConflict (the same key with another answer), JudgmentFinal (a change after the end)
 */
export async function writeJudgment(
  tx: Transaction,
  assignment: AssignmentToJudge,
  given: { annotatorId: number; said: Said; at: string },
): Promise<boolean> {
  const { annotatorId, at } = given;
  const {
    choice,
    language,
    activeMs,
    requestKey,
    rationale = null,
    metadata = null,
    strength = null,
    flags = [],
  } = given.said;
  const said = { choice, language, activeMs, requestKey, rationale, metadata, strength };
  const judgment = { ...said, assignmentId: assignment.id, annotatorId, receivedAt: at };
  const { id, slotId, endedHow } = assignment;
  if (endedHow === "judged") {
    if (await wasMade(tx, judgment, flags)) return isSurplus(tx, assignment);
    await writeChange(tx, judgment, flags);
    const { revision } = given.said;
    if (revision !== undefined) await tx.run(showUnder, { id, revision });
    return isSurplus(tx, assignment);
  }
  if ((await tx.run(insertJudgment, judgment)).length === 0) throw new JudgmentConflict();
  await writeFlags(tx, judgment, flags);
  const [taken] = slotId === null ? [] : await tx.run(takeSlot, { slotId, assignmentId: id, annotatorId });
  await tx.run(endJudged, { id, at, revision: given.said.revision ?? null });
  return taken !== undefined && taken.holder !== id;
}

/** A newer revision of what was judged before, as long as the study and the annotator's part in it go on. */
async function writeChange(tx: Transaction, judgment: NewJudgment, flags: readonly Flag[]): Promise<void> {
  await requireChangeable(tx, judgment.annotatorId);
  await tx.run(insertJudgment, judgment);
  await writeFlags(tx, judgment, flags);
}

/** Whether this very request was made before. @throws JudgmentConflict where its key was used for another answer */
async function wasMade(
  tx: Transaction,
  judgment: Pick<NewJudgment, "annotatorId" | "requestKey" | "assignmentId" | "choice" | "rationale">,
  flags: readonly Flag[] = [],
): Promise<boolean> {
  const [before] = await tx.run(selectByRequestKey, judgment);
  if (!before) return false;
  const { assignmentId, choice, rationale } = judgment;
  const same =
    before.assignmentId === assignmentId && before.choice === choice && before.rationale === rationale;
  if (!same || !(await hasFlags(tx, judgment, flags))) throw new JudgmentConflict();
  return true;
}

/** Kept, but another judgment holds its slot; what is left out holds none, and is in nobody's way. */
async function isSurplus(tx: Transaction, { id, slotId }: AssignmentToJudge): Promise<boolean> {
  if (slotId === null) return false;
  const [slot] = await tx.run(selectHolder, { slotId });
  const holder = slot?.countedAssignmentId ?? null;
  return holder !== null && holder !== id;
}
