import { sql } from "kysely";
import { type Context, now } from "../context.ts";
import type { Protocol } from "../contract/studies.ts";
import { isCrowded } from "../participants/crowd.ts";
import type { Reader } from "../storage/database.ts";
import { isLeftOut } from "../studies/left-out.ts";
import { isWanted } from "../studies/wanted-slots.ts";
import type { Found } from "./found.ts";

/** After so many hours without a judgment a group stands still. */
const STILL_HOURS = 24;
/** Where more slots are free, there is something for everybody who may still judge. */
const LOOKED_AT = 64;
/** The latest judgments that are gone through for the latest of one group. */
const RECENT = 200_000;

interface Group {
  readonly id: number;
  readonly name: string;
  readonly hasOpenLink: boolean;
  readonly most: number | null;
}

/** Groups of an open study whose work stands still: since when, or because nobody is left, or is let in. */
export async function workFindings(
  context: Context,
  reader: Reader,
  { id: studyId, protocol }: { id: number; protocol: Protocol },
): Promise<Found[]> {
  const found: Found[] = [];
  for (const group of await peopleGroups(reader, studyId)) {
    const free = await freeSlots(reader, group.id);
    if (free === 0) continue;
    const each = protocol.groups.find(({ name }) => name === group.name)?.judgmentsPerAnnotator ?? null;
    const about = { group: group.name, count: free };
    if (!group.hasOpenLink && !(await isSomebodyLeft(context, reader, { groupId: group.id, free, each }))) {
      found.push({ kind: "nobody", ...about, since: null });
      continue;
    }
    const since = (await latestOf(reader, group.id)) ?? (await openedAt(reader, studyId));
    const hours = (context.clock().getTime() - Date.parse(since ?? now(context))) / 3_600_000;
    if (hours >= STILL_HOURS) found.push({ kind: "stuck", ...about, since });
    const asked = { id: group.id, studyId, most: group.most };
    if (group.hasOpenLink && (await isCrowded(context, reader, asked)))
      found.push({ kind: "full", ...about, since: null });
  }
  return found;
}

async function peopleGroups({ db }: Reader, studyId: number): Promise<Group[]> {
  const rows = await db
    .selectFrom("annotator_group")
    .select(["id", "name", "open_token_hash", "open_link_revoked_at", "open_link_most as most"])
    .where("study_id", "=", studyId)
    .where("kind", "<>", "model")
    .orderBy("id")
    .execute();
  return rows.map(({ open_token_hash, open_link_revoked_at, ...row }) => ({
    ...row,
    hasOpenLink: open_token_hash !== null && open_link_revoked_at === null,
  }));
}

/** Wanted slots that nobody has judged or holds. */
async function freeSlots({ db }: Reader, groupId: number): Promise<number> {
  const { free } = await db
    .selectFrom("slot as s")
    .select((e) => e.fn.countAll<number>().as("free"))
    .where("s.group_id", "=", groupId)
    .where("s.counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("s.replicate")))
    .where(
      sql<boolean>`not exists (select 1 from assignment h where h.slot_id = s.id and h.ended_at is null)`,
    )
    .executeTakeFirstOrThrow();
  return Number(free);
}

/**
 * Whether somebody may still be given one of the free slots of a group: their link is valid, their part goes on, they have not
 * judged all that is asked of them, and where few slots are free, there is one whose comparison they have not had.
 */
async function isSomebodyLeft(
  context: Context,
  { db }: Reader,
  { groupId, free, each }: { groupId: number; free: number; each: number | null },
): Promise<boolean> {
  const at = now(context);
  const unseen = sql<boolean>`exists (select 1 from slot s where s.group_id = ${groupId} and s.counted_assignment_id is null
    and ${isWanted(sql.ref("s.replicate"))} and not exists (select 1 from assignment had
      where had.annotator_id = a.id and had.comparison_id = s.comparison_id))`;
  const row = await db
    .selectFrom("annotator as a")
    .leftJoin("participation as part", "part.annotator_id", "a.id")
    .select("a.id")
    .where("a.group_id", "=", groupId)
    .where("a.token_hash", "is not", null)
    .where("a.link_revoked_at", "is", null)
    .where("part.stopped_at", "is", null)
    .where((e) => e.or([e("part.leave_by", "is", null), e("part.leave_by", ">", at)]))
    .where((e) => e.not(isLeftOut(e.ref("a.id"))))
    .where(
      sql<boolean>`coalesce((select x.decision from review x where x.annotator_id = a.id order by x.id desc limit 1), '') <> 'end'`,
    )
    .$if(each !== null, (query) =>
      query.where(
        sql<boolean>`(select count(*) from assignment own where own.annotator_id = a.id and own.ended_how = 'judged'
          and own.purpose in ('main', 'shared')) < ${each}`,
      ),
    )
    .$if(free <= LOOKED_AT, (query) => query.where(unseen))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** When a group's latest judgment was received that was made here; null: none of the latest is theirs. */
async function latestOf({ db }: Reader, groupId: number): Promise<string | null> {
  const row = await db
    .selectFrom("judgment as j")
    .innerJoin("assignment as a", "a.id", "j.assignment_id")
    .select("j.received_at as at")
    .where("a.group_id", "=", groupId)
    .where("a.load_id", "is", null)
    .where(sql<boolean>`j.id > (select coalesce(max(id), 0) from judgment) - ${RECENT}`)
    .orderBy("j.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** When a study was opened or reopened last. */
async function openedAt({ db }: Reader, studyId: number): Promise<string | null> {
  const row = await db
    .selectFrom("study_change")
    .select("changed_at as at")
    .where("study_id", "=", studyId)
    .where("kind", "=", "state")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}
