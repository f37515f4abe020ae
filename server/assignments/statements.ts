import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Stage, StudyState } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { protocolInForce } from "../studies/store.ts";
import { reviewOf } from "../studies/review-state.ts";
import { leftOutFlag } from "../studies/left-out.ts";
import type { Decision, Signal } from "../contract/quality.ts";

/** The statements of handing out work: compiled once, kept prepared. Each names the index that it walks. */

export interface AnnotatorAtWork {
  readonly id: number;
  readonly groupId: number;
  readonly studyId: number;
  readonly displayNumber: number;
  readonly probeKey: number | null;
  readonly group: string;
  readonly state: StudyState;
  readonly seed: string;
  readonly protocolId: number;
  /** Of who came by a shared link: when they joined, and how long they may stay; null for others. */
  readonly joinedAt: string | null;
  readonly leaveBy: string | null;
  readonly stoppedAt: string | null;
}

/** An annotator who came by their link. */
interface AnnotatorByLink extends AnnotatorAtWork {
  readonly linkUsedAt: string | null;
  readonly linkRevokedAt: string | null;
}

/**
 * Locks the annotator's row: the first statement of every use case of an annotator. Where it waited, the columns of other
 * tables are from before the wait on PostgreSQL.
 */
export const lockAnnotator = statement<{ tokenHash: string }, AnnotatorByLink>((db, param, dialect) =>
  (dialect.name === "sqlite" ? annotatorQuery(db) : annotatorQuery(db).forNoKeyUpdate("a")).where(
    "a.token_hash",
    "=",
    param("tokenHash"),
  ),
);

/** How the part of somebody who came by a shared link stands, to be read once their row is locked. */
export const selectStay = statement<{ annotatorId: number }, Pick<AnnotatorAtWork, "leaveBy" | "stoppedAt">>(
  (db, param) =>
    db
      .selectFrom("participation")
      .select(["leave_by as leaveBy", "stopped_at as stoppedAt"])
      .where("annotator_id", "=", param("annotatorId")),
);

/** What the owner wrote to an annotator who has not opened it. Walks their few messages. */
export const selectUnread = statement<{ annotatorId: number }, { count: number }>((db, param) =>
  db
    .selectFrom("message")
    .select(sql<number>`count(*)`.as("count"))
    .where("annotator_id", "=", param("annotatorId"))
    .where("from_owner", "=", sql.lit(1))
    .where("read_at", "is", null),
);

export const setLinkUsed = statement<{ annotatorId: number; at: string }, never>((db, param) =>
  db
    .updateTable("annotator")
    .set({ link_used_at: param("at") })
    .where("id", "=", param("annotatorId")),
);

/** What handing out asks of an annotator, with the protocol in force; no annotator is chosen yet. */
export const annotatorQuery = (db: Parameters<Parameters<typeof statement>[0]>[0]) =>
  db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .innerJoin("study as s", "s.id", "a.study_id")
    .leftJoin("participation as part", "part.annotator_id", "a.id")
    .select(["part.joined_at as joinedAt", "part.leave_by as leaveBy", "part.stopped_at as stoppedAt"])
    .select(["a.id", "a.group_id as groupId", "a.study_id as studyId", "a.display_number as displayNumber"])
    .select(["a.probe_key as probeKey", "g.name as group", "s.state", "s.seed"])
    .select(["a.link_used_at as linkUsedAt", "a.link_revoked_at as linkRevokedAt"])
    .select((column) => protocolInForce(column.ref("s.id")).as("protocolId"));

export interface LiveAssignment {
  readonly id: number;
  readonly token: string;
  readonly leaseEnd: string;
  /** Counts first presentations from 1; below 0 for what is presented again. */
  readonly ordinal: number;
}

/** What the annotator holds, in the order it was handed out (assignment_live). */
export const selectLive = statement<{ annotatorId: number }, LiveAssignment>((db, param) =>
  db
    .selectFrom("assignment")
    .select(["id", "token", "lease_end as leaseEnd", "ordinal"])
    .where("annotator_id", "=", param("annotatorId"))
    .where("ended_at", "is", null)
    .orderBy("ordinal"),
);

export const renewLeases = statement<{ annotatorId: number; leaseEnd: string }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({ lease_end: param("leaseEnd") })
    .where("annotator_id", "=", param("annotatorId"))
    .where("ended_at", "is", null),
);

interface Tally {
  /** The latest ordinal, so everything handed out so far. */
  readonly last: number | null;
  /** The few of them that ended without a judgment (assignment_unjudged). */
  readonly unjudged: number;
  /** Pairs of their group, and checks, that they could not judge. */
  readonly skippedPairs: number;
  readonly skippedChecks: number;
  /** Where the latest claim stands on the circle of order keys. */
  readonly latestKey: number | null;
  /** The slot of the latest claim. */
  readonly latestSlot: number | null;
  /** Comparisons and prompts that have slots for the group. */
  readonly comparisons: number | null;
  readonly prompts: number | null;
  /** How many replicates each stage of the group has. */
  readonly sharedDepth: number | null;
  readonly mainDepth: number | null;
  /** 1 where the annotator is left out. */
  readonly leftOut: number;
  /** Of the latest look of a person at their work: what was decided, or that it is open; null: there was none. */
  readonly review: Decision | "open" | null;
  /** What the earliest warning is about that they have not read. */
  readonly warning: Signal | null;
}

/** How far the annotator is, and what their group is to judge: allotments are a handful of rows. */
export const selectTally = statement<{ annotatorId: number; groupId: number }, Tally>((db, param) =>
  db
    .selectFrom("allotment")
    .select((e) => [
      e.fn.sum<number | null>("comparisons").as("comparisons"),
      e.fn.sum<number | null>("prompts").as("prompts"),
      depthOf("shared").as("sharedDepth"),
      depthOf("main").as("mainDepth"),
      e
        .selectFrom("assignment")
        .select((own) => own.fn.max<number | null>("ordinal").as("last"))
        .where("annotator_id", "=", param("annotatorId"))
        .as("last"),
      e
        .selectFrom("assignment")
        .select((own) => own.fn.countAll<number>().as("unjudged"))
        .where("annotator_id", "=", param("annotatorId"))
        .where(sql<boolean>`+ordinal > 0`) // as the last one is; the sign keeps assignment_unjudged in use
        .where("ended_how", "is not", null)
        .where("ended_how", "<>", sql.lit<"judged">("judged"))
        .$castTo<{ unjudged: number }>()
        .as("unjudged"),
      skippedBy(db, param("annotatorId"), "is not").as("skippedPairs"),
      skippedBy(db, param("annotatorId"), "is").as("skippedChecks"),
      e
        .selectFrom("assignment as a")
        .innerJoin("slot as s", "s.id", "a.slot_id")
        .select("s.order_key")
        .where("a.annotator_id", "=", param("annotatorId"))
        .orderBy("a.ordinal", "desc")
        .limit(sql.lit(1))
        .as("latestKey"),
      e
        .selectFrom("assignment as a")
        .select("a.slot_id")
        .where("a.annotator_id", "=", param("annotatorId"))
        .where("a.slot_id", "is not", null)
        .orderBy("a.ordinal", "desc")
        .limit(sql.lit(1))
        .as("latestSlot"),
      leftOutFlag(param("annotatorId")).as("leftOut"),
      reviewOf(param("annotatorId")).as("review"),
      unreadWarning(db, param("annotatorId")).as("warning"),
    ])
    .where("group_id", "=", param("groupId")),
);

/** A pair of the group has a slot, a check has none (assignment_unjudged). */
const skippedBy = (db: Kysely<Tables>, annotator: RawBuilder<number>, slot: "is" | "is not") =>
  db
    .selectFrom("assignment as k")
    .select((e) => e.fn.countAll<number>().as("skipped"))
    .where("k.annotator_id", "=", annotator)
    .where("k.ended_how", "is not", null)
    .where("k.ended_how", "<>", sql.lit<"judged">("judged"))
    .where("k.ended_how", "=", sql.lit<"skipped">("skipped"))
    .where("k.slot_id", slot, null)
    .$castTo<{ skipped: number }>();

/** Of rules a handful of rows, by their unique key. */
const unreadWarning = (db: Kysely<Tables>, annotator: RawBuilder<number>) =>
  db
    .selectFrom("rule_trigger as t")
    .select("t.signal")
    .where("t.annotator_id", "=", annotator)
    .where("t.took", "=", sql.lit<"warn">("warn"))
    .where("t.read_at", "is", null)
    .orderBy("t.id")
    .limit(sql.lit(1));

const depthOf = (stage: Stage) =>
  sql<number | null>`max(case when ${sql.ref("stage")} = ${sql.lit(stage)} then judgments end)`;

/**
 * How often each of two systems stood left of the other, among all that was handed out, however it ended: what comes back
 * without a judgment was seen all the same. Presentations again and loaded judgments are left out (assignment_by_sides).
 */
export const countSides = statement<
  { annotatorId: number; low: number; high: number },
  { lowLeft: number; highLeft: number }
>((db, param) => {
  const standing = (left: "low" | "high", right: "low" | "high") =>
    db
      .selectFrom("assignment")
      .select((e) => e.fn.countAll<number>().as("times"))
      .where("annotator_id", "=", param("annotatorId"))
      .where("left_system_id", "=", param(left))
      .where("right_system_id", "=", param(right))
      .where("presentation", "=", sql.lit(0))
      .where("origin", "=", sql.lit<"handed_out">("handed_out"));
  return db.selectNoFrom([standing("low", "high").as("lowLeft"), standing("high", "low").as("highLeft")]);
});

interface NewAssignment {
  token: string;
  slotId: number | null;
  comparisonId: number;
  promptId: number;
  groupId: number;
  annotatorId: number;
  purpose: Stage | "check" | "repeat";
  presentation: 0 | 1;
  left: number;
  right: number;
  ordinal: number;
  openedAt: string;
  leaseEnd: string;
  protocolId: number;
}

/** Hands out a slot; returns nothing where somebody else holds it already (assignment_live_slot). */
export const insertAssignment = statement<NewAssignment, { id: number }>((db, param) =>
  db
    .insertInto("assignment")
    .values({
      token: param("token"),
      slot_id: param("slotId"),
      comparison_id: param("comparisonId"),
      prompt_id: param("promptId"),
      group_id: param("groupId"),
      annotator_id: param("annotatorId"),
      purpose: param("purpose"),
      presentation: param("presentation"),
      left_system_id: param("left"),
      right_system_id: param("right"),
      side_known: sql.lit(1),
      ordinal: param("ordinal"),
      origin: sql.lit<"handed_out">("handed_out"),
      source_key: null,
      load_id: null,
      opened_at: param("openedAt"),
      lease_end: param("leaseEnd"),
      ended_at: null,
      ended_how: null,
      protocol_revision: sql<number>`(select revision from protocol where id = ${param("protocolId")})`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id"),
);

/** Ends another annotator's lapsed assignment so that its slot is free again. */
export const takeLapsed = statement<{ id: number; at: string }, { id: number }>((db, param) =>
  db
    .updateTable("assignment")
    .set({ ended_at: param("at"), ended_how: sql.lit<"taken">("taken") })
    .where("id", "=", param("id"))
    .where("ended_at", "is", null)
    .where("lease_end", "<", param("at"))
    .returning("id"),
);

export const setProbeKey = statement<{ annotatorId: number; probeKey: number | null }, never>((db, param) =>
  db
    .updateTable("annotator")
    .set({ probe_key: param("probeKey") })
    .where("id", "=", param("annotatorId")),
);
