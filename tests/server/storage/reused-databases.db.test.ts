import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { testContext } from "../../support/context.ts";
import { createDatabase, emptyDatabase } from "../../support/postgres-database.ts";
import { openStudy } from "../../support/study.ts";

/** Ways in which a test can leave a database other than it was, with the same tables, columns and names. */
const CHANGES = [
  `create or replace view counted_judgment as select * from placed_judgment`,
  `drop index left_out_response_by_prompt`,
  `alter table exclusion alter column rule set default 'r'`,
  `alter table comparison drop constraint comparison_pkey cascade`,
];

describe("a database of PostgreSQL that a test has done with", () => {
  const template = () => inject("postgresTemplate");
  const emptied = (url: string) => emptyDatabase(url, inject("postgresSchema"));

  it("serves another test once its rows are gone", async () => {
    const context = await testContext("postgres");
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    expect(await emptied(context.url)).toBe(true);
  });

  it.each(CHANGES)("serves none after %s", async (change) => {
    const url = await createDatabase(inject("postgresUrl"), `changed_${CHANGES.indexOf(change)}`, template());
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(change);
    await client.end();
    expect(await emptied(url)).toBe(false);
  });
});
