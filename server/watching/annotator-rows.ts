import { sql } from "kysely";
import type { WatchedAnnotator } from "../contract/watching.ts";
import type { Reader } from "../storage/database.ts";
import { NAMELESS } from "../studies/annotators.ts";

type InTables = "annotator" | "group" | "participant" | "skipped" | "flagged" | "openPairs" | "lastSeen";

/** What the tables know of an annotator without walking what they judged. */
export interface AnnotatorRow extends Pick<
  WatchedAnnotator,
  InTables | "unanswered" | "review" | "excluded"
> {
  readonly id: number;
  /** When they first judged in a browser that had shown the study's results; null: never, as far as is known. */
  readonly sawResultsAt: string | null;
}

/** Every person who judges in a study, in the order in which they came. */
export async function readAnnotatorRows({ db }: Reader, studyId: number): Promise<AnnotatorRow[]> {
  const rows = await db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .leftJoin("participant as p", "p.annotator_id", "a.id")
    .select(["a.id", "a.external_id as annotator", "g.name as group", "p.external_id as participant"])
    .select("a.saw_results_at as sawResultsAt")
    .select([
      count(
        sql`assignment x where x.annotator_id = a.id and x.ended_how = 'skipped'
          and x.ended_how is not null and x.ended_how <> 'judged'`, // as the index has it that holds no judgments
      ).as("skipped"),
      sql<number>`(select count(distinct x.assignment_id) from flag x where x.annotator_id = a.id)`.as(
        "flagged",
      ),
      count(sql`assignment x where x.annotator_id = a.id and x.ended_at is null`).as("openPairs"),
      LAST_SEEN.as("lastSeen"),
      LATEST_MESSAGE.as("fromOwner"),
      LATEST_REVIEW.as("review"),
      EXCLUDED.as("excluded"),
    ])
    .where("a.study_id", "=", studyId)
    .where("a.provider", "<>", NAMELESS)
    .where("g.kind", "<>", "model")
    .orderBy("a.id")
    .execute();
  return rows.map(({ fromOwner, ...row }) => ({
    ...row,
    ...{ skipped: Number(row.skipped), flagged: Number(row.flagged), openPairs: Number(row.openPairs) },
    unanswered: fromOwner !== null && Number(fromOwner) === 0,
  }));
}

const count = (from: ReturnType<typeof sql>) => sql<number>`(select count(*) from ${from})`;

/** Of those with a link; where no use was noted yet, the latest pair handed out is proof of one. */
const LAST_SEEN = sql<string | null>`case when a.token_hash is null then null else coalesce(a.link_used_at,
  (select x.opened_at from assignment x where x.annotator_id = a.id and x.ordinal > 0 order by x.ordinal desc limit 1)) end`;

const LATEST_MESSAGE = sql<
  number | null
>`(select x.from_owner from message x where x.annotator_id = a.id order by x.id desc limit 1)`;

const LATEST_REVIEW = sql<WatchedAnnotator["review"]>`(select coalesce(x.decision, 'open') from review x
  where x.annotator_id = a.id order by x.id desc limit 1)`;

const EXCLUDED = sql<string | null>`(select x.rule from exclusion x
  where x.annotator_id = a.id and x.lifted_at is null order by x.id limit 1)`;
