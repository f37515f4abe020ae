import { type Kysely, sql } from "kysely";
import { countReasons } from "../contract/report-skips.ts";
import type { StudySkips } from "../contract/studies.ts";
import type { SkipReason } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import type { Tables } from "../storage/tables/index.ts";
import { comparisonLeftOutFlag, isLeftOut } from "./left-out.ts";
import { isWanted } from "./wanted-slots.ts";

/** A pair that an annotator could not judge, with the reason they gave last. */
interface Skipped {
  readonly annotatorId: number;
  readonly groupId: number;
  readonly group: string;
  readonly comparisonId: number;
  readonly promptId: number;
  readonly prompt: string;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
  /** The display names of the two systems. */
  readonly systems: readonly [string, string];
  readonly reason: SkipReason;
  readonly comment: string | null;
  readonly requestKey: string;
  /** Of the main or the shared set: no check. */
  readonly isWanted: boolean;
  /** In the figures: wanted, and of no comparison that the blinding audit left out. */
  readonly isCounted: boolean;
}

/** Every skip of a study that stands: what was judged after all is not among them. */
export async function skipsInForce({ db }: Reader, studyId: number): Promise<Skipped[]> {
  const rows = await standing(db)
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .innerJoin("system as low", "low.id", "c.low_system_id")
    .innerJoin("system as high", "high.id", "c.high_system_id")
    .select(["r.id as annotatorId", "g.id as groupId", "g.name as group", "c.id as comparisonId"])
    .select(["p.id as promptId", "p.external_id as prompt", "c.turn", "low.id as low", "high.id as high"])
    .select(["low.display_name as lowName", "high.display_name as highName", "k.reason", "a.purpose"])
    .select(["k.comment", "k.request_key as requestKey", comparisonLeftOutFlag("c").as("isLeftOut")])
    .where("r.study_id", "=", studyId)
    .orderBy("a.id")
    .execute();
  return rows.map(({ purpose, lowName, highName, isLeftOut: leftOut, ...row }) => {
    const isWanted = purpose === "main" || purpose === "shared";
    return { ...row, systems: [lowName, highName], isWanted, isCounted: isWanted && leftOut === 0 };
  });
}

/** The latest skip of every assignment that ended so. */
const standing = (db: Kysely<Tables>) =>
  db
    .selectFrom("annotator as r")
    .innerJoin("skip as k", "k.annotator_id", "r.id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .where("a.ended_how", "=", "skipped")
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("skip as later")
            .select("later.id")
            .whereRef("later.assignment_id", "=", "k.assignment_id")
            .whereRef("later.id", ">", "k.id"),
        ),
      ),
    );

/** More are not listed. */
const LISTED_MAX = 100;

/** What could not be judged, for the researcher: by comparison and group, the most skipped first. */
export async function studySkips(reader: Reader, studyId: number): Promise<StudySkips> {
  const all = await skipsInForce(reader, studyId);
  const known = new Map<string, Skipped[]>();
  for (const one of all) {
    const key = `${one.comparisonId} ${one.groupId}`;
    const same = known.get(key);
    if (same) same.push(one);
    else known.set(key, [one]);
  }
  const most = [...known.values()].sort((a, b) => b.length - a.length);
  return {
    ...{ skipped: all.length, comparisons: most.length, reasons: countReasons(all) },
    nobodyLeft: all.length === 0 ? 0 : await countNobodyLeft(reader, studyId),
    list: most.slice(0, LISTED_MAX).map((skips) => {
      const { prompt, turn, group, systems } = skips[0]!;
      const counts = { skipped: skips.length, reasons: countReasons(skips) };
      return { prompt, turn, group, systems: [...systems], ...counts };
    }),
  };
}

/**
 * Judgments that are wanted, and that nobody can give: of comparisons that every annotator of the group has had, one of
 * them at least without being able to judge it. Walks the skips, which are few.
 */
async function countNobodyLeft({ db }: Reader, studyId: number): Promise<number> {
  const { slots } = await standing(db)
    .innerJoin("slot as s", (join) =>
      join.onRef("s.comparison_id", "=", "a.comparison_id").onRef("s.group_id", "=", "a.group_id"),
    )
    .select(sql<number>`count(distinct s.id)`.as("slots"))
    .where("r.study_id", "=", studyId)
    .where("s.counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("s.replicate")))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as live")
            .select("live.id")
            .whereRef("live.slot_id", "=", "s.id")
            .where("live.ended_at", "is", null)
            .where((own) => own.not(isLeftOut(own.ref("live.annotator_id")))),
        ),
      ),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("annotator as n")
            .select("n.id")
            .whereRef("n.group_id", "=", "a.group_id")
            .where((own) => own.or([own("n.token_hash", "is not", null), own("n.provider", "=", "judge")]))
            .where("n.link_revoked_at", "is", null)
            .where((own) => own.not(isLeftOut(own.ref("n.id"))))
            .where((own) =>
              own.not(
                own.exists(
                  own
                    .selectFrom("assignment as had")
                    .select("had.id")
                    .whereRef("had.annotator_id", "=", "n.id")
                    .whereRef("had.comparison_id", "=", "a.comparison_id"),
                ),
              ),
            ),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return slots;
}
