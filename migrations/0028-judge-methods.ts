import { type Kysely, sql } from "kysely";

/**
 * What a judge's reply says besides its choice: the step of five that the choice collapses, the preference for the left
 * response from log probabilities, and its reasons, as several replies can make one verdict.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const real = dialect === "sqlite" ? "real" : "double precision";
  for (const column of ["grade text", `preference ${real}`, "rationale text"])
    await sql.raw(`alter table judge_call add column ${column}`).execute(db);
}
