import type { AssignmentService } from "../assignments/assignment-service.ts";
import { letGo } from "../assignments/places.ts";
import { type Context, now } from "../context.ts";
import type { Decision, Signal } from "../contract/quality.ts";
import type { Transaction } from "../storage/database.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { latestReview } from "./latest-review.ts";
import { NothingToAnswer, ReviewNotFound, ReviewWrong } from "./errors.ts";

interface Request {
  readonly study: string;
  readonly annotator: string;
  readonly decision: Decision;
  /** Needed to end somebody's part: it is kept with the decision. */
  readonly reason?: string | undefined;
  readonly by: string;
}

/**
 * A person's decision about an annotator: they go on, or their part ends. Ending frees what they hold and keeps what they
 * judged; it takes neither judgments out of the figures nor pay away. “Go on” undoes an end. The same decision again
 * changes nothing. @returns whether anything changed
 * @throws StudyNotFound, ReviewNotFound, ReviewWrong where the reason of an end is missing
 */
export async function decide(context: Context, request: Request): Promise<boolean> {
  const { decision } = request;
  const reason = request.reason?.trim() ?? "";
  if (decision === "end" && reason === "")
    throw new ReviewWrong("State the reason: it is kept with the decision.");
  if (reason.length > 2000) throw new ReviewWrong("The reason may have up to 2,000 characters.");
  return context.database.transact(async (tx) => {
    const { studyId, id } = await lockByName(tx, request);
    const latest = await latestReview(tx, id);
    if (latest === undefined && decision === "go on") return false;
    if (latest?.decision === decision) return false;
    const at = now(context);
    const decided = { decision, reason: reason === "" ? null : reason, decided_at: at };
    if (latest?.decision === null)
      await tx.db.updateTable("review").set(decided).where("id", "=", latest.id).execute();
    else {
      const row = { study_id: studyId, annotator_id: id, trigger_id: null, opened_at: at, answer: null };
      await tx.db
        .insertInto("review")
        .values({ ...row, ...decided })
        .execute();
    }
    if (decision === "end") await letGo(tx, id, context.clock());
    const kind = decision === "end" ? "part ended" : "part goes on";
    // the reason may say much of a person: it stands with the decision, and is erased with them
    const detail = { annotator: request.annotator };
    await recordChange(tx, { studyId, kind, detail, at, by: request.by });
    return true;
  });
}

/**
 * What an annotator writes to the person who looks at their work, or who has ended their part; a later answer replaces an
 * earlier one. @throws LinkNotValid, LinkRevoked, NothingToAnswer
 */
export async function answer(service: AssignmentService, token: string, text: string): Promise<void> {
  await service.context.database.transact(async (tx) => {
    const { id } = await service.lock(tx, token);
    const latest = await latestReview(tx, id);
    if (latest === undefined || latest.decision === "go on") throw new NothingToAnswer();
    await tx.db.updateTable("review").set({ answer: text.trim() }).where("id", "=", latest.id).execute();
  });
}

/** An annotator has read the warning about one thing that they were shown. @throws LinkNotValid, LinkRevoked */
export async function readWarning(service: AssignmentService, token: string, signal: Signal): Promise<void> {
  const { context } = service;
  await context.database.transact(async (tx) => {
    const { id } = await service.lock(tx, token);
    await tx.db
      .updateTable("rule_trigger")
      .set({ read_at: now(context) })
      .where("annotator_id", "=", id)
      .where("signal", "=", signal)
      .where("took", "=", "warn")
      .where("read_at", "is", null)
      .execute();
  });
}

async function lockByName(tx: Transaction, { study, annotator }: Request) {
  const { id: studyId } = await requireStudy(tx, study);
  const named = tx.db
    .selectFrom("annotator")
    .select("id")
    .where("study_id", "=", studyId)
    .where("external_id", "=", annotator);
  const row = await tx.dialect.lockRows(named).executeTakeFirst();
  if (row === undefined) throw new ReviewNotFound(annotator);
  return { studyId, id: row.id };
}
