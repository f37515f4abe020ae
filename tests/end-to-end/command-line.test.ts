import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { prepare, tiebreakInProcess } from "../support/in-process.ts";
import { tiebreak } from "../support/server.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-cli-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const env = { DATABASE_URL: path.join(folder, "a", "new", "study.db") };
const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

/** The help of a verb and of every verb below it, found as a reader finds them: each help lists the next ones. */
async function helpsFrom(verb: readonly string[]): Promise<{ verb: string; code: number; stdout: string }[]> {
  const { code, stdout } = await tiebreakInProcess([...verb, "--help"], env);
  const [, list = ""] = /\nCommands:\n([\s\S]*?)(?:\n\n|$)/.exec(stdout) ?? [];
  const below = [...list.matchAll(/^ {2}([\w-]+)/gm)].map(([, name = ""]) => name);
  const helps = [{ verb: verb.join(" "), code, stdout }];
  for (const name of below.filter((one) => one !== "help")) helps.push(...(await helpsFrom([...verb, name])));
  return helps;
}

/** Verbs that must be there; whatever else the helps list is looked at as well. */
const VERBS = [
  ...[
    "serve",
    "study",
    "load",
    "generate",
    "invite",
    "links",
    "judge",
    "report",
    "plan",
    "exclude",
    "export",
    "backup",
    "restore",
  ],
  ...["demo", "demo lima", "demo simulated", "owner-link"],
  ...["create", "change", "show", "list", "preview", "open", "pause", "close"].map((verb) => `study ${verb}`),
];

describe("the command line", () => {
  it("has help with an example behind every verb", async () => {
    const helps = await helpsFrom([]);
    expect(helps.map(({ verb }) => verb)).toEqual(expect.arrayContaining(VERBS));
    for (const { verb, code, stdout } of helps) {
      expect(`${verb}: ${code} ${stdout}`).toMatch(/: 0 [\s\S]*Examples?:\n {2}npx tiebreak/);
      expect(stdout, verb).toContain("--database");
      expect(stdout, verb).not.toMatch(/default: (\[\]|null|undefined)/);
    }
  });

  it("shows commands as they work in the folder where it is called", async () => {
    const help = await tiebreak(["report", "--help"], env, folder);
    expect(help.stdout).toContain("\n  npx tiebreak-eval report haiku --verify");
    expect(help.stdout).not.toMatch(/npx tiebreak /);
    await prepare(["study", "create", "draft", "--group", "crowd"], env);
    const refused = await tiebreak(["invite", "draft", "--json"], env, folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("\n  npx tiebreak-eval study open draft");
    expect(JSON.parse(refused.stdout)).toMatchObject({
      message: expect.stringContaining("npx tiebreak-eval study open draft") as string,
    });
    expect((await tiebreak(["report", "--help"], env)).stdout).toContain(
      "\n  npx tiebreak report haiku --verify",
    );
  });

  it("says its version", async () => {
    const { version } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { version: string };
    expect(await tiebreak(["--version"], env)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("says in the help of a verb that prints links how their address is found", async () => {
    for (const verb of [["owner-link"], ["invite"], ["study", "preview"]]) {
      const { stdout } = await tiebreakInProcess([...verb, "--help"], env);
      expect(stdout, verb.join(" ")).toMatch(
        /--public-url <url>[\s\S]*--port <number>[\s\S]*The link starts with/,
      );
    }
  });

  it("ends with 2 and says what to do where input is refused", async () => {
    const refused = [
      ["frobnicate"],
      ["study", "create", "x", "--target", "t"],
      ["report", "nowhere"],
      ["load", "nowhere", "nothing.jsonl"],
      ["invite", "nowhere"],
      ["report", "nowhere", "--format", "pdf"],
      ["--database", "mysql://x", "study", "list"],
    ];
    for (const args of refused) {
      const { code, stdout, stderr } = await tiebreak(args, env);
      expect([code, stdout], args.join(" ")).toEqual([2, ""]);
      expect(stderr.length, args.join(" ")).toBeGreaterThan(10);
      expect(stderr, args.join(" ")).not.toMatch(/ {4}at /);
    }
    const port = await tiebreak(["study", "list"], { ...env, PORT: "many" });
    expect([port.code, port.stderr]).toEqual([2, expect.stringContaining("PORT")]);
  });

  it("prints JSON and nothing else on standard output where JSON is asked for", async () => {
    const prompts = write("prompts.jsonl", '{"prompt_id":1,"prompt":"One?"}\n');
    const calls = [
      ["study", "create", "s", "--target", "a", "--baseline", "b"],
      ["load", "s", prompts],
      ["study", "show", "s"],
      ["study", "list"],
      ["report", "s"],
      ["owner-link"],
      ["study", "preview", "s"],
    ];
    for (const args of calls) {
      const { code, stdout } = await tiebreak([...args, "--json"], env);
      expect(code, args.join(" ")).toBe(0);
      expect(() => JSON.parse(stdout) as unknown, args.join(" ")).not.toThrow();
    }
  });

  it("refuses a file with an error whole, takes its good rows when asked, and changes nothing in a dry run", async () => {
    await prepare(["study", "create", "t", "--all-pairs"], env);
    const rows = ['{"prompt_id":1,"system":"a","output":"x"}', '{"prompt_id":2,"system":"a","output":true}'];
    const file = write("outputs.jsonl", rows.join("\n"));
    const prompts = write("two.jsonl", '{"prompt_id":1,"prompt":"1?"}\n{"prompt_id":2,"prompt":"2?"}\n');
    const responses = async () => {
      const stdout = await prepare(["study", "show", "t", "--json"], env);
      const { systemList } = JSON.parse(stdout) as { systemList: { responses: number }[] };
      return systemList.reduce((sum, system) => sum + system.responses, 0);
    };
    const refused = await tiebreak(["load", "t", prompts, file], env);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain("outputs.jsonl, line 2");
    expect(await responses()).toBe(0);
    expect((await tiebreak(["load", "t", file, "--skip-bad", "--dry-run"], env)).code).toBe(0);
    expect(await responses()).toBe(0);
    expect((await tiebreak(["load", "t", file, "--skip-bad"], env)).code).toBe(0);
    expect(await responses()).toBe(1);
    const again = await tiebreak(["load", "t", file, "--skip-bad", "--json"], env);
    expect(JSON.parse(again.stdout)).toMatchObject({ files: [{ responses: { new: 0, unchanged: 1 } }] });
  });
});
