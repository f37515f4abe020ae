import { describe, expect, it } from "vitest";
import type { Transaction } from "../../../server/storage/database.ts";
import { migrate } from "../../../server/storage/migrate.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { statement } from "../../../server/storage/statement.ts";
import { DATABASES, emptyDatabaseUrl, testContext } from "../../support/context.ts";

const insertStudy = statement<{ name: string }, { id: number }>((db, param) =>
  db
    .insertInto("study")
    .values({
      name: param("name"),
      public_title: "t",
      state: "draft",
      note: null,
      seed: "s",
      created_at: "now",
    })
    .returning("id"),
);
const names = (tx: Pick<Transaction, "db">) =>
  tx.db.selectFrom("study").select("name").orderBy("id").execute();

describe.each(DATABASES)("a database on %s", (kind) => {
  it("keeps what a transaction wrote and nothing of one that failed", async () => {
    const { database } = await testContext(kind);
    await database.transact((tx) => tx.run(insertStudy, { name: "kept" }));
    await expect(
      database.transact(async (tx) => {
        await tx.run(insertStudy, { name: "lost" });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await database.read(names)).toEqual([{ name: "kept" }]);
  });

  it("lets nobody write through the reading door", async () => {
    const { database } = await testContext(kind);
    await expect(database.read((reader) => reader.run(insertStudy, { name: "sly" }))).rejects.toThrow(
      /readonly|read-only/,
    );
  });

  it("commits use cases that arrive together, but for those that fail", async () => {
    const { database } = await testContext(kind);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        database.transactTogether(async (tx) => {
          await tx.run(insertStudy, { name: `n${i}` });
          if (i % 3 === 0) throw new Error("no");
          return i;
        }),
      ),
    );
    expect(results.filter((r) => r.status === "fulfilled").length).toBe(133);
    expect((await database.read(names)).length).toBe(133);
  });

  it("runs use cases that arrive together once, unless one fails after it wrote", async () => {
    const { database } = await testContext(kind);
    const runs = { early: 0, late: 0 };
    const together = (failsLate: boolean) =>
      Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          database.transactTogether(async (tx) => {
            runs[failsLate ? "late" : "early"]++;
            if (!failsLate && i === 7) throw new Error("before it wrote");
            await tx.run(insertStudy, { name: `${failsLate} ${i}` });
            if (failsLate && i === 7) throw new Error("after it wrote");
          }),
        ),
      );
    expect((await together(false)).filter((one) => one.status === "rejected")).toHaveLength(1);
    expect(runs.early).toBe(20);
    expect((await together(true)).filter((one) => one.status === "rejected")).toHaveLength(1);
    expect((await database.read(names)).length).toBe(38);
  });

  it("tells a unique violation from other errors", async () => {
    const { database } = await testContext(kind);
    const twice = database.transact(async (tx) => {
      await tx.run(insertStudy, { name: "a" });
      await tx.run(insertStudy, { name: "a" });
    });
    const error: unknown = await twice.catch((e: unknown) => e);
    expect(database.dialect.isUniqueViolation(error)).toBe(true);
    expect(database.dialect.isUniqueViolation(new Error("x"))).toBe(false);
  });

  it("migrates at once from several processes' worth of connections, and refuses a newer database", async () => {
    const url = await emptyDatabaseUrl(kind);
    const options = { say: () => undefined, stamp: "test" };
    const several = kind === "postgres" ? 4 : 1;
    const databases = Array.from({ length: several }, () => openDatabase(url));
    await Promise.all(databases.map((database) => migrate(database, options)));
    const [first] = databases;
    await first?.transact(async ({ db }) => {
      const newer = { name: "9999-later", timestamp: "x" };
      await db
        .insertInto("kysely_migration" as never)
        .values(newer)
        .execute();
    });
    await expect(migrate(first!, options)).rejects.toThrow(/newer Tiebreak/);
    for (const database of databases) await database.close();
  });
});
