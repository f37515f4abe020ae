import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare, tiebreakInProcess } from "../support/in-process.ts";
import { commandsOf, readPage, runCommand } from "../support/page-commands.ts";

const PAGE = "docs/crowd.md";

/** The blocks of one language on the page. */
const blocksOf = (language: string): string[] =>
  [...readPage(PAGE).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text = ""]) => text,
  );

describe("the page about crowd platforms", () => {
  let study: BrowserStudy;
  let folder: string;
  beforeAll(async () => {
    const names = { study: "haiku", target: "ours", baseline: "theirs", group: "crowd" };
    study = await browserStudy({ prompts: 4 }, { ...names, prompt: "p", file: "f", seed: "seed" });
    await study.invite(2); // whom the page withdraws and erases
    folder = path.dirname(study.env.DATABASE_URL);
    await study.invite(1);
    const [panel, entry] = blocksOf("yaml");
    const rows = {
      prompts: { prompt: "Write a haiku about rain." },
      ours: { output: "Rain taps on the roof." },
      theirs: { output: "Rain, rain, rain." },
    };
    const files = Object.entries(rows).map(([name, row]) => [
      `${name}.jsonl`,
      JSON.stringify({ prompt_id: "p1", ...row }),
    ]);
    const own = [
      ["pool.yaml", panel],
      ["entry.yaml", entry],
      ["checks.jsonl", blocksOf("jsonl")[0]],
    ];
    for (const [name, text] of [...files, ...own]) fs.writeFileSync(path.join(folder, name!), text!);
    const submissions = 'Submission id,Participant id,Status\n"a1","0123456789abcdef01234567","RETURNED"\n';
    fs.writeFileSync(path.join(folder, "submissions.csv"), submissions);
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "now", use: "sig" }] };
    fs.writeFileSync(path.join(folder, "prolific-keys.json"), JSON.stringify(keys));
  });
  afterAll(() => study?.end());

  it("has commands that work, one after the other", async () => {
    const commands = commandsOf("docs/crowd.md");
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands)
      expect(await runCommand(command, { env: study.env, folder })).toMatch(/: 0/);
  });

  it("describes a panel that is set as described", async () => {
    const file = path.join(folder, "pool.yaml");
    const shown = await prepare(["platform", "set", "haiku", file], study.env);
    expect(shown).toContain("University pool, group crowd");
    expect(shown).toContain("/join?sona_id=%SURVEY_CODE%#");
    expect(shown).toContain("survey_code={participant}");
  });

  it.each([
    [["prolific", "--code", "done=X"], "“done=X” is not FINISH=…"],
    [["nowhere.yaml"], "neither prolific, connect nor a file"],
    [["prolific", "--minutes", "0"], "minutes"],
    [["connect", "--address", "completed=javascript:alert(1)"], "an address begins with https://"],
    [["prolific", "--group", "authors"], "There is no group “authors”"],
  ])("refuses a platform that cannot be: %s", async (words, said) => {
    const refused = await tiebreakInProcess(["platform", "set", "haiku", ...words], study.env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(said);
  });

  it.each([
    ["nothing.yaml", "{}", "has none of information, consent, questions, practice, qualification"],
    ["wrong.yaml", "consent: {txt: a}", "consent"],
    ["no.yaml", "a: [", "cannot be read"],
    ["groups.yaml", "consent: {text: a}\ngroups: {nobody: [consent]}", "There is no group “nobody”"],
  ])("refuses stages before the first pair that cannot be: %s", async (name, yaml, said) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, yaml);
    const refused = await tiebreakInProcess(["entry", "set", "haiku", file], study.env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(said);
  });
});
