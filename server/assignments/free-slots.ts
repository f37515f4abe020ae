import { type Kysely, sql } from "kysely";
import type { Stage } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { isUnseen } from "./seen-elsewhere.ts";
import { isWanted } from "../studies/wanted-slots.ts";

/** A slot that may be handed out, with what deciding on it needs. */
export interface FreeSlot {
  readonly id: number;
  readonly comparisonId: number;
  readonly promptId: number;
  readonly stage: Stage;
  readonly orderKey: number;
  readonly low: number;
  readonly high: number;
  /** Of a slot that another annotator's lapsed assignment holds. */
  readonly lapsedId?: number;
}

interface Probe {
  groupId: number;
  annotatorId: number;
  stage: Stage;
  replicate: number;
  /** The search goes over order keys from `from` up to `below`. */
  from: number;
  below: number;
  /** Prompts of assignments with at least this ordinal are left out. */
  sinceOrdinal: number;
  /** 1: prompts that the annotator's person saw in another study are left out. */
  unseen: 0 | 1;
}

/**
 * Bounds stand as numbers in the SQL and not as parameters: SQLite plans a query anew whenever the value of a
 * parameter in a LIMIT is bound, which costs many times what the query does.
 */
const bound = (rows: number) => sql.lit(rows);

/**
 * The first free slot at or after an order key that this annotator may have: walks `slot_free`, so that what is
 * judged costs nothing, and looks at `probes` slots at the most, so that what this annotator has had costs little.
 */
const probeFree = (probes: number, kind: Kind) =>
  statement<Probe, FreeSlot>((db, param) =>
    db
      .selectFrom(
        db
          .selectFrom("slot")
          .select(["id", "comparison_id", "prompt_id", "group_id", "replicate", "stage", "order_key"])
          .where("group_id", "=", param("groupId"))
          .where("stage", "=", param("stage"))
          .where("replicate", "=", param("replicate"))
          .where("counted_assignment_id", "is", null)
          .where("order_key", ">=", param("from"))
          .where("order_key", "<", param("below"))
          .orderBy("order_key")
          .orderBy("id")
          .limit(bound(probes))
          .as("s"),
      )
      .innerJoin("comparison as c", "c.id", "s.comparison_id")
      .select(["s.id", "s.comparison_id as comparisonId", "s.prompt_id as promptId", "s.stage"])
      .select(["s.order_key as orderKey", "c.low_system_id as low", "c.high_system_id as high"])
      .where((e) => e.not(e.exists(liveOn(db))))
      .where((e) => e.not(e.exists(HAD[kind](db, param("annotatorId")))))
      .$if(kind === "turns", (query) =>
        query.where((e) => e.not(e.exists(heldByOthers(db, param("annotatorId"))))),
      )
      .where((e) =>
        e.not(e.exists(hadPrompt(db, { annotator: param("annotatorId"), since: param("sinceOrdinal") }))),
      )
      .where(isUnseen(db, { annotator: param("annotatorId"), unseen: param("unseen") }))
      .orderBy("s.order_key")
      .orderBy("s.id")
      .limit(sql.lit(1)),
  );

const liveOn = (db: Kysely<Tables>) =>
  db
    .selectFrom("assignment as live")
    .select(sql.lit(1).as("one"))
    .whereRef("live.slot_id", "=", "s.id" as never)
    .where("live.ended_at", "is", null);

const hadComparison = (db: Kysely<Tables>, annotator: ReturnType<typeof sql<number>>) =>
  db
    .selectFrom("assignment as had")
    .select(sql.lit(1).as("one"))
    .where("had.annotator_id", "=", annotator)
    .whereRef("had.comparison_id", "=", "s.comparison_id" as never);

/** The same turn of the same conversation, with the same systems, or a later one: turns come in order. */
export const hadTurn = (db: Kysely<Tables>, annotator: ReturnType<typeof sql<number>>) =>
  db
    .selectFrom("assignment as had")
    .innerJoin("comparison as hc", "hc.id", "had.comparison_id")
    .select(sql.lit(1).as("one"))
    .where("had.annotator_id", "=", annotator)
    .whereRef("had.prompt_id", "=", "c.prompt_id" as never)
    .whereRef("hc.low_system_id", "=", "c.low_system_id" as never)
    .whereRef("hc.high_system_id", "=", "c.high_system_id" as never)
    .whereRef("hc.turn", ">=", "c.turn" as never);

const HAD = { single: hadComparison, turns: hadTurn };

/** Whether a study compares one turn of each prompt, or every turn of a conversation, one after the other. */
type Kind = keyof typeof HAD;

/** A turn of the conversation that somebody else holds: while they do, the rest of it is theirs. */
const heldByOthers = (db: Kysely<Tables>, annotator: ReturnType<typeof sql<number>>) =>
  db
    .selectFrom("comparison as oc")
    .innerJoin("slot as os", "os.comparison_id", "oc.id")
    .select(sql.lit(1).as("one"))
    .whereRef("oc.prompt_id", "=", "c.prompt_id" as never)
    .whereRef("oc.low_system_id", "=", "c.low_system_id" as never)
    .whereRef("oc.high_system_id", "=", "c.high_system_id" as never)
    .whereRef("os.group_id", "=", "s.group_id" as never)
    .whereRef("os.replicate", "=", "s.replicate" as never)
    // asked last: SQLite would begin with everything that anybody holds
    .where((e) =>
      e.exists(
        e
          .selectFrom("assignment as theirs")
          .select("theirs.id")
          .whereRef("theirs.slot_id", "=", "os.id")
          .where("theirs.ended_at", "is", null)
          .where("theirs.annotator_id", "<>", annotator),
      ),
    );

const hadPrompt = (
  db: Kysely<Tables>,
  by: { annotator: ReturnType<typeof sql<number>>; since: ReturnType<typeof sql<number>> },
) =>
  db
    .selectFrom("assignment as seen")
    .select(sql.lit(1).as("one"))
    .where("seen.annotator_id", "=", by.annotator)
    .whereRef("seen.prompt_id", "=", "s.prompt_id" as never)
    .where("seen.ordinal", ">=", by.since);

const PROBES_ANY = 512;

/** The order key of the last slot that a probe for any comparison looks at; nothing where it reaches the end. */
export const probeEnd = statement<
  Pick<Probe, "groupId" | "stage" | "replicate" | "from" | "below">,
  { orderKey: number }
>((db, param) =>
  db
    .selectFrom("slot")
    .select("order_key as orderKey")
    .where("group_id", "=", param("groupId"))
    .where("stage", "=", param("stage"))
    .where("replicate", "=", param("replicate"))
    .where("counted_assignment_id", "is", null)
    .where("order_key", ">=", param("from"))
    .where("order_key", "<", param("below"))
    .orderBy("order_key")
    .orderBy("id")
    .limit(sql.lit(1))
    .offset(bound(PROBES_ANY - 1)),
);

/** Lapsed assignments of others in this group whose comparison this annotator has not had (assignment_lapsing). */
const lapsedWithin = (probes: number, kind: Kind) =>
  statement<
    Pick<Probe, "groupId" | "annotatorId" | "sinceOrdinal" | "unseen"> & { at: string },
    FreeSlot & { lapsedId: number }
  >((db, param) =>
    db
      .selectFrom(
        db
          .selectFrom("assignment")
          .select(["id", "slot_id", "annotator_id", "lease_end"])
          .where("group_id", "=", param("groupId"))
          .where("ended_at", "is", null)
          .where("lease_end", "<", param("at"))
          .orderBy("lease_end")
          .limit(bound(probes))
          .as("old"),
      )
      .innerJoin("slot as s", "s.id", "old.slot_id")
      .innerJoin("comparison as c", "c.id", "s.comparison_id")
      .select(["s.id", "s.comparison_id as comparisonId", "s.prompt_id as promptId", "s.stage"])
      .select(["s.order_key as orderKey", "c.low_system_id as low", "c.high_system_id as high"])
      .select("old.id as lapsedId")
      .where("old.annotator_id", "<>", param("annotatorId"))
      .where("s.counted_assignment_id", "is", null)
      .where(isWanted(sql.ref("s.replicate")))
      .where((e) => e.not(e.exists(HAD[kind](db, param("annotatorId")))))
      .where((e) =>
        e.not(e.exists(hadPrompt(db, { annotator: param("annotatorId"), since: param("sinceOrdinal") }))),
      )
      .where(isUnseen(db, { annotator: param("annotatorId"), unseen: param("unseen") }))
      .orderBy("old.lease_end")
      .limit(sql.lit(1)),
  );

const probesOf = (kind: Kind) => ({
  /** Looks for a prompt that is new to the annotator. */
  new: probeFree(200, kind),
  /** The same, where hardly any is left. */
  newBriefly: probeFree(64, kind),
  /** Looks for any comparison that is new to the annotator. */
  any: probeFree(PROBES_ANY, kind),
  lapsed: lapsedWithin(200, kind),
  /** All that others hold, as far as anybody will ever ask. */
  held: lapsedWithin(10_000, kind),
});

/** The searches for a slot that an annotator may have, by what the study compares. */
export const PROBES = { single: probesOf("single"), turns: probesOf("turns") };

/** Holds a slot while it is handed out; nothing where it was judged, or is being handed out, meanwhile. */
export const lockSlot = statement<{ id: number }, { id: number }>((db, param, dialect) =>
  dialect.lockRows(
    db
      .selectFrom("slot")
      .select("id")
      .where("id", "=", param("id"))
      .where("counted_assignment_id", "is", null),
    { skipLocked: true },
  ),
);
