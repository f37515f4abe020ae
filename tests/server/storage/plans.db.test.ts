import fs from "node:fs";
import path from "node:path";
import { CompiledQuery, sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { declaredStatements } from "../../../server/storage/statement.ts";
import { testContext } from "../../support/context.ts";
import { fillStudies } from "../../support/filled-studies.ts";
import { walksOf } from "../../support/query-plans.ts";

const SERVER = path.resolve(import.meta.dirname, "../../../server");
const DECLARATION = /\b(?:statement|rowsStatement)</g;

/** Walks over a study, or over a table, that are as they should be: of which statement, and why. */
const ALLOWED: readonly { readonly of: RegExp; readonly walk: string; readonly because: string }[] = [
  { of: /"known_answer" as "k"/, walk: "k by study_id", because: "checks with a known answer are few" },
  {
    of: /from "slot" .* limit 1/,
    walk: "slot by group_id",
    because: "ends at the first, or 65th, free slot",
  },
  {
    of: /from "slot" as "s" .* limit 1/,
    walk: "s by group_id",
    because: "ends at the first that nobody holds",
  },
  { of: /count\(distinct/, walk: "s by group_id", because: "asked only where at most 64 slots are free" },
  { of: /from "annotator" as "a"/, walk: "p by study_id", because: "a protocol has few revisions" },
  { of: /from "allotment"/, walk: "allotment by group_id", because: "a group has a handful of allotments" },
  { of: /^insert into "annotator"/, walk: "judge_run", because: "runs only while a reference is open" },
  { of: /^insert into "annotator"/, walk: "exclusion", because: "runs only while a reference is open" },
  {
    of: /from "prompt_text" as "t"/,
    walk: "t by study_id",
    because: "reads what all prompts of a study have",
  },
  {
    of: /from "response" as "r"/,
    walk: "r by system_id",
    because: "reads what all responses of a system have",
  },
];

/** How many statements the files of the server declare by their text; importing a file declares its own. */
async function declareAll(): Promise<number> {
  let declarations = 0;
  for (const name of fs.readdirSync(SERVER, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const found = fs.readFileSync(path.join(SERVER, name), "utf8").match(DECLARATION) ?? [];
    if (found.length > 0) await import(path.join(SERVER, name));
    declarations += found.length;
  }
  return declarations;
}

let context: Context;
let declarations = 0;
beforeAll(async () => {
  declarations = await declareAll();
  context = await testContext("sqlite");
  await fillStudies(context);
});

/** A statement that database.db.test.ts declares for itself: it is among the declared ones where both run in one worker. */
const OF_A_TEST = /^insert into "study" /;

/** Every walk of every statement of the server, with the statement. */
const findWalks = (): Promise<{ text: string; walk: string }[]> =>
  context.database.transact(async ({ db, dialect }) => {
    const found = [];
    for (const declared of declaredStatements) {
      const bound = declared.compiledFor(db, dialect);
      if (OF_A_TEST.test(bound.sql)) continue;
      const values = bound.bind({}).map((value) => value ?? null);
      const explain = CompiledQuery.raw(`explain query plan ${bound.sql}`, values);
      const { rows } = await db.executeQuery<{ detail: string }>(explain);
      const plan = rows.map(({ detail }) => detail);
      found.push(...walksOf(bound, plan).map((walk) => ({ text: bound.sql, walk })));
    }
    return found;
  });

const isAllowed = ({ text, walk }: { text: string; walk: string }): boolean =>
  ALLOWED.some((allowed) => allowed.walk === walk && allowed.of.test(text));

/** SQLite plans without statistics, unless somebody has run ANALYZE on the file. PostgreSQL's plans depend on the data. */
describe.each(["as the product makes it", "after ANALYZE"])("statements on SQLite, %s", (state) => {
  beforeAll(async () => {
    if (state !== "after ANALYZE") return;
    await context.database.transact(async ({ db }) => void (await sql`analyze`.execute(db)));
  });

  it("walk over no study where an index serves", async () => {
    const walks = await findWalks();
    expect(walks.filter((one) => !isAllowed(one))).toEqual([]);
  });
});

describe("the check of plans", () => {
  it("looks at every statement, those over many rows and those for several bounds included", () => {
    expect(declarations).toBeGreaterThan(60);
    expect(declaredStatements.length).toBeGreaterThanOrEqual(declarations);
  });

  it("allows no walk that there is none of", async () => {
    const walks = await findWalks();
    const idle = ALLOWED.filter(
      ({ of, walk }) => !walks.some((one) => one.walk === walk && of.test(one.text)),
    );
    expect(idle).toEqual([]);
  });

  it.each([
    ["judgment", "select * from judgment as j where j.choice = 'left'", "j"],
    ["the prompts of a study", "select * from prompt_text as t where t.study_id = 1", "t by study_id"],
    ["slots", "select id from slot where group_id = 1 and counted_assignment_id is null", "slot by group_id"],
  ])("finds a walk over %s", async (_what, query, walk) => {
    const plan = await context.database.read(async ({ db }) => {
      const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${query}`).execute(db);
      return rows.map(({ detail }) => detail);
    });
    expect(walksOf({ sql: query }, plan)).toEqual([walk]);
  });
});
