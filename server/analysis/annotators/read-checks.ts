import { sideChosen } from "../../contract/words.ts";
import type { Reader } from "../../storage/database.ts";
import { isComparisonLeftOut } from "../../studies/left-out.ts";
import type { StudyData } from "../rows/study-data.ts";

/** How an annotator did where the answer was known. */
export interface Checked {
  readonly passed: number;
  readonly of: number;
}

/**
 * The checks of every annotator, by code: `of` how many they judged, `passed` how often their latest choice was the known
 * answer; where neither system is better, "both bad" passes as a tie does. Must run within one `database.read`.
 */
export async function readChecks({ db }: Reader, data: StudyData): Promise<Checked[]> {
  const rows = await db
    .selectFrom("known_answer as k")
    .innerJoin("comparison as c", "c.id", "k.comparison_id")
    .innerJoin("assignment as a", "a.comparison_id", "k.comparison_id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .innerJoin("load as told", "told.id", "k.load_id")
    .select(["a.annotator_id as annotator", "k.better_system_id as better", "j.choice"])
    .select(["a.left_system_id as left", "a.right_system_id as right"])
    .where("k.study_id", "=", data.facts.study.id)
    .where("told.state", "=", "published")
    .where("a.purpose", "=", "check")
    .where("a.ended_how", "=", "judged")
    .where((e) => e.not(isComparisonLeftOut("c")))
    .where((e) => e.or([e("a.load_id", "is", null), e("l.state", "=", "published")]))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("judgment as later")
            .select("later.id")
            .whereRef("later.assignment_id", "=", "j.assignment_id")
            .whereRef("later.revision", ">", "j.revision"),
        ),
      ),
    )
    .execute();
  const codes = new Map(data.annotators.map(({ id }, code) => [id, code]));
  const checked = data.annotators.map(() => ({ passed: 0, of: 0 }));
  for (const { annotator, better, choice, left, right } of rows) {
    const code = codes.get(annotator);
    if (code === undefined) continue;
    const side = sideChosen(choice);
    const chosen = side === null ? null : { left, right }[side];
    checked[code]!.of++;
    if (chosen === better) checked[code]!.passed++;
  }
  return checked;
}
