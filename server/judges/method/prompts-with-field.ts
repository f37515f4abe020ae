import type { Context } from "../../context.ts";
import { requireStudy } from "../../studies/store.ts";
import { fieldsOf } from "./prompt-fields.ts";

/** Prompts whose fields are in memory at once. */
const A_PAGE = 500;

/** How many prompts of a study have something in a field. @throws StudyNotFound */
export async function promptsWithField(
  { database }: Pick<Context, "database">,
  study: string,
  name: string,
): Promise<number> {
  return database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    let count = 0;
    for (let after = 0; ;) {
      const page = await reader.db
        .selectFrom("prompt_text")
        .select(["prompt_id as id", "metadata"])
        .where("study_id", "=", id)
        .where("prompt_id", ">", after)
        .orderBy("prompt_id")
        .limit(A_PAGE)
        .execute();
      count += page.filter(
        ({ metadata }) =>
          fieldsOf({ referenceField: name }, { metadata, turns: Infinity }).reference.length > 0,
      ).length;
      if (page.length < A_PAGE) return count;
      after = page.at(-1)!.id;
    }
  });
}
