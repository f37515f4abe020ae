import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { emptyDatabaseUrl } from "../../support/context.ts";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { freePort } from "../../support/postgres.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-refusals-"));
const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

describe("what an operator gets wrong", () => {
  it("is told in one line, without a stack trace, and ends with 2", async () => {
    const text = write("notes.txt", "No database at all, and longer than the header of one is.\n".repeat(50));
    const database = { DATABASE_URL: path.join(folder, "study.db") };
    const away = `postgres://somebody:secret@127.0.0.1:${await freePort()}/study`;
    await tiebreakInProcess(["study", "create", "s", "--all-pairs"], database);
    const model = ["--group", "m", "--model", "m"];
    const jury = write(
      "j.yaml",
      "group: g\njudges:\n  - { model: m, adapter: responses, body: { input: x } }\n",
    );
    const create = ["study", "create", "t", "--all-pairs"];
    const cases: [args: string[], env: Record<string, string>, says: RegExp][] = [
      [["study", "list"], { DATABASE_URL: text }, /is not an SQLite database/],
      [["study", "list"], { DATABASE_URL: folder }, /is a folder/],
      [create, { DATABASE_URL: "/proc/none/study.db" }, /cannot be created, because its folder cannot/],
      [["study", "list"], { DATABASE_URL: away }, /does not answer\. Start PostgreSQL/],
      [["load", "s", "--manifest", "no.yaml"], database, /There is no file no\.yaml/],
      [["load", "s", "no.jsonl"], database, /There is no file no\.jsonl/],
      [["load", "s", os.devNull], database, /can be read only once\. Write it to a file/],
      [["load", "s", `${text}/no.jsonl`], database, /There is no file/],
      [
        ["load", "s", folder],
        database,
        /holds no file with rows\. Left out: .*notes\.txt \(its first lines are no rows\)/,
      ],
      [["load", "s", "--manifest", folder], database, /is a folder/],
      [["invite", "nowhere"], database, /^There is no study/],
      [
        ["study", "create", "t", "--target", "a\nb", "--baseline", "c"],
        database,
        /"a\\nb" holds a line break/,
      ],
      [["load", "s", text, "--format", "robot"], database, /--format robot: must be one of alpaca_eval/],
      [["judge", "s"], database, /--group NAME --model NAME/],
      [["judge", "s", "--jury", "j.yaml", "--max-tokens", "9"], database, /--max-tokens is about one judge/],
      [
        ["judge", "s", "--jury", "j.yaml", "--reasoning-effort", "low"],
        database,
        /effort is about one judge/,
      ],
      [["judge", "s", "--jury", jury], database, /The judge m: input is set by the study/],
      [["judge", "s", ...model, "--prices", "no.yaml"], database, /There is no file no\.yaml/],
      [["generate", "s", "--system", " ", "--model", "m", "--dry-run"], database, /The system has no name/],
      [
        ["generate", "s", "--system", "a", "--model", "m", "--max-cost", "3", "--dry-run"],
        database,
        /needs the model's price/,
      ],
      [["judge", "s", "--batch-in", folder], database, /is a folder/],
      [[...create, "--protocol", "no.json"], database, /There is no file no\.json/],
      [[...create, "--wording", folder], database, /is a folder/],
      [[...create, "--wording", text], database, /is not JSON/],
      [[...create, "--group", "g:robot"], database, /--group g:robot: “robot” is not crowd, author or model/],
      [
        ["export", "s", "--as", "csv", "--out", `${folder}/none/x.csv`],
        database,
        /There is no folder .*none/,
      ],
      [["export", "s", "--as", "csv", "--out", folder], database, /is a folder/],
      [["report", "s", "--format", "json", "--part", "pairs"], database, /--part goes with --format text/],
      [["report", "s", "--format", "latex", "--spreadsheet-safe"], database, /goes with --format csv/],
      [["report", "s", "--snapshot", "--format", "html"], database, /write no report: omit --format/],
      [["report", "s", "--verify", "--group", "g"], database, /holds the whole report: omit --group/],
      [
        ["export", "s", "--as", "parquet", "--out", `${folder}/none/x`],
        database,
        /There is no folder .*none/,
      ],
      [["export", "s", "--as", "pack", "--out", `${text}/pack`], database, /There is no folder .*notes\.txt/],
      [["export", "s", "--as", "csv", "--reward", "4.50"], database, /--reward goes with --as payments/],
      [["export", "s", "--as", "payments", "--ties", "keep"], database, /no ties to drop or keep/],
      [["export", "s", "--as", "payments", "--spreadsheet-safe"], database, /omit --spreadsheet-safe/],
      [
        ["export", "s", "--as", "payments", "--out", `${folder}/p`, "--group", "g"],
        database,
        /There is no group “g”/,
      ],
      [["report", "s", "--snapshot", "--prompts", "source=a"], database, /holds the whole report/],
      [["report", "s", "--prompts", "source=a"], database, /No prompt of the study has source “a”/],
      [["export", "s", "--as", "pack", "--out", "/proc/none/pack"], database, /There is no folder/],
    ];
    for (const [args, env, says] of cases) {
      const { code, stdout, stderr } = await tiebreakInProcess(args, env);
      expect([code, stdout], args.join(" ")).toEqual([2, ""]);
      expect(stderr, args.join(" ")).toMatch(says);
      expect(stderr.trimEnd().split("\n").length, stderr).toBe(1);
      expect(stderr).not.toContain("secret");
    }
  });

  it("is told on standard output too, where that is JSON", async () => {
    const env = { DATABASE_URL: path.join(folder, "told.db") };
    const votes = write("told.csv", "prompt_id,system_a,system_b,winner,annotator\n1,a,b,both,x\n");
    const cases: [args: string[], error: string][] = [
      [["report", "nowhere"], "NoDatabase"],
      [["load", "s", "no.jsonl"], "FileUnusable"],
      [["study", "create", "s", "--target", "a"], "ProtocolWrong"],
      [["study", "create", "s", "--colour", "red"], "CommandWrong"],
      [["study"], "CommandWrong"],
      [["plan", "--power", "2"], "CommandWrong"],
    ];
    for (const [args, error] of cases) {
      const { code, stdout, stderr } = await tiebreakInProcess([...args, "--json"], env);
      expect([code, JSON.parse(stdout)], args.join(" ")).toMatchObject([2, { error }]);
      expect(stderr).not.toBe("");
    }
    await prepare(["study", "create", "s"], env);
    const { code, stdout } = await tiebreakInProcess(["load", "s", votes, "--json"], env);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { errors: { listed: [{ name: "ChoiceUnknown" }] } },
    ]);
  });
});

describe("a path without a database", () => {
  it.each([
    ["study", "list"],
    ["study", "show", "s"],
    ["report", "s"],
    ["export", "s", "--as", "csv", "--out", "none.csv"],
    ["links", "s"],
    ["exclude", "s", "--list"],
    ["load", "s", import.meta.filename],
  ])("is refused by %s %s, and stays empty", async (...args) => {
    const file = path.join(folder, "mistyped", "none.db");
    const { code, stderr } = await tiebreakInProcess(args, { DATABASE_URL: file });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`There is no database at ${file}`)]);
    expect(fs.existsSync(path.dirname(file))).toBe(false);
  });

  it("gets one by study create, which says so", async () => {
    const env = { DATABASE_URL: path.join(folder, "new", "study.db") };
    const { code, stderr } = await tiebreakInProcess(["study", "create", "s", "--all-pairs"], env);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Created the database ${env.DATABASE_URL}.`)]);
  });
});

describe("a batch file that cannot be written", () => {
  it("leaves nothing behind that would stop the same command", async () => {
    const env = { DATABASE_URL: path.join(folder, "batch.db") };
    await prepare(["study", "create", "s", "--target", "a", "--baseline", "b"], env);
    const file = path.join(folder, "calls.jsonl");
    const args = ["judge", "s", "--group", "m", "--model", "m", "--batch-out", file];
    for (const time of ["first", "again"]) {
      const { code, stderr } = await tiebreakInProcess(args, env);
      expect([code, stderr], time).toEqual([
        2,
        expect.stringMatching(/is a draft.*\n {2}npx tiebreak study open s/),
      ]);
    }
    const { code, stderr } = await tiebreakInProcess([...args, "--max-cost", "1"], env);
    expect([code, stderr]).toEqual([2, expect.stringContaining("no limit in dollars")]);
    expect(fs.existsSync(file)).toBe(false);
  });
});

describe("a link from the command line", () => {
  it("carries the address that was given, and says so where it is only assumed", async () => {
    const env = { DATABASE_URL: await emptyDatabaseUrl("postgres") };
    const assumed = await tiebreakInProcess(["owner-link"], env);
    expect(assumed.stdout).toMatch(/^http:\/\/127\.0\.0\.1:8080\/dashboard#/);
    expect(assumed.stderr).toMatch(/assumes http:\/\/127\.0\.0\.1:8080\..*--public-url.*--port/);
    const given: { args: string[]; env: Record<string, string>; starts: string }[] = [
      {
        args: ["--public-url", "https://study.example.org"],
        env: {},
        starts: "https://study.example.org/dashboard#",
      },
      {
        args: [],
        env: { PUBLIC_URL: "https://study.example.org" },
        starts: "https://study.example.org/dashboard#",
      },
      { args: [], env: { PORT: "4711" }, starts: "http://127.0.0.1:4711/dashboard#" },
      { args: ["--port", "8080"], env: {}, starts: "http://127.0.0.1:8080/dashboard#" },
    ];
    for (const one of given) {
      const { stdout, stderr } = await tiebreakInProcess(["owner-link", ...one.args], { ...env, ...one.env });
      expect([stdout.startsWith(one.starts), stderr], stdout).toEqual([true, ""]);
    }
  });

  it("carries the port that was given, whatever it opens", async () => {
    const env = { DATABASE_URL: path.join(folder, "links.db") };
    const groups = ["--group", "crowd,judgments=1"];
    await prepare(["study", "create", "s", "--target", "a", "--baseline", "b", ...groups], env);
    const prompts = write("linked.jsonl", '{"prompt_id":1,"prompt":"1?"}\n');
    const outputs = write("linked.csv", "prompt_id,system,output\n1,a,x\n1,b,y\n");
    await prepare(["load", "s", prompts, outputs], env);
    await prepare(["study", "open", "s"], env);
    const verbs: [args: string[], page: string][] = [
      [["study", "preview", "s"], "/dashboard/s?show=preview#"],
      [["invite", "s"], "/judge#"],
      [["invite", "s", "--open"], "/join#"],
    ];
    for (const [args, page] of verbs) {
      expect(await prepare([...args, "--port", "4711"], env)).toContain(`http://127.0.0.1:4711${page}`);
      const there = [...args, "--public-url", "https://study.example.org"];
      expect(await prepare(there, env)).toContain(`https://study.example.org${page}`);
    }
  });
});
