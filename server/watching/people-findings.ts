import { sql } from "kysely";
import type { Reader } from "../storage/database.ts";
import type { Found } from "./found.ts";

/** So many annotators of a check, or more, decide whether it is failed by most. */
const CHECKED_LEAST = 5;

/** People of a study who wait for its owner, and what several of them could not do. */
export async function peopleFindings(reader: Reader, studyId: number): Promise<Found[]> {
  const found = [
    await waitingReviews(reader, studyId),
    await waitingMessages(reader, studyId),
    await waitingPayments(reader, studyId),
    await failedChecks(reader, studyId),
    await skippedPairs(reader, studyId),
  ];
  return found.filter(({ count }) => count > 0);
}

type Counted = { count: number; since: string | null };
const asFound = (kind: Found["kind"], row: Counted | undefined): Found => ({
  ...{ kind, group: null, since: row?.since ?? null },
  count: Number(row?.count ?? 0),
});

const waitingReviews = async ({ db }: Reader, studyId: number): Promise<Found> =>
  asFound(
    "review",
    await db
      .selectFrom("review")
      .select((e) => [e.fn.countAll<number>().as("count"), e.fn.min("opened_at").as("since")])
      .where("study_id", "=", studyId)
      .where("decision", "is", null)
      .executeTakeFirst(),
  );

/** Annotators whose latest message is theirs. */
const waitingMessages = async ({ db }: Reader, studyId: number): Promise<Found> =>
  asFound(
    "message",
    await db
      .selectFrom("annotator as a")
      .innerJoin("message as m", "m.annotator_id", "a.id")
      .select((e) => [e.fn.countAll<number>().as("count"), e.fn.min("m.sent_at").as("since")])
      .where("a.study_id", "=", studyId)
      .where("m.from_owner", "=", 0)
      .where(
        sql<boolean>`not exists (select 1 from message later where later.annotator_id = a.id and later.id > m.id)`,
      )
      .executeTakeFirst(),
  );

/** Submissions that wait for approval, by the platform's own list. */
const waitingPayments = async ({ db }: Reader, studyId: number): Promise<Found> =>
  asFound(
    "payment",
    await db
      .selectFrom("participant as p")
      .leftJoin("participation as part", "part.annotator_id", "p.annotator_id")
      .select((e) => [e.fn.countAll<number>().as("count"), e.fn.min("part.finished_at").as("since")])
      .where("p.study_id", "=", studyId)
      .where(sql<boolean>`upper(replace(p.platform_status, '-', ' ')) = 'AWAITING REVIEW'`)
      .executeTakeFirst(),
  );

/** Checks that most of five or more annotators failed: the known answer may be wrong. */
async function failedChecks({ db }: Reader, studyId: number): Promise<Found> {
  const judged = await db
    .selectFrom("known_answer as k")
    .innerJoin("load as l", "l.id", "k.load_id")
    .innerJoin("assignment as a", "a.comparison_id", "k.comparison_id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .select("k.comparison_id as check")
    .select([
      sql<number>`count(*)`.as("of"),
      sql<number>`sum(case when coalesce(case j.choice when 'left' then a.left_system_id when 'right' then a.right_system_id end, 0)
        = coalesce(k.better_system_id, 0) then 1 else 0 end)`.as("passed"),
    ])
    .where("k.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .where("a.purpose", "=", "check")
    .where("a.ended_how", "=", "judged")
    .where(
      sql<boolean>`not exists (select 1 from judgment later where later.assignment_id = a.id and later.revision > j.revision)`,
    )
    .groupBy("k.comparison_id")
    .execute();
  const failed = judged.filter(
    ({ of, passed }) => Number(of) >= CHECKED_LEAST && 2 * Number(passed) < Number(of),
  );
  return asFound("check", { count: failed.length, since: null });
}

/** Pairs that two or more annotators could not judge. */
async function skippedPairs({ db }: Reader, studyId: number): Promise<Found> {
  const pairs = await db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .select("a.comparison_id")
    .where("r.study_id", "=", studyId)
    .where("a.ended_how", "=", sql.lit<"skipped">("skipped"))
    .where(sql<boolean>`a.ended_how is not null and a.ended_how <> 'judged'`) // as the index has it that holds no judgments
    .groupBy("a.comparison_id")
    .having((e) => e.fn.countAll(), ">=", 2)
    .execute();
  return asFound("skipped", { count: pairs.length, since: null });
}
