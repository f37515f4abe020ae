import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { TABLES } from "../../../server/storage/table-names.ts";
import { deleteStudy, studyToDelete } from "../../../server/studies/delete-study.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { fillStudies } from "../../support/filled-studies.ts";
import { openStudy } from "../../support/study.ts";

/** The rows of every table, as text. */
async function allRows({ database }: Context): Promise<Map<string, string[]>> {
  return database.read(async ({ db }) => {
    const all = new Map<string, string[]>();
    for (const table of TABLES) {
      const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
      all.set(table, rows.map((row) => JSON.stringify(row)).sort());
    }
    return all;
  });
}

/** Tables that are of no study. */
const OF_NONE = new Set(["owner_token", "session"]);

describe.each(DATABASES)("deleting a study, on %s", (kind) => {
  it("leaves no row of it in any table, and every row of the others", async () => {
    const context = await testContext(kind);
    await fillStudies(context);
    const before = await allRows(context);
    await context.database.transact(({ db }) =>
      db.updateTable("load").set({ heartbeat_at: "2026-01-01" }).execute(),
    );
    await context.database.transact(({ db }) =>
      db.updateTable("judge_run").set({ seen_at: "2026-01-01" }).execute(),
    );
    const start = await allRows(context);
    await deleteStudy(context, "study 2");
    const one = await allRows(context);
    for (const table of TABLES) {
      const rows = one.get(table)!;
      expect(start.get(table), table).toEqual(expect.arrayContaining(rows)); // what is left is as it was
      expect(
        rows.filter((row) => (JSON.parse(row) as { study_id?: unknown }).study_id === 2),
        table,
      ).toEqual([]);
      if (!OF_NONE.has(table)) expect(rows.length, table).toBeLessThan(before.get(table)!.length);
    }
    await deleteStudy(context, "study 1");
    await deleteStudy(context, "study 3");
    for (const [table, rows] of await allRows(context)) {
      const kept = OF_NONE.has(table) ? start.get(table)! : [];
      expect(rows, table).toEqual(kept);
    }
  });

  it("says what goes with it, ends its links, and leaves others to judge on", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    await createStudy(context, { name: "other" });
    await desk.workFor(tokens[0]!, []);
    expect(await studyToDelete(context, "s")).toMatchObject({ state: "open", judgments: 0, held: 3 });
    await deleteStudy(context, "s");
    await expect(desk.workFor(tokens[0]!, [])).rejects.toMatchObject({ name: "LinkNotValid" });
    await expect(studyToDelete(context, "s")).rejects.toMatchObject({ name: "StudyNotFound" });
    expect((await studyToDelete(context, "other")).state).toBe("draft");
  });
});
