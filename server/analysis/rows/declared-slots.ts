import type { Declared, Report } from "../../contract/report.ts";
import type { TestStatus } from "../../contract/report-estimates.ts";
import { sql } from "kysely";
import type { Reader } from "../../storage/database.ts";
import { isComplete } from "../../contract/complete.ts";
import { type Looked, lookOf } from "./looks.ts";
import { isWanted } from "../../studies/wanted-slots.ts";

export type Slots = Report["slots"];

/**
 * Judgments wanted by the allotments of a study, and those of them that are there; groups outside the headline, such
 * as visitors, are no part of the plan. The free slots are counted, not the judged ones: an index holds them alone.
 */
export async function readSlots({ db }: Reader, studyId: number): Promise<Slots> {
  const stages = await db
    .selectFrom("allotment as t")
    .innerJoin("annotator_group as g", "g.id", "t.group_id")
    .select(sql<number>`sum(t.comparisons) * max(t.judgments)`.as("wanted")) // all are as deep as the deepest
    .where("t.study_id", "=", studyId)
    .where("g.headline", "=", 1)
    .groupBy(["t.group_id", "t.stage"])
    .execute();
  const allotted = stages.reduce((sum, stage) => sum + Number(stage.wanted), 0);
  const wanted = allotted - (await countUnwanted({ db }, studyId));
  if (wanted === 0) return { wanted, judged: 0 };
  const { free } = await db
    .selectFrom("slot as s")
    .innerJoin("annotator_group as g", "g.id", "s.group_id")
    .select(sql<number>`count(*)`.as("free"))
    .where("g.study_id", "=", studyId)
    .where("g.headline", "=", 1)
    .where("s.counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("s.replicate")))
    .executeTakeFirstOrThrow();
  return { wanted, judged: wanted - Number(free) };
}

/** Slots of comparisons that are left out. */
async function countUnwanted({ db }: Pick<Reader, "db">, studyId: number): Promise<number> {
  const { unwanted } = await db
    .selectFrom("left_out_response as o")
    .innerJoin("comparison as c", (join) =>
      join
        .onRef("c.prompt_id", "=", "o.prompt_id")
        .on((e) =>
          e.or([
            e("c.low_system_id", "=", e.ref("o.system_id")),
            e("c.high_system_id", "=", e.ref("o.system_id")),
          ]),
        ),
    )
    .innerJoin("slot as s", "s.comparison_id", "c.id")
    .innerJoin("annotator_group as g", "g.id", "s.group_id")
    .select(sql<number>`count(distinct s.id)`.as("unwanted"))
    .where("c.study_id", "=", studyId)
    .where("g.headline", "=", 1)
    .executeTakeFirstOrThrow();
  return Number(unwanted);
}

/** What decides how tests may be read. */
interface Judged extends Looked {
  /** The part of the prompts that is looked at; not given: all. */
  readonly part?: object;
}

/**
 * How the declared tests may be read: nothing was declared before the study was opened, nor of a part of the prompts, nor
 * of judgments of people who see how they stand, nor of judgments that were all loaded from files while none of the planned ones was made; a verdict waits for the planned number
 * of judgments, for the study to be closed, or for a declared look to be taken.
 */
export function statusOf(given: Judged): TestStatus {
  const { facts, slots, part } = given;
  const { study, declared } = facts;
  if (declared.hash === null || declared.isSeen || part !== undefined) return "exploratory";
  if (study.state !== "closed")
    return lookOf(given) !== null || isComplete(slots) ? "confirmatory" : "interim";
  return slots.judged === 0 ? "exploratory" : "confirmatory";
}

/** Whether the tests of the whole study are interim, whichever part of it is looked at. */
export function isStudyInterim(given: Judged): boolean {
  const whole: Judged = { ...given };
  delete (whole as { part?: object }).part;
  return statusOf(whole) === "interim";
}

export function declaredOf(given: Judged): Declared {
  const { analysis, hash, isSeen } = given.facts.declared;
  const status = statusOf(given);
  const look = status === "confirmatory" ? lookOf(given) : null;
  if (look === null) return { ...analysis, status, ...(isSeen && { isSeen }), protocolHash: hash };
  const { number, of, fraction, level } = look;
  return { ...analysis, status, look: { number, of, fraction, level }, protocolHash: hash };
}
