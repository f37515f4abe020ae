import { sql } from "kysely";
import type { Choice, SkipReason } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";
import { ofLatestJudgment, ofLatestSkip } from "../studies/latest-answer.ts";

export interface AssignmentToJudge {
  readonly id: number;
  readonly slotId: number | null;
  readonly endedHow: string | null;
}

/** An assignment by its token, if it is this annotator's. */
export const selectAssignment = statement<{ token: string; annotatorId: number }, AssignmentToJudge>(
  (db, param) =>
    db
      .selectFrom("assignment")
      .select(["id", "slot_id as slotId", "ended_how as endedHow"])
      .where("token", "=", param("token"))
      .where("annotator_id", "=", param("annotatorId")),
);

export const selectByRequestKey = statement<
  { annotatorId: number; requestKey: string },
  { assignmentId: number; choice: Choice; rationale: string | null }
>((db, param) =>
  db
    .selectFrom("judgment")
    .select(["assignment_id as assignmentId", "choice", "rationale"])
    .where("annotator_id", "=", param("annotatorId"))
    .where("request_key", "=", param("requestKey")),
);

export interface NewJudgment {
  assignmentId: number;
  annotatorId: number;
  choice: Choice;
  language: string;
  activeMs: number | null;
  /** Why, in the annotator's words: a model's reasons, a person's comment. */
  rationale: string | null;
  /** How it was shown, or what a model's verdict was made of, as JSON. */
  metadata: string | null;
  /** By how many steps, of a model with more than three options. */
  strength: number | null;
  requestKey: string;
  receivedAt: string;
}

/** Revisions are numbered here, in order of arrival. Nothing comes back where the request key is known already. */
export const insertJudgment = statement<NewJudgment, { id: number }>((db, param) =>
  db
    .insertInto("judgment")
    .values({
      assignment_id: param("assignmentId"),
      annotator_id: param("annotatorId"),
      revision: sql<number>`(select coalesce(max(revision), 0) + 1 from judgment where assignment_id = ${param("assignmentId")})`,
      choice: param("choice"),
      strength: param("strength"),
      answers: null,
      rationale: param("rationale"),
      language: param("language"),
      active_ms: param("activeMs"),
      request_key: param("requestKey"),
      judged_at: null,
      received_at: param("receivedAt"),
      metadata: param("metadata"),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id"),
);

/**
 * A judgment ends its assignment, also one that had lapsed and was taken over: it is kept all the same.
 * `revision`: of the protocol that was shown; null: that of the assignment
 */
export const endJudged = statement<{ id: number; at: string; revision: number | null }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({
      ended_at: param("at"),
      ended_how: sql.lit<"judged">("judged"),
      protocol_revision: sql`coalesce(${param("revision")}, protocol_revision)`,
    })
    .where("id", "=", param("id"))
    .where((e) => e.or([e("ended_how", "is", null), e("ended_how", "<>", sql.lit<"judged">("judged"))])),
);

/** What was judged before, and changed under another revision of the protocol, is an answer to what that one asks. */
export const showUnder = statement<{ id: number; revision: number }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({ protocol_revision: param("revision") })
    .where("id", "=", param("id")),
);

export const selectHolder = statement<{ slotId: number }, { countedAssignmentId: number | null }>(
  (db, param) =>
    db
      .selectFrom("slot")
      .select("counted_assignment_id as countedAssignmentId")
      .where("id", "=", param("slotId")),
);

export interface Answered {
  readonly id: number;
  readonly endedHow: "judged" | "skipped";
  /** The latest choice, if there ever was one. */
  readonly choice: Choice | null;
  /** The latest reason why it could not be judged, if there ever was one. */
  readonly reason: SkipReason | null;
  /** Of the latest judgment and the latest skip: the comment, and the key of the request. */
  readonly judgedComment: string | null;
  readonly skipComment: string | null;
  readonly judgedKey: string | null;
  readonly skipKey: string | null;
}

/**
 * What this annotator answered before one of their assignments, by its ordinal: the latest below it. What they saw of a pair whose text
 * was corrected or taken back since cannot be shown again, so its answer stays.
 */
export const selectEarlier = statement<{ annotatorId: number; below: number }, Answered>((db, param) =>
  db
    .selectFrom("assignment as a")
    .select(["a.id", "a.ended_how as endedHow"])
    .select([
      ofLatestJudgment(db, { assignment: "a.id", column: "choice" }).as("choice"),
      ofLatestJudgment(db, { assignment: "a.id", column: "rationale" }).as("judgedComment"),
      ofLatestJudgment(db, { assignment: "a.id", column: "request_key" }).as("judgedKey"),
      ofLatestSkip(db, { assignment: "a.id", column: "reason" }).as("reason"),
      ofLatestSkip(db, { assignment: "a.id", column: "comment" }).as("skipComment"),
      ofLatestSkip(db, { assignment: "a.id", column: "request_key" }).as("skipKey"),
    ])
    .where("a.annotator_id", "=", param("annotatorId"))
    .where("a.ordinal", "<", param("below"))
    .where("a.ended_how", "in", [sql.lit<"judged">("judged"), sql.lit<"skipped">("skipped")])
    .where("a.purpose", "not in", [sql.lit<"corrected">("corrected"), sql.lit<"unloaded">("unloaded")])
    .orderBy("a.ordinal", "desc")
    .limit(sql.lit(1))
    .$castTo<Answered>(),
);

export const selectOrdinal = statement<{ token: string; annotatorId: number }, { ordinal: number }>(
  (db, param) =>
    db
      .selectFrom("assignment")
      .select("ordinal")
      .where("token", "=", param("token"))
      .where("annotator_id", "=", param("annotatorId")),
);
