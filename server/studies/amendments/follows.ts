import { type RawBuilder, sql } from "kysely";
import type { AmendmentPlan } from "../../contract/amendment-plan.ts";
import type { Protocol } from "../../contract/studies.ts";
import type { Reader } from "../../storage/database.ts";
import { comparablePrompts, findShared } from "../comparable.ts";
import type { StudyRow } from "../store.ts";
import { isWanted } from "../wanted-slots.ts";
import type { SharedChange } from "./shared-set.ts";
import { type Correction, comparisonsOf } from "./corrections.ts";

const PROMPTS_PER_PAGE = 500;

/** The judgments that a protocol asks for beyond those that a study has places for, and the comparisons that have none yet. */
export async function addedWork(
  reader: Reader,
  { study, wanted, shared: moved }: { study: StudyRow; wanted: Protocol; shared: SharedChange },
): Promise<AmendmentPlan["added"]> {
  const { sharedPrompts, groups } = wanted;
  const shared = new Set(await findShared(reader, { study, sharedPrompts }));
  for (const { id } of moved.joining) shared.add(id);
  for (const { id } of moved.leaving) shared.delete(id);
  const sum = (key: "judgments" | "sharedJudgments") =>
    groups.reduce((total, group) => total + group[key], 0);
  const perComparison = { main: sum("judgments"), shared: sum("sharedJudgments") };
  let [judgments, comparisons] = [0, 0];
  for (let after = 0; ;) {
    const page = { studyId: study.id, protocol: wanted, after, limit: PROMPTS_PER_PAGE };
    const { comparables, last, done } = await comparablePrompts(reader, page);
    for (const { promptId } of comparables) {
      const here = perComparison[shared.has(promptId) ? "shared" : "main"];
      judgments += here;
      comparisons += here > 0 ? 1 : 0;
    }
    after = last;
    if (done) break;
  }
  const there = await reader.db
    .selectFrom("slot as s")
    .innerJoin("comparison as c", "c.id", "s.comparison_id")
    .select((e) => [
      e.fn.countAll<number>().as("judgments"),
      e.fn.count<number>("s.comparison_id").distinct().as("comparisons"),
    ])
    .where("c.study_id", "=", study.id)
    .where(isWanted(sql.ref("s.replicate")))
    .executeTakeFirstOrThrow();
  return {
    judgments: Math.max(0, judgments - (there.judgments - moved.dropped)),
    comparisons: Math.max(0, comparisons - there.comparisons),
  };
}

type Counts = Pick<AmendmentPlan, "askedAgain" | "nobodyLeft" | "kept" | "held" | "ended" | "checks">;

/** What becomes of the judgments that are there, and of the pairs that annotators hold, if texts are corrected. */
export async function countsBefore(
  { db }: Reader,
  { studyId, corrections }: { studyId: number; corrections: readonly Correction[] },
): Promise<Counts> {
  const affected = comparisonsOf(corrections);
  const { rows } = await sql<Counts>`select
      (${counted(studyId)} and comparison_id not in ${affected}) as kept,
      (${counted(studyId)} and comparison_id in ${affected}) as "askedAgain",
      (select count(*) from known_answer where study_id = ${studyId} and comparison_id in ${affected}) as checks,
      (${heldPairs(studyId)}) as held,
      (${heldPairs(studyId)} and h.comparison_id in ${affected}) as ended,
      (select count(*) from slot s join annotator_group g on g.id = s.group_id
        where s.comparison_id in ${affected} and s.counted_assignment_id is not null and g.kind <> 'model'
        and not exists (select 1 from annotator a where a.group_id = s.group_id and a.link_revoked_at is null
          and not exists (select 1 from assignment had
            where had.annotator_id = a.id and had.comparison_id = s.comparison_id))) as "nobodyLeft"`.execute(
    db,
  );
  return Object.fromEntries(
    Object.entries(rows[0]!).map(([key, n]) => [key, Number(n)]),
  ) as unknown as Counts;
}

const counted = (studyId: number): RawBuilder<unknown> =>
  sql`select count(*) from counted_judgment where study_id = ${studyId}`;

/** Of people alone: a model has no screen, and what its calls left over is asked again in the next run. */
const heldPairs = (studyId: number): RawBuilder<unknown> =>
  sql`select count(*) from annotator a join annotator_group g on g.id = a.group_id
    join assignment h on h.annotator_id = a.id
    where a.study_id = ${studyId} and g.kind <> 'model' and h.ended_at is null`;
