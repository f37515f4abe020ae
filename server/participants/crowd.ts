import { NEWCOMER_MINUTES } from "../assignments/joiners.ts";
import type { Context } from "../context.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol } from "../studies/store.ts";

/** A group that people join by its shared link. */
interface Joined {
  readonly id: number;
  readonly studyId: number;
  /** How many may join, as its owner set it; null: as many as the work needs, with some to spare. */
  readonly most: number | null;
}

const LEAST = 50;
const TIMES = 3;
/** Pairs that one person judges, where the protocol has no number. */
const EACH = 10;

/**
 * Whether as many people have joined a group by its shared link as may: by default three times as many as the work needs,
 * and 50 at least. Who has judged nothing counts for as long as a newcomer holds a pair, from their last step before the
 * first pair on, so that those who only look take nobody's place.
 */
export async function isCrowded(context: Context, reader: Reader, group: Joined): Promise<boolean> {
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
        e.exists(
          e
            .selectFrom("entry_passage as passed")
            .select("passed.stage")
            .whereRef("passed.annotator_id", "=", "a.id")
            .where("passed.outcome", "=", "passed")
            .where("passed.passed_at", ">", since),
        ),
        e.exists(
          e
            .selectFrom("entry_judgment as tried")
            .select("tried.number")
            .whereRef("tried.annotator_id", "=", "a.id")
            .where("tried.judged_at", ">", since),
        ),
      ]),
    )
    .executeTakeFirstOrThrow();
  if (group.most !== null) return joined >= group.most;
  return joined >= LEAST && !(await needsMore(reader, group, Math.floor(joined / TIMES)));
}

/** Whether a group has more slots than so many people would judge: no further ones are counted. */
async function needsMore(reader: Reader, { id, studyId }: Joined, people: number): Promise<boolean> {
  const { protocol } = await currentProtocol(reader, studyId);
  const { name } = await reader.db
    .selectFrom("annotator_group")
    .select("name")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const beyond = await reader.db
    .selectFrom("slot")
    .select("id")
    .where("group_id", "=", id)
    .limit(1)
    .offset(people * eachOf(protocol, name))
    .executeTakeFirst();
  return beyond !== undefined;
}

const eachOf = ({ groups }: Protocol, name: string): number =>
  groups.find((group) => group.name === name)?.judgmentsPerAnnotator ?? EACH;
