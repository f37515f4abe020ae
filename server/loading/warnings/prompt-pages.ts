import type { Database } from "../../storage/database.ts";

const PROMPTS_A_PAGE = 500;

/** A prompt by the id that its file gives it, and its turns as stored; null where its text was never loaded. */
interface PromptText {
  readonly id: string;
  readonly turns: string | null;
}

/** The study's prompts with their texts, a page at a time in the order of ids. */
export async function* promptTexts(database: Database, studyId: number): AsyncGenerator<PromptText[]> {
  for await (const page of promptPages(database, studyId)) {
    yield await database.read(({ db }) =>
      db
        .selectFrom("prompt as p")
        .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
        .select(["p.external_id as id", "t.turns"])
        .where("p.study_id", "=", studyId)
        .where("p.id", ">", page.after)
        .where("p.id", "<=", page.last)
        .orderBy("p.id")
        .execute(),
    );
  }
}

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
