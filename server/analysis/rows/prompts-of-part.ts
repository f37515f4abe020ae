import type { Reader } from "../../storage/database.ts";
import { isInPart, type PromptPart } from "./prompt-parts.ts";

/** Prompts a query. */
const PROMPTS_A_QUERY = 2000;

/** The ids of the prompts of a part. Their texts are read, some at a time. */
export async function promptsOfPart({ db }: Reader, studyId: number, part: PromptPart): Promise<number[]> {
  const ids: number[] = [];
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom("prompt_text as t")
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["t.prompt_id as id", "t.turns", "t.metadata"])
      .where("t.study_id", "=", studyId)
      .where("t.prompt_id", ">", after)
      .where("l.state", "=", "published")
      .orderBy("t.prompt_id")
      .limit(PROMPTS_A_QUERY)
      .execute();
    for (const row of rows) if (isInPart(row, part)) ids.push(row.id);
    if (rows.length < PROMPTS_A_QUERY) return ids;
    after = rows.at(-1)!.id;
  }
}
