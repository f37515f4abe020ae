import { openDatabase } from "../../server/storage/open.ts";
import type { BrowserStudy } from "./browser-study.ts";

/** How many slots somebody holds; a check has none. */
export async function slotsHeld(study: BrowserStudy, name: string): Promise<number> {
  const database = openDatabase(study.env.DATABASE_URL);
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("assignment as a")
      .innerJoin("annotator as r", "r.id", "a.annotator_id")
      .select("a.id")
      .where("r.external_id", "=", name)
      .where("a.ended_at", "is", null)
      .where("a.slot_id", "is not", null)
      .where("a.lease_end", ">", new Date().toISOString())
      .execute(),
  );
  await database.close();
  return rows.length;
}

/** As if somebody had joined so long ago that the time of their platform is over. */
export async function endTimeOf(study: BrowserStudy, name: string): Promise<void> {
  const database = openDatabase(study.env.DATABASE_URL);
  await database.transact(({ db }) =>
    db
      .updateTable("participation")
      .set({ leave_by: "2020-01-01T00:00:00.000Z" })
      .where("annotator_id", "=", (e) =>
        e.selectFrom("annotator").select("id").where("external_id", "=", name),
      )
      .execute(),
  );
  await database.close();
}
