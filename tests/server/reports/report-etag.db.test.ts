import { describe, expect, it } from "vitest";
import type { Database } from "../../../server/storage/database.ts";
import { etagFor, type ReportOptions } from "../../../server/reports/snapshot-key.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

const GROUPS = [{ name: "crowd", kind: "crowd" as const }];
const judged = (prompt: string, more: Partial<GivenJudgment> = {}): GivenJudgment => ({
  ...{ prompt, left: "a", right: "b", group: "crowd", annotator: "ann", choice: "left" },
  ...more,
});
const etag = (database: Database, study = "one", options?: ReportOptions & { format?: string }) =>
  database.read((reader) => etagFor(reader, study, options));

async function studyOn(kind: (typeof DATABASES)[number]) {
  const context = await testContext(kind);
  const rows = await new StudyRows(context, { name: "one", systems: ["a", "b"], groups: GROUPS })
    .judge(judged("p1"))
    .write();
  return { context, rows, database: context.database };
}

describe.each(DATABASES)("the ETag of a report on %s", (kind) => {
  it("stays while nothing happens, and while another study is judged", async () => {
    const { context, database } = await studyOn(kind);
    const before = await etag(database);
    expect(before).toMatch(/^"[\w-]{27}"$/);
    await new StudyRows(context, { name: "two", systems: ["a", "b"], groups: GROUPS }, 1000)
      .judge(judged("p1"))
      .write();
    expect(await etag(database)).toBe(before);
    expect(await etag(database, "two")).not.toBe(before);
  });

  it("depends on the options", async () => {
    const { database } = await studyOn(kind);
    const tags = [
      await etag(database),
      await etag(database, "one", { group: "crowd" }),
      await etag(database, "one", { format: "csv" }),
    ];
    expect(new Set(tags).size).toBe(3);
  });

  it("moves with every judgment, correction, exclusion, change and load", async () => {
    const { rows, database } = await studyOn(kind);
    const seen = [await etag(database)];
    const moves: (() => Promise<unknown>)[] = [
      () => rows.judge(judged("p2")).write(),
      () => database.transact(({ db }) => correct(db, rows.annotatorId("ann"))),
      () => rows.exclude("ann", "too fast").write(),
      () => rows.withTexts().write(),
      () =>
        database.transact(({ db }) =>
          db.updateTable("system").set({ display_name: "A" }).where("name", "=", "a").execute(),
        ),
      () => database.transact(({ db }) => db.updateTable("annotator_group").set({ headline: 0 }).execute()),
      () => database.transact(({ db }) => db.updateTable("study").set({ state: "closed" }).execute()),
      () =>
        database.transact(({ db }) =>
          db.updateTable("protocol").set({ body: '{"pairs":"all","x":1}' }).execute(),
        ),
    ];
    for (const move of moves) {
      await move();
      const now = await etag(database);
      expect(seen).not.toContain(now);
      seen.push(now);
    }
  });

  it("comes back when an exclusion is lifted, as the report does", async () => {
    const { rows, database } = await studyOn(kind);
    const before = await etag(database);
    await rows.exclude("ann", "too fast").write();
    expect(await etag(database)).not.toBe(before);
    await database.transact(({ db }) => db.updateTable("exclusion").set({ lifted_at: "later" }).execute());
    expect(await etag(database)).toBe(before);
  });

  it("sees a judgment that appears under a lower id than the last", async () => {
    const { rows, database } = await studyOn(kind);
    const late = await new StudyRows(
      rows.context,
      { name: "late", systems: ["a", "b"], groups: GROUPS },
      1000,
    )
      .judge(judged("p1"), judged("p2"))
      .write();
    const before = await etag(database, "late");
    const ids = await database.read(({ db }) =>
      db.selectFrom("judgment").select("id").orderBy("id", "desc").execute(),
    );
    const gap = ids[0]!.id - 1; // an id below the last that no judgment has
    await database.transact(({ db }) => correct(db, late.annotatorId("ann"), gap));
    expect(await etag(database, "late")).not.toBe(before);
  });
});

/** A new revision of the annotator's first judgment. */
async function correct(
  db: Parameters<Parameters<Database["transact"]>[0]>[0]["db"],
  annotator_id: number,
  id?: number,
) {
  const { assignment_id } = await db
    .selectFrom("judgment")
    .select("assignment_id")
    .where("annotator_id", "=", annotator_id)
    .orderBy("id")
    .limit(1)
    .executeTakeFirstOrThrow();
  const row = {
    assignment_id,
    annotator_id,
    revision: 2,
    choice: "tie" as const,
    request_key: "again",
    received_at: "t",
  };
  await db
    .insertInto("judgment")
    .values({ ...row, id: id ?? 5000 })
    .execute();
}
