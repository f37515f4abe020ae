import { sql } from "kysely";
import type { Consequence, Signal } from "../contract/quality.ts";
import type { Choice, Purpose } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";
import { ofLatestJudgment } from "../studies/latest-answer.ts";

/** The texts of what was judged, as JSON lists of turns, and the turn that is judged, from 1. */
interface JudgedTexts {
  readonly turn: number;
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
}

export const selectJudgedTexts = statement<{ assignmentId: number }, JudgedTexts>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt_text as p", "p.prompt_id", "c.prompt_id")
    .innerJoin("response as l", (join) =>
      join.onRef("l.prompt_id", "=", "c.prompt_id").onRef("l.system_id", "=", "a.left_system_id"),
    )
    .innerJoin("response as r", (join) =>
      join.onRef("r.prompt_id", "=", "c.prompt_id").onRef("r.system_id", "=", "a.right_system_id"),
    )
    .select(["c.turn", "p.turns as prompt", "l.turns as left", "r.turns as right"])
    .where("a.id", "=", param("assignmentId")),
);

export const selectPurpose = statement<{ assignmentId: number }, { purpose: Purpose }>((db, param) =>
  db.selectFrom("assignment").select("purpose").where("id", "=", param("assignmentId")),
);

interface TallyRow {
  readonly judged: number;
  readonly runChoice: Choice;
  readonly run: number;
  readonly faster: string;
}

export const selectTally = statement<{ annotatorId: number }, TallyRow>((db, param) =>
  db
    .selectFrom("work_tally")
    .select(["judged", "run_choice as runChoice", "run", "faster"])
    .where("annotator_id", "=", param("annotatorId")),
);

export const writeTally = statement<TallyRow & { annotatorId: number }, never>((db, param) => {
  const row = {
    judged: param("judged"),
    run_choice: param("runChoice"),
    run: param("run"),
    faster: param("faster"),
  };
  return db
    .insertInto("work_tally")
    .values({ annotator_id: param("annotatorId"), ...row })
    .onConflict((conflict) => conflict.column("annotator_id").doUpdateSet(row));
});

interface CheckedRow {
  /** What the known answer prefers, what was chosen, and where the systems stood. */
  readonly better: number | null;
  readonly choice: Choice;
  readonly left: number;
  readonly right: number;
  /** Of the prompt, as JSON. */
  readonly metadata: string;
}

/** The latest choice of each check that somebody has judged (assignment_checks). */
export const selectChecked = statement<{ annotatorId: number }, CheckedRow>((db, param) =>
  db
    .selectFrom("assignment as a")
    .innerJoin("known_answer as k", "k.comparison_id", "a.comparison_id")
    .innerJoin("prompt_text as p", "p.prompt_id", "a.prompt_id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .select(["k.better_system_id as better", "j.choice", "p.metadata"])
    .select(["a.left_system_id as left", "a.right_system_id as right"])
    .where("a.annotator_id", "=", param("annotatorId"))
    .where("a.purpose", "=", sql.lit<"check">("check"))
    .where("a.ended_how", "=", sql.lit<"judged">("judged"))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("judgment as later")
            .select("later.id")
            .whereRef("later.assignment_id", "=", "a.id")
            .whereRef("later.revision", ">", "j.revision"),
        ),
      ),
    ),
);

interface RepeatedRow {
  readonly choice: Choice;
  readonly left: number;
  readonly first: Choice;
  readonly firstLeft: number;
}

/** The latest choice of each pair that somebody has judged again, and of its first presentation (assignment_again). */
export const selectRepeated = statement<{ annotatorId: number }, RepeatedRow>((db, param) =>
  db
    .selectFrom("assignment as again")
    .innerJoin("assignment as first", (join) =>
      join
        .onRef("first.comparison_id", "=", "again.comparison_id")
        .on("first.annotator_id", "=", param("annotatorId"))
        .on("first.presentation", "=", sql.lit(0))
        .on("first.ended_how", "=", sql.lit<"judged">("judged")),
    )
    .select(["again.left_system_id as left", "first.left_system_id as firstLeft"])
    .select([
      ofLatestJudgment(db, { assignment: "again.id", column: "choice" }).as("choice"),
      ofLatestJudgment(db, { assignment: "first.id", column: "choice" }).as("first"),
    ])
    .where("again.annotator_id", "=", param("annotatorId"))
    .where("again.presentation", ">", sql.lit(0))
    .where("again.purpose", "=", sql.lit<"repeat">("repeat"))
    .where("again.ended_how", "=", sql.lit<"judged">("judged"))
    .$castTo<RepeatedRow>(),
);

/** Which rules have found something about somebody already. */
export const selectTriggered = statement<{ annotatorId: number }, { signal: Signal; wanted: Consequence }>(
  (db, param) =>
    db
      .selectFrom("rule_trigger")
      .select(["signal", "wanted"])
      .where("annotator_id", "=", param("annotatorId")),
);
