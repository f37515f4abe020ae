import type { Report } from "../contract/report.ts";
import type { PromptSetUsed } from "../contract/prompt-sets.ts";
import type { Reader } from "../storage/database.ts";

/**
 * The versions of prompt sets that prompts of a study are from, as its loads remember, with how many came from each.
 * Must run within the `database.read` of the report.
 */
export async function promptSetsOf(
  { db }: Reader,
  studyId: number,
): Promise<NonNullable<Report["promptSets"]>> {
  const rows = await db
    .selectFrom("load as l")
    .select(["l.prompt_set as used"])
    .select((e) =>
      e
        .selectFrom("prompt_text as t")
        .whereRef("t.load_id", "=", "l.id")
        .select((f) => f.fn.countAll<number>().as("n"))
        .as("prompts"),
    )
    .where("l.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .where("l.prompt_set", "is not", null)
    .orderBy("l.id")
    .execute();
  return rows
    .map(({ used, prompts }) => ({ ...(JSON.parse(used!) as PromptSetUsed), prompts: Number(prompts) }))
    .filter(({ prompts }) => prompts > 0);
}
