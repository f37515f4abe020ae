import type { Context } from "../context.ts";
import { FREE_FAILURES } from "./statements.ts";

/** A presentation that calls were made about, without a verdict. */
export interface Unjudged {
  readonly prompt: string;
  readonly turn: number;
  readonly left: string;
  readonly right: string;
  /** The latest failure. */
  readonly kind: string;
  /** Calls that failed on it, in all runs. */
  readonly failures: number;
}

/** What a judge has no verdict about although it was asked, in the order of the prompts' ids. */
export async function unjudgedBy({ database }: Context, annotatorId: number): Promise<Unjudged[]> {
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("judge_call as k")
      .innerJoin("assignment as a", "a.id", "k.assignment_id")
      .innerJoin("comparison as c", "c.id", "a.comparison_id")
      .innerJoin("prompt as p", "p.id", "a.prompt_id")
      .innerJoin("system as l", "l.id", "a.left_system_id")
      .innerJoin("system as r", "r.id", "a.right_system_id")
      .select(["a.id", "p.external_id as prompt", "c.turn", "l.name as left", "r.name as right"])
      .select(["k.outcome", "k.id as call"])
      .where("a.annotator_id", "=", annotatorId)
      .where("a.ended_at", "is", null)
      .where("k.state", "=", "failed")
      .orderBy("p.id")
      .orderBy("a.id")
      .orderBy("k.id")
      .execute(),
  );
  const found = new Map<number, Unjudged>();
  for (const { id, outcome, prompt, turn, left, right } of rows) {
    const counts = (FREE_FAILURES as readonly string[]).includes(outcome ?? "") ? 0 : 1;
    const failures = (found.get(id)?.failures ?? 0) + counts;
    found.set(id, { prompt, turn, left, right, kind: outcome ?? "failed", failures });
  }
  return [...found.values()];
}

/** Calls of a judge that are not back yet. */
export async function countUnderWay({ database }: Context, annotatorId: number): Promise<number> {
  const { calls } = await database.read(({ db }) =>
    db
      .selectFrom("judge_call as k")
      .innerJoin("assignment as a", "a.id", "k.assignment_id")
      .select((e) => e.fn.countAll<number>().as("calls"))
      .where("a.annotator_id", "=", annotatorId)
      .where("a.ended_at", "is", null)
      .where("k.state", "=", "claimed")
      .executeTakeFirstOrThrow(),
  );
  return Number(calls);
}
