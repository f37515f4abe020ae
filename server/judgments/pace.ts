import type { Context } from "../context.ts";
import type { Pace } from "../contract/pace.ts";
import { durationOf } from "../entry/duration.ts";
import { timeLeftOf } from "../participants/time-left.ts";
import { statement } from "../storage/statement.ts";
import { sql } from "kysely";
import { annotatorByLink } from "./annotator-by-link.ts";

/** Judgments that an annotator’s own pace follows from, the latest. */
const LATEST = 20;

/** The latest of an annotator’s assignments, by their own index. */
const selectLatest = statement<{ annotatorId: number }, { activeMs: number | null }>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("judgment as j", (join) =>
      join.onRef("j.assignment_id", "=", "a.id").on("j.revision", "=", sql.lit(1)),
    )
    .select("j.active_ms as activeMs")
    .where("a.annotator_id", "=", param("annotatorId"))
    .orderBy("a.ordinal", "desc")
    .limit(sql.lit(LATEST)),
);

/**
 * How long an annotator's latest pairs took, how long a pair takes in their study, and what is left of their time.
 * @throws LinkNotValid, LinkRevoked
 */
export async function paceOf({ database, clock }: Context, token: string): Promise<Pace> {
  return database.read(async (reader) => {
    const { id, studyId } = await annotatorByLink(reader, token);
    const latest = await reader.run(selectLatest, { annotatorId: id });
    const duration = await durationOf(reader, studyId);
    return {
      own: latest.toReversed().flatMap(({ activeMs }) => (activeMs === null ? [] : [activeMs])),
      study: duration && duration.minutes * 60_000,
      limit: await timeLeftOf(reader, id, clock()),
    };
  });
}
