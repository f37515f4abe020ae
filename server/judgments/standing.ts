import type { Standing } from "../contract/judging.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { ofLatestJudgment, ofLatestSkip } from "../studies/latest-answer.ts";
import { selectSkipByKey } from "./skip-statements.ts";
import { type Answered, type AssignmentToJudge, selectByRequestKey } from "./statements.ts";

/**
 * The answer that stands where a browser believes that it answers a pair for the first time, and another device or tab has
 * answered it before. The annotator's row must be locked in this transaction.
 * @returns null where there is none, where the browser knows of it, or where it is this very request
 */
export async function standingBefore(
  tx: Transaction,
  { id, endedHow }: AssignmentToJudge,
  given: { annotatorId: number; request: { readonly first?: true | undefined; readonly requestKey: string } },
): Promise<Standing | null> {
  const { annotatorId, request } = given;
  if (!request.first || (endedHow !== "judged" && endedHow !== "skipped")) return null;
  const key = { annotatorId, requestKey: request.requestKey };
  const [judged, skipped] = [await tx.run(selectByRequestKey, key), await tx.run(selectSkipByKey, key)];
  if (judged.length + skipped.length > 0) return null;
  const [answer] = await tx.run(selectAnswer, { id });
  return answer ? answerOf({ ...answer, endedHow }) : null;
}

/** What ended the assignment: there was a judgment, or there was a reason. */
export const answerOf = ({
  endedHow,
  choice,
  reason,
}: Pick<Answered, "endedHow" | "choice" | "reason">): Standing =>
  endedHow === "skipped" ? { reason: reason ?? "other" } : { choice: choice ?? "tie" };

const selectAnswer = statement<{ id: number }, Pick<Answered, "choice" | "reason">>((db, param) =>
  db
    .selectFrom("assignment as a")
    .select([
      ofLatestJudgment(db, { assignment: "a.id", column: "choice" }).as("choice"),
      ofLatestSkip(db, { assignment: "a.id", column: "reason" }).as("reason"),
    ])
    .where("a.id", "=", param("id")),
);
