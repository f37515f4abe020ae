import type { Reader } from "../../storage/database.ts";
import { type Checked, readChecks } from "./read-checks.ts";
import { isComparisonLeftOut } from "../../studies/left-out.ts";
import { preferenceOf } from "../rows/outcomes.ts";
import type { StudyData } from "../rows/study-data.ts";

/** What annotators judged twice, how often and how often with the same outcome, and their checks; by their codes. */
export interface AnnotatorExtras {
  readonly checks: readonly Checked[];
  readonly repeats: readonly { readonly same: number; readonly of: number }[];
}

/** Reads the judgments that annotators made of what they had judged before, and of what has a known answer. */
export async function readAnnotatorExtras(reader: Reader, data: StudyData): Promise<AnnotatorExtras> {
  const rows = await reader.db
    .selectFrom("annotator as r")
    .innerJoin("assignment as again", "again.annotator_id", "r.id")
    .innerJoin("judgment as j", "j.assignment_id", "again.id")
    .innerJoin("placed_judgment as first", (join) =>
      join
        .onRef("first.comparison_id", "=", "again.comparison_id")
        .onRef("first.annotator_id", "=", "again.annotator_id"),
    )
    .leftJoin("load as l", "l.id", "again.load_id")
    .select(["r.id as annotator", "j.choice", "again.left_system_id as left"])
    .select(["first.choice as firstChoice", "first.left_system_id as firstLeft"])
    .where("r.study_id", "=", data.facts.study.id)
    .where("again.presentation", ">", 0)
    .where("again.purpose", "=", "repeat")
    .where("again.ended_how", "=", "judged")
    .where((eb) => eb.not(isComparisonLeftOut("first")))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("judgment as later")
            .select("later.id")
            .whereRef("later.assignment_id", "=", "again.id")
            .whereRef("later.revision", ">", "j.revision"),
        ),
      ),
    )
    .where((eb) => eb.or([eb("again.load_id", "is", null), eb("l.state", "=", "published")]))
    .execute();
  const codes = new Map(data.annotators.map(({ id }, code) => [id, code]));
  const repeats = data.annotators.map(() => ({ same: 0, of: 0 }));
  for (const row of rows) {
    const own = repeats[codes.get(row.annotator)!]!;
    own.of++;
    const turned = row.left !== row.firstLeft;
    if (preferenceOf(row.choice) === (turned ? -1 : 1) * preferenceOf(row.firstChoice)) own.same++;
  }
  return { repeats, checks: await readChecks(reader, data) };
}
