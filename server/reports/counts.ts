import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Reader } from "../storage/database.ts";
import type { Tables } from "../storage/tables/index.ts";
import { compareCodeUnits } from "./codes.ts";

/** Judgments that were made and are in no rate, and what is missing around those that are. */
export interface StudyCounts {
  /** Judgments of a comparison that the same annotator had judged before. */
  readonly repeats: number;
  /** Judgments that arrived after another had taken their place. */
  readonly surplus: number;
  readonly excluded: {
    readonly annotators: number;
    readonly judgments: number;
    /** The rules by which they are left out, in code-unit order. */
    readonly rules: readonly string[];
  };
  /** Counted judgments of a comparison whose prompt or responses were never loaded. */
  readonly withoutText: { readonly comparisons: number; readonly judgments: number };
}

/** Counts them in one moment of the database. */
export async function readCounts(reader: Reader, studyId: number): Promise<StudyCounts> {
  return {
    repeats: await countRepeats(reader, studyId),
    surplus: await countSurplus(reader, studyId),
    excluded: await countExcluded(reader, studyId),
    withoutText: await countWithoutText(reader, studyId),
  };
}

type Assigned = ExpressionBuilder<Tables & { a: Tables["assignment"] }, "a">;

const judged = (eb: Assigned): Expression<SqlBool> =>
  eb.exists(eb.selectFrom("judgment as j").select("j.id").whereRef("j.assignment_id", "=", "a.id"));

const leftOut = (eb: Assigned): Expression<SqlBool> =>
  eb.exists(
    eb
      .selectFrom("exclusion as e")
      .select("e.id")
      .whereRef("e.annotator_id", "=", "a.annotator_id")
      .where("e.lifted_at", "is", null),
  );

/** Assignments of a study, those of unpublished loads left out. */
const assignmentsOf = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .where("r.study_id", "=", studyId)
    .where((eb) => eb.or([eb("a.load_id", "is", null), eb("l.state", "=", "published")]));

const countAll = sql<number>`count(*)`.as("count");

async function countRepeats(reader: Reader, studyId: number): Promise<number> {
  const row = await assignmentsOf(reader, studyId)
    .select(countAll)
    .where("a.presentation", ">", 0) // in the index, so that other rows are never fetched
    .where("a.purpose", "=", "repeat")
    .where((eb) => eb.and([judged(eb), eb.not(leftOut(eb))]))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function countSurplus(reader: Reader, studyId: number): Promise<number> {
  const row = await assignmentsOf(reader, studyId)
    .innerJoin("slot as s", "s.id", "a.slot_id")
    .select(countAll)
    .where((eb) => eb("s.counted_assignment_id", "<>", eb.ref("a.id")))
    .where((eb) => eb.and([judged(eb), eb.not(leftOut(eb))]))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function countExcluded(reader: Reader, studyId: number): Promise<StudyCounts["excluded"]> {
  const exclusions = await reader.db
    .selectFrom("exclusion")
    .select(["annotator_id", "rule"])
    .where("study_id", "=", studyId)
    .where("lifted_at", "is", null)
    .execute();
  if (exclusions.length === 0) return { annotators: 0, judgments: 0, rules: [] };
  const judgments = await assignmentsOf(reader, studyId)
    .select(countAll)
    .where("a.presentation", "=", 0)
    .where("a.purpose", "in", ["main", "shared"])
    .where((eb) => eb.and([leftOut(eb), judged(eb)]))
    .executeTakeFirstOrThrow();
  return {
    annotators: new Set(exclusions.map((row) => row.annotator_id)).size,
    judgments: judgments.count,
    rules: [...new Set(exclusions.map((row) => row.rule))].sort(compareCodeUnits),
  };
}

type Compared = ExpressionBuilder<Tables & { c: Tables["comparison"] }, "c">;

async function countWithoutText({ db }: Reader, studyId: number): Promise<StudyCounts["withoutText"]> {
  const answered = (eb: Compared, system: "c.low_system_id" | "c.high_system_id") =>
    eb.exists(
      eb
        .selectFrom("response as r")
        .innerJoin("load as l", "l.id", "r.load_id")
        .select("r.id")
        .whereRef("r.prompt_id", "=", "c.prompt_id")
        .whereRef("r.system_id", "=", system)
        .whereRef("r.turn_count", ">=", "c.turn")
        .where("l.state", "=", "published"),
    );
  const asked = (eb: Compared) =>
    eb.exists(
      eb
        .selectFrom("prompt_text as t")
        .innerJoin("load as l", "l.id", "t.load_id")
        .select("t.prompt_id")
        .whereRef("t.prompt_id", "=", "c.prompt_id")
        .where("l.state", "=", "published"),
    );
  return db
    .selectFrom("comparison as c")
    .innerJoin("counted_judgment as v", "v.comparison_id", "c.id")
    .select([sql<number>`count(distinct c.id)`.as("comparisons"), sql<number>`count(*)`.as("judgments")])
    .where("c.study_id", "=", studyId)
    .where((eb) =>
      eb.not(eb.and([asked(eb), answered(eb, "c.low_system_id"), answered(eb, "c.high_system_id")])),
    )
    .executeTakeFirstOrThrow();
}
