import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkLayers, findIdleRules } from "../../scripts/structure/check-layers.ts";
import { findCycles } from "../../scripts/structure/cycles.ts";
import { findReachedPackages } from "../../scripts/structure/reached-packages.ts";
import { readModule } from "../../scripts/structure/module.ts";
import { RULES, type Rules } from "../../scripts/structure/rooms.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A small house: two pure rooms, the storage, two features, the client. */
const RULES_HERE: Rules = {
  rooms: {
    contract: { imports: [], packages: ["zod"] },
    statistics: { imports: ["contract"], packages: [] },
    storage: { imports: ["contract"] },
    studies: { imports: ["contract", "storage", "statistics"] },
    "studies/reading": { imports: ["contract"] },
    reports: { imports: ["contract", "storage", "statistics", "studies"] },
    client: { imports: ["statistics"], types: ["contract"], without: ["zod"] },
  },
  writers: { study: ["studies"] },
};
const HOUSE = {
  "server/contract/words.ts": "export type Word = string; export const WORDS = [];",
  "server/statistics/median.ts": "export const median = 1;",
  "server/storage/open.ts": "export const openDatabase = 1; export type Door = 1;",
  "server/storage/index.ts": "",
  "server/studies/list.ts": "export const list = 1;",
};

const modulesOf = (files: Readonly<Record<string, string>>) =>
  Object.entries({ ...HOUSE, ...files }).map(([file, text]) => readModule({ path: file, text }));
const check = (file: string, text: string) => checkLayers(modulesOf({ [file]: text }), RULES_HERE);

describe("findReachedPackages", () => {
  const reached = (files: Readonly<Record<string, string>>) =>
    findReachedPackages(modulesOf(files), RULES_HERE);
  const page = { "client/page.tsx": `export const load = () => import("../server/statistics/median.ts");` };
  const schema = `import { z } from "zod"; export const wordSchema = z.string(); export type Word = string;`;

  it("finds a package that a page gets by way of others", () => {
    const median = `import { wordSchema } from "../contract/schema.ts"; export const median = wordSchema;`;
    const files = { ...page, "server/statistics/median.ts": median, "server/contract/schema.ts": schema };
    expect(reached(files)).toEqual([
      "server/contract/schema.ts:1 brings zod into client: client/page.tsx → server/statistics/median.ts → server/contract/schema.ts.",
    ]);
  });

  it("is content with types, and with what no page reaches", () => {
    const median = `import type { Word } from "../contract/schema.ts"; export const median: Word = "";`;
    const files = { ...page, "server/statistics/median.ts": median, "server/contract/schema.ts": schema };
    expect(reached(files)).toEqual([]);
  });
});

describe("checkLayers", () => {
  it("is content with what the rules allow", () => {
    const reports = `
      import { list } from "../studies/list.ts";
      import type { Word } from "../contract/words.ts";
      export const read = async () => (await import("../storage/open.ts")).openDatabase;
      const query = (db) => db.selectFrom("study");
      // import { judge } from "../judges/judge.ts";
      const text = 'import "../judges/judge.ts"';`;
    expect(check("server/reports/read.ts", reports)).toEqual([]);
    const client = `import type { Word } from "../server/contract/words.ts";
      import { type Word as Other } from "../server/contract/words.ts";
      export type { Word } from "../server/contract/words.ts";`;
    expect(check("client/page.tsx", client)).toEqual([]);
  });

  it.each([
    ["a static import", `import { openDatabase } from "../storage/open.ts";`],
    ["one over several lines", `import {\n  openDatabase,\n} from '../storage/open.ts'`],
    ["one of everything", `import * as storage from "../storage/open.ts";`],
    ["one for its side effect", `import "../storage/open.ts";`],
    ["one of types", `import type { Door } from "../storage/open.ts";`],
    ["a type in its place", `export type Here = import("../storage/open.ts").Door;`],
    ["a typeof in its place", `export type Here = typeof import("../storage/open.ts");`],
    ["a re-export", `export { openDatabase } from "../storage/open.ts";`],
    ["a re-export of everything", `export * from "../storage/open.ts";`],
    [
      "a dynamic import",
      `export const leak = async () => (await import("../storage/open.ts")).openDatabase;`,
    ],
    ["a dynamic import in backticks", "export const leak = () => import(`../storage/open.ts`);"],
    ["require", `const storage = require("../storage/open.ts");`],
    ["createRequire", `const storage = createRequire(import.meta.url)("../storage/open.ts");`],
    ["import =", `import storage = require("../storage/open.ts");`],
    ["an address without an ending", `import "../storage/open";`],
    ["the name that the compiled file has", `import "../storage/open.js";`],
    ["a folder", `import "../storage";`],
    ["a query behind the name", `import "../storage/open.ts?raw";`],
  ])("finds %s that leaves a pure room", (_kind, text) => {
    expect(check("server/statistics/leak.ts", `const first = 1;\n${text}`)).toEqual([
      expect.stringMatching(/^server\/statistics\/leak\.ts:2 imports server\/storage/),
    ]);
  });

  it.each([
    ["a computed import", "const name = 'open'; await import(`../storage/${name}.ts`);", /computes/],
    ["an absolute path", `import "/server/storage/open.ts";`, /relative/],
    ["a package in a pure room", `import fs from "node:fs";`, /node:fs: statistics is pure/],
    ["a file outside of all rooms", `import "../../scripts/build.mjs";`, /may not import/],
    ["a room without a rule", `import "../attic/box.ts";`, /may not import attic/],
  ])("refuses %s", (_kind, text, why) => {
    expect(check("server/statistics/leak.ts", text)).toEqual([expect.stringMatching(why)]);
  });

  it("finds a feature that imports one above it, and a room that has no rule", () => {
    expect(check("server/studies/up.ts", `import "../reports/read.ts";`)).toHaveLength(1);
    expect(check("server/attic/box.ts", `import "../contract/words.ts";`)).toHaveLength(1);
  });

  it("has rules for folders within a room, which the room itself may import", () => {
    const reading = { "server/studies/reading/text.ts": "export const text = 1;" };
    const checked = (file: string, specifier: string) =>
      checkLayers(modulesOf({ ...reading, [file]: `import "${specifier}";` }), RULES_HERE);
    expect(checked("server/studies/list.ts", "./reading/text.ts")).toEqual([]);
    expect(checked("server/reports/read.ts", "../studies/reading/text.ts")).toEqual([]);
    expect(checked("server/studies/reading/deep/more.ts", "../../../storage/open.ts")).toHaveLength(1);
    expect(checked("server/studies/reading/more.ts", "../list.ts")).toHaveLength(1);
  });

  it("lets the client take types of the contract, and nothing that runs", () => {
    const only = /takes only types from contract/;
    for (const text of [
      `import { WORDS } from "../server/contract/words.ts";`,
      `import "../server/contract/words.ts";`,
      `export * from "../server/contract/words.ts";`,
      `import { type Word, WORDS } from "../server/contract/words.ts";`,
    ]) {
      expect(check("client/page.tsx", text)).toEqual([expect.stringMatching(only)]);
    }
    expect(check("client/page.tsx", `import type { Door } from "../server/storage/open.ts";`)).toHaveLength(
      1,
    );
  });

  it.each(["insertInto", "updateTable", "deleteFrom"])("finds %s on another room's table", (verb) => {
    const query = `export const write = (db) => db.${verb}("study as s").execute();`;
    expect(check("server/studies/write.ts", query)).toEqual([]);
    expect(check("server/reports/write.ts", query)).toEqual([expect.stringMatching(/left to studies/)]);
    const hidden = `export const write = (db, table) => db.${verb}(table).execute();`;
    expect(check("server/studies/write.ts", hidden)).toEqual([expect.stringMatching(/computes which table/)]);
  });

  it.each([
    "insert into ${table} (name) values (1)",
    "INSERT INTO ${table} select 1",
    'insert or ignore into "${table}" default values',
    "replace into ${table} values (1)",
    "merge into ${table} using other",
    "update ${table} set name = ${name}",
    "update ${table} as s\n set name = 1",
    "delete\n from ${table} where id = ${id}",
    "with gone as (select 1) delete from ${table}",
  ])("finds another room's table in a raw statement: %s", (statement) => {
    const written = (table: string, tag = "sql") =>
      `import { sql } from "kysely";\nexport const write = (name, id, table) => ${tag}\`${statement.replaceAll("${table}", table)}\`;`;
    expect(check("server/studies/write.ts", written("study"))).toEqual([]);
    expect(check("server/reports/write.ts", written("study"))).toEqual([
      expect.stringMatching(/^server\/reports\/write\.ts:2 writes to study: .*left to studies/),
    ]);
    expect(check("server/reports/write.ts", written("study", "sql<bigint>"))).toHaveLength(1);
    expect(check("server/studies/write.ts", written("${sql.table(table)}"))).toEqual([
      expect.stringMatching(/computes which table/),
    ]);
  });

  it("takes no reading statement for a writing one", () => {
    const reads = [
      "select id from study for update",
      "select id from study where id = ${id} for update skip locked",
      "on conflict (id) do update set name = 1",
      "exists (select 1 from study where deleted_from = 1)",
    ];
    const text = reads.map((one) => `sql\`${one}\`;`).join("\n");
    expect(check("server/reports/read.ts", text)).toEqual([]);
  });

  it("knows which package the inner of two calls of require names", () => {
    const text = `module.exports = require(require.resolve("zod", { paths: [folder] }));`;
    expect(check("server/contract/driver.cjs", text)).toEqual([]);
    expect(check("server/contract/driver.cjs", text.replace("zod", "knex"))).toEqual([
      expect.stringMatching(/imports knex: contract is pure/),
    ]);
  });
});

describe("findIdleRules", () => {
  it("finds a room that is gone, and a right to write that nobody uses", () => {
    const modules = modulesOf({
      "client/page.tsx": "",
      "server/reports/read.ts": "",
      "server/studies/reading/a.ts": "",
    });
    const needed = readModule({ path: "server/studies/write.ts", text: `db.insertInto("study");` });
    expect(findIdleRules([...modules, needed], RULES_HERE)).toEqual([]);
    expect(findIdleRules(modulesOf({ "client/page.tsx": "" }), RULES_HERE)).toEqual([
      expect.stringContaining("studies/reading"),
      expect.stringContaining("reports"),
      expect.stringContaining("study by studies"),
    ]);
  });
});

describe("findCycles", () => {
  const cyclesOf = (files: Record<string, string>) =>
    findCycles(Object.entries(files).map(([file, text]) => readModule({ path: file, text })));

  it("finds none in a tree, nor where two files share a third", () => {
    const files = { "a.ts": `import "./b.ts"; import "./c.ts";`, "b.ts": `import "./c.ts";`, "c.ts": "" };
    expect(cyclesOf(files)).toEqual([]);
  });

  it.each([
    ["two files", { "a.ts": `import "./b.ts";`, "b.ts": `import "./a.ts";` }, "a.ts and b.ts"],
    ["types", { "a.ts": `import "./b.ts";`, "b.ts": `import type { A } from "./a.ts";` }, "a.ts and b.ts"],
    ["a file alone", { "a.ts": `export * from "./a.ts";` }, "a.ts"],
    [
      "three files, by a dynamic import",
      { "a.ts": `import "./b";`, "b.ts": `await import("./c.ts");`, "c.ts": `export * from "./a.ts";` },
      "a.ts and b.ts and c.ts",
    ],
  ])("finds a circle of %s", (_kind, files, said) => {
    expect(cyclesOf(files)).toEqual([expect.stringContaining(`${said} import each other`)]);
  });

  it("tells two circles apart", () => {
    const pair = (a: string, b: string) => ({ [a]: `import "./${b}";`, [b]: `import "./${a}";` });
    expect(cyclesOf({ ...pair("a.ts", "b.ts"), ...pair("c.ts", "d.ts") })).toHaveLength(2);
  });
});

describe("npm run layers", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-layers-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("ends with 1, and names each violation that was planted in a tree", () => {
    const leak = `export const leak = async () => (await import("../storage/open.ts")).openDatabase;`;
    const planted = {
      "server/main.ts": `import "./statistics/leak.ts";`,
      "server/statistics/leak.ts": leak,
      "server/statistics/circle.ts": `import "./circle.ts";`,
      "server/storage/open.ts": "export const openDatabase = 1;",
      "bin/tiebreak.mjs": `const main = "server/main.ts"; const driver = "sqlite-driver/index.cjs";`,
    };
    for (const place of ["server", "migrations", "client", "scripts", "bin", "tests"]) {
      fs.mkdirSync(path.join(folder, place));
    }
    fs.mkdirSync(path.join(folder, "sqlite-driver"));
    for (const name of [
      "sqlite-driver/index.cjs",
      "vite.config.ts",
      "vitest.config.ts",
      "eslint.config.js",
    ]) {
      fs.writeFileSync(path.join(folder, name), "");
    }
    for (const [name, text] of Object.entries(planted)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const layers = path.join(ROOT, "scripts/layers.ts");
    const args = ["--import", "tsx", layers, folder];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("The rules "))).toEqual([
      "server/main.ts:1 imports server/statistics/leak.ts: main may not import statistics.",
      "server/statistics/leak.ts:1 imports server/storage/open.ts: statistics may not import storage.",
      "server/statistics/circle.ts import each other: move what they share to a file of its own.",
      "server/statistics/circle.ts is used by nothing: delete it.",
      "server/statistics/leak.ts:1 exports leak, which no other file uses: do not export it, or delete it.",
    ]);
  });

  it("has a rule for each room", () => {
    const folders = fs.readdirSync(path.join(ROOT, "server")).map((name) => name.replace(/\.ts$/, ""));
    expect(Object.keys(RULES.rooms)).toEqual(expect.arrayContaining([...folders, "client", "migrations"]));
  });
});
