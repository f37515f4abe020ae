import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Reader } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables/index.ts";
import { isComparisonLeftOut, isLeftOut } from "../../studies/left-out.ts";

/** Judgments that were made and are in no rate. */
export interface StudyCounts {
  /** Judgments of a comparison that the same annotator had judged before. */
  readonly repeats: number;
  /** Judgments that arrived after another had taken their place. */
  readonly surplus: number;
  /** Pairs of the main and the shared set that were shown and could not be judged. */
  readonly skipped: number;
}

/**
 * Counts them in one moment of the database: those of excluded annotators are in none of the counts, and repeats and skips of
 * comparisons that the blinding audit left out are not counted either.
 */
export async function readCounts(reader: Reader, studyId: number): Promise<StudyCounts> {
  return {
    repeats: await countRepeats(reader, studyId),
    surplus: await countSurplus(reader, studyId),
    skipped: await countSkipped(reader, studyId),
  };
}

type Assigned = ExpressionBuilder<Tables & { a: Tables["assignment"] }, "a">;

/** It was judged, and the judgment was not taken back since. */
const judged = (eb: Assigned): Expression<SqlBool> =>
  eb.and([
    eb("a.ended_how", "=", sql.lit<"judged">("judged")),
    eb.exists(eb.selectFrom("judgment as j").select("j.id").whereRef("j.assignment_id", "=", "a.id")),
  ]);

const leftOut = (eb: Assigned): Expression<SqlBool> => isLeftOut(eb.ref("a.annotator_id"));

const countAll = sql<number>`count(*)`.as("count");

/** Walks assignment_unjudged, which holds these and few others. */
async function countSkipped({ db }: Reader, studyId: number): Promise<number> {
  const row = await db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .select(countAll)
    .where("r.study_id", "=", studyId)
    .where("a.ended_how", "is not", null)
    .where("a.ended_how", "<>", sql.lit<"judged">("judged"))
    .where("a.ended_how", "=", sql.lit<"skipped">("skipped"))
    .where("a.purpose", "in", [sql.lit<"main">("main"), sql.lit<"shared">("shared")])
    .where((eb) => eb.not(leftOut(eb)))
    .where((eb) => eb.not(isComparisonLeftOut("c")))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Walks assignment_again, which holds these few alone. */
async function countRepeats({ db }: Reader, studyId: number): Promise<number> {
  const row = await db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .select(countAll)
    .where("r.study_id", "=", studyId)
    .where("a.presentation", ">", sql.lit(0))
    .where("a.purpose", "=", "repeat")
    .where((eb) => eb.or([eb("a.load_id", "is", null), eb("l.state", "=", "published")]))
    .where((eb) => eb.and([judged(eb), eb.not(leftOut(eb)), eb.not(isComparisonLeftOut("c"))]))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function countSurplus(reader: Reader, studyId: number): Promise<number> {
  return (await countLate(reader, studyId)) + (await countLoadedSurplus(reader, studyId));
}

/** Walks all assignments in the order in which they stand, looking up each one's slot: rows once found are few. */
async function countLate({ db }: Reader, studyId: number): Promise<number> {
  const row = await db
    .selectFrom("assignment as a")
    .crossJoin("slot as s")
    .select(countAll)
    .whereRef("s.id", "=", "a.slot_id")
    .where((eb) => eb("s.counted_assignment_id", "<>", eb.ref("a.id")))
    .where("s.group_id", "in", (groups) =>
      groups.selectFrom("annotator_group").select("id").where("study_id", "=", studyId),
    )
    .where((eb) => eb.and([judged(eb), eb.not(leftOut(eb))]))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Loaded as what came too late elsewhere: walks assignment_surplus, which holds these alone. */
async function countLoadedSurplus({ db }: Reader, studyId: number): Promise<number> {
  const row = await db
    .selectFrom("assignment as a")
    .innerJoin("annotator as r", "r.id", "a.annotator_id")
    .innerJoin("load as l", "l.id", "a.load_id")
    .select(countAll)
    .where("a.purpose", "=", sql.lit<"surplus">("surplus"))
    .where("r.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .where((eb) => eb.not(leftOut(eb)))
    .executeTakeFirstOrThrow();
  return row.count;
}
