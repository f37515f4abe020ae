import { sql } from "kysely";
import type { Context } from "../context.ts";
import type { StudyState } from "../contract/words.ts";
import type { Pace, PaceLine } from "../contract/watching.ts";
import { projectedEnd } from "../statistics/planning/projected-end.ts";
import type { Reader } from "../storage/database.ts";
import { progressOf } from "../studies/detail.ts";
import { requireStudy } from "../studies/store.ts";

/** The latest judgments of the database that are gone through. */
const RECENT = 50_000;

/**
 * How far a study is by group and pair of systems, how fast judgments come in, and when each will be done.
 * @param withPairs whether pairs are listed, which names systems @throws StudyNotFound
 */
export async function paceOf(
  context: Context,
  { study, withPairs }: { study: string; withPairs: boolean },
): Promise<Pace> {
  return context.database.read(async (reader) => {
    const { id, state } = await requireStudy(reader, study);
    const progress = await progressOf(reader, id);
    const judged = await recentJudgments(reader, id);
    const now = context.clock().getTime();
    const lines = [...new Set(progress.map(({ group }) => group))].flatMap((group) => {
      const entries = progress.filter((one) => one.group === group);
      const times = judged.filter((one) => one.group === group);
      const all = { group, pair: null, ...sumOf(entries) };
      const pairs = entries.map(({ system, against, wanted, judged: done }) => ({
        line: { group, pair: { system, against }, wanted, judged: done },
        times: times.filter(({ low, high }) => [low, high].includes(system) && [low, high].includes(against)),
      }));
      return [{ line: all, times }, ...(withPairs && pairs.length > 1 ? pairs : [])];
    });
    return { lines: lines.map(({ line, times }) => lineOf(line, { times, now, state })) };
  });
}

const sumOf = (entries: readonly { wanted: number; judged: number }[]) => ({
  wanted: entries.reduce((sum, one) => sum + one.wanted, 0),
  judged: entries.reduce((sum, one) => sum + one.judged, 0),
});

function lineOf(
  line: Pick<PaceLine, "group" | "pair" | "wanted" | "judged">,
  { times, now, state }: { times: readonly { at: string }[]; now: number; state: StudyState },
): PaceLine {
  const left = line.wanted - line.judged;
  const none = { perDay: null, end: null };
  if (left === 0) return { ...line, ...none, why: "done" };
  if (state !== "open") return { ...line, ...none, why: "not open" };
  const found = projectedEnd({ times: times.map(({ at }) => Date.parse(at)), now, left });
  if (typeof found === "string") return { ...line, ...none, why: found };
  const { perDay, low, value, high } = found;
  const end = { low: asMoment(low)!, value: asMoment(value)!, high: high === null ? null : asMoment(high) };
  return { ...line, perDay, end, why: null };
}

/** Past this no date is worth more than “perhaps never”. */
const LATEST_MS = 8_640_000_000_000_000;
const asMoment = (ms: number): string | null => (ms > LATEST_MS ? null : new Date(ms).toISOString());

/** Judgments made here that fill slots, of the latest in the database: when, for which group, and of which systems. */
const recentJudgments = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("judgment as j")
    .innerJoin("assignment as a", "a.id", "j.assignment_id")
    .innerJoin("slot as s", (join) =>
      join.onRef("s.id", "=", "a.slot_id").onRef("s.counted_assignment_id", "=", "a.id"),
    )
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("system as low", "low.id", "c.low_system_id")
    .innerJoin("system as high", "high.id", "c.high_system_id")
    .select([
      "j.received_at as at",
      "g.name as group",
      "low.display_name as low",
      "high.display_name as high",
    ])
    .where("g.study_id", "=", studyId)
    .where("a.load_id", "is", null)
    .where("j.revision", "=", 1)
    .where(sql<boolean>`j.id > (select coalesce(max(id), 0) from judgment) - ${RECENT}`)
    .execute();
