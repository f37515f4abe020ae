import { batchesOf, INSERT_ROWS } from "../../storage/batches.ts";
import type { AnswerClaim } from "./prepare.ts";
import { type KnownPrompt, noteFound, type Scope } from "./scope.ts";
import { type Located, storeComparisons } from "./comparisons.ts";

type Answer = Located<{ readonly claim: AnswerClaim }>;

/** Keeps the known answers that are new. One comparison has one answer: another one is an error. */
export async function storeAnswers(
  scope: Scope,
  claims: readonly AnswerClaim[],
  prompts: readonly (KnownPrompt | null)[],
): Promise<void> {
  if (claims.length === 0) return;
  const { tx, studyId, loadId, outcome } = scope;
  outcome.answers.read += claims.length;
  const whole = claims.filter((claim) => prompts[claim.prompt]).map((claim) => ({ claim }));
  const answers = await storeComparisons(scope, whole, prompts);
  for (const batch of batchesOf(answers, INSERT_ROWS)) {
    const known = await knownOf(scope, batch);
    const fresh = batch.filter((answer) => {
      const there = known.get(answer.comparisonId);
      const isNew = there === undefined;
      if (isNew) known.set(answer.comparisonId, { better: betterOf(answer), loadId });
      else if (there.better === betterOf(answer)) {
        outcome.answers.unchanged++;
        noteFound(scope, there.loadId);
      } else refuseOther(scope, answer);
      return isNew;
    });
    const rows = fresh.map((answer) => ({
      ...{ comparison_id: answer.comparisonId, study_id: studyId },
      ...{ better_system_id: betterOf(answer), load_id: loadId },
    }));
    if (rows.length > 0) await tx.db.insertInto("known_answer").values(rows).execute();
    outcome.answers.new += rows.length;
  }
}

interface Known {
  readonly better: number | null;
  readonly loadId: number;
}

async function knownOf({ tx }: Scope, answers: readonly Answer[]): Promise<Map<number, Known>> {
  const rows = await tx.db
    .selectFrom("known_answer")
    .select(["comparison_id as id", "better_system_id as better", "load_id as loadId"])
    .where("comparison_id", "in", [...answers.map((one) => one.comparisonId), -1])
    .execute();
  return new Map(rows.map(({ id, better, loadId }) => [id, { better, loadId }]));
}

const betterOf = ({ claim, leftId, rightId }: Answer): number | null => {
  const { expected } = claim.record;
  return expected === "left" ? leftId : expected === "right" ? rightId : null;
};

function refuseOther({ outcome }: Scope, { claim }: Answer): void {
  const { leftSystem, rightSystem } = claim.record;
  const message = `The comparison of ${leftSystem} and ${rightSystem} on this prompt has another known answer already.`;
  outcome.errors.push({ row: claim.row, name: "KnownAnswerConflict", message });
}
