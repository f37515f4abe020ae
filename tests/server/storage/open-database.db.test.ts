import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { TiebreakError } from "../../../server/contract/errors.ts";
import { migrate } from "../../../server/storage/migrate.ts";
import { asRefusal } from "../../../server/storage/open-errors.ts";
import { openDatabase, withinReach } from "../../../server/storage/open.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { freePort } from "../../support/postgres.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-open-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const quiet = { say: () => undefined, stamp: "test" };

/** What opening and first using the database says. */
async function refusalOf(url: string): Promise<TiebreakError> {
  try {
    const database = openDatabase(url);
    await withinReach(database, () => migrate(database, quiet)).finally(() => database.close());
  } catch (error) {
    if (error instanceof TiebreakError) return error;
    throw error;
  }
  throw new Error(`${url} was opened.`);
}

describe("a database that cannot be used", () => {
  it("is refused in one line that says what to do", async () => {
    const text = path.join(folder, "notes.txt");
    fs.writeFileSync(text, "Nothing but text, and much more of it than a header is long.\n".repeat(50));
    const unmade = new URL(inject("postgresUrl"));
    unmade.pathname = "/unmade";
    const nowhere = `postgres://somebody:secret@127.0.0.1:${await freePort()}/study`;
    const cases: [url: string, says: RegExp][] = [
      [text, /is not an SQLite database/],
      [folder, /is a folder\. Name a file/],
      [path.join(text, "study.db"), /a part of its path is a file/],
      [nowhere, /127\.0\.0\.1:\d+\/study does not answer\. Start PostgreSQL/],
      [unmade.href, /unmade does not exist on that server/],
      ["postgres://postgres@no-such-host.invalid/study", /unknown host|does not answer/],
    ];
    for (const [url, says] of cases) {
      const refusal = await refusalOf(url);
      expect(refusal.message, url).toMatch(says);
      expect(refusal.message, url).not.toMatch(/secret|\n/);
      expect(refusal.status, url).toBeLessThan(500);
    }
    expect(fs.readFileSync(text, "utf8")).toMatch(/^Nothing but text/);
  });

  it("is refused where this user may not write it", () => {
    for (const code of ["EACCES", "EROFS", "SQLITE_READONLY", "SQLITE_CANTOPEN"]) {
      const refusal = asRefusal(Object.assign(new Error("no"), { code }), "study.db");
      expect(refusal, code).toMatchObject({ name: "DatabaseUnusable", status: 400 });
      expect(String(refusal), code).toMatch(/right to write/);
    }
  });

  it("leaves an error that nobody foresaw as it is", () => {
    const error = Object.assign(new Error("no"), { code: "42P01" });
    expect(asRefusal(error, "study.db")).toBe(error);
  });
});

describe.each(DATABASES)("a newer database on %s", (kind) => {
  it("is refused as input, not as our own fault", async () => {
    const { database } = await testContext(kind);
    const later = { name: "9999-later", up: async () => undefined };
    await migrate(database, { ...quiet, migrations: [...MIGRATIONS, later] });
    await expect(migrate(database, quiet)).rejects.toMatchObject({ name: "DatabaseNewer", status: 409 });
  });
});
