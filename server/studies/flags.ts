import { sql } from "kysely";
import type { FlagOf } from "../contract/remarks.ts";
import type { Reader } from "../storage/database.ts";
import { comparisonLeftOutFlag } from "./left-out.ts";
import { ofLatestJudgment, ofLatestSkip } from "./latest-answer.ts";

/** What an annotator flagged with an answer that stands. */
interface Flagged {
  readonly annotatorId: number;
  readonly comparisonId: number;
  readonly promptId: number;
  /** As files name the prompt. */
  readonly prompt: string;
  readonly flag: string;
  readonly of: FlagOf;
  /** The system that it is of; null: the prompt. */
  readonly systemId: number | null;
  /** In the figures: of the main or the shared set, and of no comparison that the blinding audit left out. */
  readonly isCounted: boolean;
  /** The answer that it came with, by the key of its request. */
  readonly requestKey: string;
}

/** Every flag of a study that stands: those of an answer that was changed since are not among them. */
export async function flagsInForce({ db }: Reader, studyId: number): Promise<Flagged[]> {
  const rows = await db
    .selectFrom("annotator as r")
    .innerJoin("flag as f", "f.annotator_id", "r.id")
    .innerJoin("assignment as a", "a.id", "f.assignment_id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt as p", "p.id", "a.prompt_id")
    .select([
      "r.id as annotatorId",
      "c.id as comparisonId",
      "p.id as promptId",
      "p.external_id as prompt",
      "f.flag",
    ])
    .select(["f.of_what as of", "f.request_key as requestKey", "a.purpose"])
    .select(["a.left_system_id as left", "a.right_system_id as right"])
    .select(comparisonLeftOutFlag("c").as("isLeftOut"))
    .where("r.study_id", "=", studyId)
    .where((e) =>
      e(
        "f.request_key",
        "=",
        e
          .case()
          .when("a.ended_how", "=", sql.lit("skipped" as const))
          .then(ofLatestSkip(db, { assignment: "a.id", column: "request_key" }))
          .else(ofLatestJudgment(db, { assignment: "a.id", column: "request_key" }))
          .end(),
      ),
    )
    .orderBy("a.id")
    .orderBy("f.of_what")
    .orderBy("f.flag")
    .execute();
  return rows.map(({ purpose, left, right, isLeftOut, ...row }) => ({
    ...row,
    systemId: row.of === "prompt" ? null : row.of === "left" ? left : right,
    isCounted: (purpose === "main" || purpose === "shared") && isLeftOut === 0,
  }));
}

/** What the answers of a study were flagged with, by `answerKey`. */
export async function flagsByAnswer(reader: Reader, studyId: number): Promise<Map<string, Flagged[]>> {
  const byAnswer = new Map<string, Flagged[]>();
  for (const one of await flagsInForce(reader, studyId)) {
    const key = answerKey(one);
    byAnswer.set(key, [...(byAnswer.get(key) ?? []), one]);
  }
  return byAnswer;
}

/** What stands for one answer of one annotator. */
export const answerKey = ({ annotatorId, requestKey }: Pick<Flagged, "annotatorId" | "requestKey">): string =>
  `${annotatorId} ${requestKey}`;
