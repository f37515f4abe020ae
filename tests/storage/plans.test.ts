import { sql } from "kysely";
import { describe, it } from "vitest";
import fs from "node:fs";
import path from "node:path";
import { declaredStatements } from "../../server/storage/statement.ts";
import { DATABASES, testContext } from "../support/context.ts";
import { fillStudies } from "../support/filled-studies.ts";
import { planOf } from "../support/query-plans.ts";

const SERVER = path.resolve(import.meta.dirname, "../../server");
for (const name of fs.readdirSync(SERVER, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".ts")) continue;
  if (/[sS]tatement</.test(fs.readFileSync(path.join(SERVER, name), "utf8"))) await import(path.join(SERVER, name));
}

describe.each(DATABASES)("plans %s", (kind) => {
  it("dumps", async () => {
    const context = await testContext(kind);
    await fillStudies(context);
    await context.database.transact(async ({ db, dialect }) => {
      if (kind === "postgres") await sql.raw("analyze").execute(db);
      const out = [];
      for (const one of declaredStatements) {
        const bound = one.compiledFor(db, dialect);
        const { walks, text } = await planOf({ db, dialect }, bound);
        if (walks.length) out.push(`${bound.sql.slice(0, 900)}\n    ${text}\n    WALKS ${walks.join(", ")}\n`);
      }
      fs.writeFileSync(`/tmp/guards-plans-${kind}.txt`, out.join("\n"));
    });
  });
});
