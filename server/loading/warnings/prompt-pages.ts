import type { Database } from "../../storage/database.ts";

const PROMPTS_A_PAGE = 500;

/** The study's prompts in ranges of ids, `after` exclusive and `last` inclusive, so that no read is long. */
export async function* promptPages(
  database: Database,
  studyId: number,
): AsyncGenerator<{ after: number; last: number }> {
  for (let after = 0; ;) {
    const last = await database.read(async ({ db }) => {
      const page = db
        .selectFrom("prompt")
        .select("id")
        .where("study_id", "=", studyId)
        .where("id", ">", after)
        .orderBy("id")
        .limit(PROMPTS_A_PAGE);
      const row = await db
        .selectFrom(page.as("page"))
        .select((column) => column.fn.max<number | null>("page.id").as("last"))
        .executeTakeFirstOrThrow();
      return row.last;
    });
    if (last === null) return;
    yield { after, last };
    after = last;
    await new Promise(setImmediate);
  }
}
