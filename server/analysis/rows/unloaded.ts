import type { Reader } from "../../storage/database.ts";

/** Judgments of texts that were taken back, which are in no figure, and why. */
export interface UnloadedJudgments {
  readonly judgments: number;
  readonly reasons: readonly string[];
}

/** Undefined where there are none. */
export async function readUnloaded({ db }: Reader, studyId: number): Promise<UnloadedJudgments | undefined> {
  const changes = await db
    .selectFrom("study_change")
    .select("detail")
    .where("study_id", "=", studyId)
    .where("kind", "=", "unload")
    .orderBy("id")
    .execute();
  const details = changes.map(({ detail }) => JSON.parse(detail) as { reason?: string });
  const reasons = [...new Set(details.flatMap(({ reason }) => reason ?? []))];
  if (reasons.length === 0) return undefined;
  const { judgments } = await db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .select((e) => e.fn.countAll<number>().as("judgments"))
    .where("r.study_id", "=", studyId)
    .where("a.purpose", "=", "unloaded")
    .where("a.ended_how", "=", "judged")
    .executeTakeFirstOrThrow();
  return Number(judgments) === 0 ? undefined : { judgments: Number(judgments), reasons };
}
