import { type ExpressionBuilder, sql } from "kysely";
import { type AnnotatorAtWork, annotatorQuery } from "../assignments/statements.ts";
import type { Grade } from "../contract/judge-method.ts";
import type { CallFailureKind } from "../model-servers/model-call.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import type { VerdictChoice } from "./verdict-labels.ts";

/** The statements of a judge's calls: compiled once, kept prepared. */

/** An assignment that can be asked about: live, and no call about it is under way. */
export interface Askable {
  readonly id: number;
  /** Above 0 for a first presentation. */
  readonly ordinal: number;
  /** Calls about it so far, in all runs. */
  readonly attempts: number;
  /** Those that failed and say something of it, in all runs. */
  readonly failures: number;
  /** The same of earlier runs alone. */
  readonly failuresBefore: number;
  /** Replies with a choice to the same wording that are there: fewer than make a verdict. */
  readonly answered: number;
}

/** What is asked about: each text a JSON list of turns. */
export interface Source {
  readonly seed: string;
  readonly turn: number;
  readonly promptTurns: string;
  readonly leftTurns: string;
  readonly rightTurns: string;
  /** The fields that the prompt was loaded with, as JSON. */
  readonly metadata: string;
}

/** Failures that say nothing of the assignment, and cost nothing. */
export const FREE_FAILURES: readonly (CallFailureKind | "expired" | "canceled")[] = [
  ...["rate limited" as const, "network" as const, "server error" as const],
  ...["expired" as const, "canceled" as const], // of a batch
];

/** Failures that the same question would meet again: it is asked in another run, if at all. */
const NOT_AT_ONCE = ["refused", "too long", "bad request", "no probabilities"];
/** A reply that was cut off is asked for once more, with a higher limit. */
export const CUT_MAX = 2;

type Calls = ExpressionBuilder<Tables & { a: Tables["assignment"] }, "a">;

/** Failed calls about an assignment that say something of it. */
const failedCalls = (e: Calls) =>
  e
    .selectFrom("judge_call as k")
    .select((k) => k.fn.countAll<number>().as("failed"))
    .whereRef("k.assignment_id", "=", "a.id")
    .where("k.state", "=", sql.lit<"failed">("failed"))
    .where(
      "k.outcome",
      "not in",
      FREE_FAILURES.map((kind) => sql.lit(kind)),
    )
    .$castTo<{ failed: number }>();

/**
 * What a judge holds and may ask about now: what never failed first, then what failed less often. Left alone is what
 * `attempts` calls failed on in all runs, and in this run what would fail again.
 */
export const selectAskable = statement<
  { annotatorId: number; runId: number; attempts: number; cuts: number },
  Askable
>((db, param) =>
  db
    .selectFrom("assignment as a")
    .select(["a.id", "a.ordinal"])
    .select((e) => [
      e
        .selectFrom("judge_call as k")
        .select((k) => k.fn.coalesce(k.fn.max("k.attempt"), sql.lit(0)).as("last"))
        .whereRef("k.assignment_id", "=", "a.id")
        .$castTo<{ last: number }>()
        .as("attempts"),
      failedCalls(e).as("failures"),
      failedCalls(e).where("k.run_id", "<>", param("runId")).as("failuresBefore"),
      e
        .selectFrom("judge_call as k")
        .innerJoin("judge_run as r", "r.id", "k.run_id")
        .select((k) => k.fn.countAll<number>().as("answered"))
        .whereRef("k.assignment_id", "=", "a.id")
        .where("k.state", "=", sql.lit<"answered">("answered"))
        .where("r.template_hash", "=", (own) =>
          own.selectFrom("judge_run as o").select("o.template_hash").where("o.id", "=", param("runId")),
        )
        .as("answered"),
    ])
    .$castTo<Askable>()
    .where("a.annotator_id", "=", param("annotatorId"))
    .where("a.ended_at", "is", null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("judge_call as k")
            .select("k.id")
            .whereRef("k.assignment_id", "=", "a.id")
            .where("k.state", "=", sql.lit<"claimed">("claimed")),
        ),
      ),
    )
    .where((e) => e(failedCalls(e), "<", param("attempts")))
    .where((e) =>
      e.not(
        e.exists(
          failedCalls(e)
            .clearSelect()
            .select("k.id")
            .where("k.run_id", "=", param("runId"))
            .where(
              "k.outcome",
              "in",
              NOT_AT_ONCE.map((kind) => sql.lit(kind)),
            ),
        ),
      ),
    )
    .where((e) =>
      e(
        failedCalls(e).where("k.run_id", "=", param("runId")).where("k.outcome", "=", sql.lit("truncated")),
        "<",
        param("cuts"),
      ),
    )
    .orderBy("failures")
    .orderBy("a.ordinal"),
);

/** First presentations that a judge holds. */
export const countHeld = statement<{ annotatorId: number }, { held: number }>((db, param) =>
  db
    .selectFrom("assignment")
    .select((e) => e.fn.countAll<number>().as("held"))
    .where("annotator_id", "=", param("annotatorId"))
    .where("ended_at", "is", null)
    .where("ordinal", ">", 0),
);

export const selectSource = statement<{ assignmentId: number }, Source>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt_text as p", "p.prompt_id", "a.prompt_id")
    .innerJoin("study as s", "s.id", "p.study_id")
    .innerJoin("response as l", (join) =>
      join.onRef("l.prompt_id", "=", "a.prompt_id").onRef("l.system_id", "=", "a.left_system_id"),
    )
    .innerJoin("response as r", (join) =>
      join.onRef("r.prompt_id", "=", "a.prompt_id").onRef("r.system_id", "=", "a.right_system_id"),
    )
    .select(["s.seed", "c.turn", "p.turns as promptTurns", "l.turns as leftTurns", "r.turns as rightTurns"])
    .select("p.metadata")
    .where("a.id", "=", param("assignmentId")),
);

/** Locks a judge's row by its id: the first statement of every use case of an annotator. */
export const lockJudge = statement<{ annotatorId: number }, AnnotatorAtWork>((db, param, dialect) => {
  const query = annotatorQuery(db).where("a.id", "=", param("annotatorId"));
  return dialect.name === "sqlite" ? query : query.forNoKeyUpdate("a");
});

export const insertCall = statement<
  { runId: number; assignmentId: number; attempt: number; at: string; signs: string | null },
  { id: number }
>((db, param) =>
  db
    .insertInto("judge_call")
    .values({
      run_id: param("runId"),
      assignment_id: param("assignmentId"),
      attempt: param("attempt"),
      state: sql.lit<"claimed">("claimed"),
      claimed_at: param("at"),
      signs: param("signs"),
    })
    .onConflict((conflict) => conflict.columns(["assignment_id", "attempt"]).doNothing())
    .returning("id"),
);

export interface CallEnd {
  id: number;
  state: "answered" | "failed";
  at: string;
  outcome: string;
  message: string | null;
  reportedModel: string | null;
  fingerprint: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costNanodollars: number | null;
  costAtMost: number;
  latencyMs: number | null;
  raw: string | null;
  sent: string | null;
  messagesHash: string | null;
  grade: Grade | null;
  preference: number | null;
  rationale: string | null;
  thinking: string | null;
}

export const endCall = statement<CallEnd, never>((db, param) =>
  db
    .updateTable("judge_call")
    .set({
      state: param("state"),
      ended_at: param("at"),
      outcome: param("outcome"),
      message: param("message"),
      reported_model: param("reportedModel"),
      fingerprint: param("fingerprint"),
      prompt_tokens: param("promptTokens"),
      completion_tokens: param("completionTokens"),
      cost_nanodollars: param("costNanodollars"),
      cost_at_most: param("costAtMost"),
      sent: param("sent"),
      messages_hash: param("messagesHash"),
      latency_ms: param("latencyMs"),
      raw: param("raw"),
      grade: param("grade"),
      preference: param("preference"),
      rationale: param("rationale"),
      thinking: param("thinking"),
    })
    .where("id", "=", param("id")),
);

interface Sample {
  readonly choice: VerdictChoice;
  readonly grade: Grade | null;
  readonly rationale: string | null;
  readonly thinking: string | null;
}

/** What each reply about an assignment chose, of those that were asked in the words of this call: a verdict is about one question. */
export const selectSamples = statement<{ assignmentId: number; callId: number }, Sample>((db, param) =>
  db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["k.outcome as choice", "k.grade", "k.rationale", "k.thinking"])
    .$castTo<Sample>()
    .where("k.assignment_id", "=", param("assignmentId"))
    .where("k.state", "=", sql.lit<"answered">("answered"))
    .where("r.template_hash", "=", (own) =>
      own
        .selectFrom("judge_call as c")
        .innerJoin("judge_run as o", "o.id", "c.run_id")
        .select("o.template_hash")
        .where("c.id", "=", param("callId")),
    )
    .orderBy("k.id"),
);

/** Calls that were claimed and never sent: their assignments can be asked about at once. */
export const releaseCall = statement<{ id: number; at: string }, never>((db, param) =>
  db
    .updateTable("judge_call")
    .set({ state: sql.lit<"released">("released"), ended_at: param("at") })
    .where("id", "=", param("id"))
    .where("state", "=", sql.lit<"claimed">("claimed")),
);
