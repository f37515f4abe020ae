import { sql } from "kysely";
import { type Context, now } from "../context.ts";
import type { Reader } from "../storage/database.ts";
import type { Problem } from "./converse.ts";

interface Of {
  readonly studyId: number;
  readonly system: string;
}

/** The prompts that a system was asked about in vain in earlier runs, those that failed least often first. */
export async function failedBefore({ db }: Reader, { studyId, system }: Of): Promise<number[]> {
  const rows = await db
    .selectFrom("unanswered_prompt as u")
    .innerJoin("prompt as p", "p.id", "u.prompt_id")
    .select("u.prompt_id as id")
    .where("p.study_id", "=", studyId)
    .where("u.system", "=", system)
    .orderBy("u.failures")
    .orderBy("u.prompt_id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Writes down that a prompt was asked about in vain, so that the next run asks about others first. */
export async function noteFailure(
  context: Context,
  { promptId, system, problem }: { promptId: number; system: string; problem: Problem },
): Promise<void> {
  const { kind, message } = problem;
  const told = { kind, message: storable(message), failed_at: now(context) };
  await context.database.transact(async ({ db }) => {
    await db
      .insertInto("unanswered_prompt")
      .values({ prompt_id: promptId, system, failures: 1, ...told })
      .onConflict((conflict) =>
        conflict
          .columns(["prompt_id", "system"])
          .doUpdateSet({ ...told, failures: sql<number>`unanswered_prompt.failures + 1` }),
      )
      .execute();
  });
}

/** Forgets it, now that there is a response. */
export async function forgetFailure(context: Context, promptId: number, system: string): Promise<void> {
  await context.database.transact(async ({ db }) => {
    await db
      .deleteFrom("unanswered_prompt")
      .where("prompt_id", "=", promptId)
      .where("system", "=", system)
      .execute();
  });
}

const storable = (text: string): string =>
  text.replaceAll("\u0000", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
