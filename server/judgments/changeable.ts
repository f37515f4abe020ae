import type { Decision } from "../contract/quality.ts";
import type { StudyState } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { leftOutFlag } from "../studies/left-out.ts";
import { reviewOf } from "../studies/review-state.ts";
import { JudgmentFinal } from "./errors.ts";

/**
 * That what an annotator has judged may still be changed. The annotator's row must be locked in this transaction; the
 * study's row is held, too, so that a study that closes meanwhile waits until the change is written.
 * @throws JudgmentFinal where the study is closed or the annotator is left out
 */
export async function requireChangeable(tx: Transaction, annotatorId: number): Promise<void> {
  const [standing] = await tx.run(selectStanding, { annotatorId });
  if (standing?.state === "closed") throw new JudgmentFinal("The study is closed.");
  if (standing?.leftOut !== 0 || standing.review === "end")
    throw new JudgmentFinal("Your part in this study is over.");
}

interface Standing {
  readonly state: StudyState;
  readonly leftOut: number;
  readonly review: Decision | "open" | null;
}

const selectStanding = statement<{ annotatorId: number }, Standing>((db, param, dialect) => {
  const query = db
    .selectFrom("annotator as a")
    .innerJoin("study as s", "s.id", "a.study_id")
    .select("s.state")
    .select(leftOutFlag(param("annotatorId")).as("leftOut"))
    .select(reviewOf(param("annotatorId")).as("review"))
    .where("a.id", "=", param("annotatorId"));
  return dialect.oneWriter ? query : query.forShare("s");
});
