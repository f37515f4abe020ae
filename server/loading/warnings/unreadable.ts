import type { Database, Reader } from "../../storage/database.ts";

const ROWS_A_PAGE = 1000;

/** How many judgments of these loads are of a prompt without a text or of a system without an output for it. */
export async function countUnreadable(
  database: Database,
  { loadIds }: { loadIds: ReadonlySet<number> },
): Promise<number> {
  let unreadable = 0;
  for (const loadId of loadIds) {
    for (let after: number | null = 0; after !== null;) {
      const from: number = after;
      const page = await database.read((reader) => countPage(reader, loadId, from));
      unreadable += page.unreadable;
      after = page.last;
      await new Promise(setImmediate);
    }
  }
  return unreadable;
}

async function countPage({ db }: Reader, loadId: number, after: number) {
  const page = db
    .selectFrom("assignment")
    .select(["id", "prompt_id", "left_system_id", "right_system_id"])
    .where("load_id", "=", loadId)
    .where("id", ">", after)
    .orderBy("id")
    .limit(ROWS_A_PAGE);
  const row = await db
    .selectFrom(page.as("a"))
    .leftJoin("prompt_text as t", "t.prompt_id", "a.prompt_id")
    .leftJoin("response as l", (on) =>
      on.onRef("l.prompt_id", "=", "a.prompt_id").onRef("l.system_id", "=", "a.left_system_id"),
    )
    .leftJoin("response as r", (on) =>
      on.onRef("r.prompt_id", "=", "a.prompt_id").onRef("r.system_id", "=", "a.right_system_id"),
    )
    .select(({ fn }) => [fn.max<number | null>("a.id").as("last"), fn.countAll<number>().as("all")])
    .select((eb) =>
      eb.fn
        .count<number>(
          eb
            .case()
            .when(
              eb.and([
                eb("t.prompt_id", "is not", null),
                eb("l.id", "is not", null),
                eb("r.id", "is not", null),
              ]),
            )
            .then(1)
            .end(),
        )
        .as("readable"),
    )
    .executeTakeFirstOrThrow();
  return { last: row.last, unreadable: row.all - row.readable };
}
