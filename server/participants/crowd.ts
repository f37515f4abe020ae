import { NEWCOMER_MINUTES } from "../assignments/joiners.ts";
import type { Context } from "../context.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol } from "../studies/store.ts";

/** A group that people join by its shared link. */
interface Joined {
  readonly id: number;
  readonly studyId: number;
  /** How many may join, as its owner set it; null: as many as `mostJoiners` reckons. */
  readonly most: number | null;
}

const LEAST = 50;
const TIMES = 3;
/** Pairs that one person judges, where the protocol has no number. */
const EACH = 10;

/** How many people may join by a shared link by default: three times as many as the work needs, and 50 at least. */
const mostJoiners = (slots: number, each: number | null): number =>
  Math.max(LEAST, TIMES * Math.ceil(slots / (each ?? EACH)));

/**
 * Whether as many people have joined a group by its shared link as may. Who has judged nothing counts for as long as a
 * newcomer holds a pair, so that those who only look take nobody's place.
 */
export async function isCrowded(context: Context, reader: Reader, group: Joined): Promise<boolean> {
  const most = group.most ?? (await reckonedMost(reader, group));
  const since = new Date(context.clock().getTime() - NEWCOMER_MINUTES * 60_000).toISOString();
  const { joined } = await reader.db
    .selectFrom("participation as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .select((e) => e.fn.countAll<number>().as("joined"))
    .where("a.group_id", "=", group.id)
    .where((e) =>
      e.or([
        e("p.joined_at", ">", since),
        e.exists(
          e
            .selectFrom("assignment as own")
            .select("own.id")
            .whereRef("own.annotator_id", "=", "a.id")
            .where("own.ended_how", "=", "judged"),
        ),
      ]),
    )
    .executeTakeFirstOrThrow();
  return joined >= most;
}

async function reckonedMost(reader: Reader, { id, studyId }: Joined): Promise<number> {
  const { protocol } = await currentProtocol(reader, studyId);
  const { slots, name } = await reader.db
    .selectFrom("annotator_group as g")
    .leftJoin("slot as s", "s.group_id", "g.id")
    .select((e) => ["g.name", e.fn.count<number>("s.id").as("slots")])
    .where("g.id", "=", id)
    .groupBy("g.name")
    .executeTakeFirstOrThrow();
  return mostJoiners(slots, eachOf(protocol, name));
}

const eachOf = ({ groups }: Protocol, name: string): number | null =>
  groups.find((group) => group.name === name)?.judgmentsPerAnnotator ?? null;
