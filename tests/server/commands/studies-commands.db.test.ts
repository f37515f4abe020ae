import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, it, vi } from "vitest";
import { studyCommand } from "../../../server/commands/study.ts";
import type { Wording } from "../../../server/contract/studies.ts";
import { widthOf } from "../../../server/report-document/write/plain-text.ts";
import { DEFAULT_WORDING, DEFAULT_WORDINGS } from "../../../server/studies/default-wordings.ts";
import { emptyDatabaseUrl, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-study-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: unknown): string => {
  const place = path.join(folder, name);
  fs.writeFileSync(place, JSON.stringify(content));
  return place;
};

/** Runs `tiebreak study …` on this database. @returns what it printed */
async function study(database: string, ...args: string[]): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const program = new Command().option("--database <url>").option("--json").exitOverride();
    studyCommand(program);
    await program.parseAsync(["study", ...args, "--database", database], { from: "user" });
  } finally {
    spy.mockRestore();
  }
  return written.join("");
}

const PAIR = ["--target", "ours", "--baseline", "theirs"];

describe("tiebreak study", () => {
  it("quotes a name with spaces in the commands that come next", async () => {
    const made = await study(await emptyDatabaseUrl("sqlite"), "create", "two words", ...PAIR);
    expect(made).toContain('npx tiebreak load "two words" FILE…');
    expect(made).toContain('npx tiebreak study open "two words"');
  });

  it("does not compare all pairs for whoever names a target", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const both = study(database, "create", "s", ...PAIR, "--all-pairs");
    await expect(both).rejects.toMatchObject({ name: "ProtocolWrong", status: 400 });
    await expect(both).rejects.toThrow("omit --target and --baseline");
    await study(database, "create", "s", ...PAIR);
    await expect(study(database, "change", "s", "--target", "ours", "--all-pairs")).rejects.toThrow(
      "--all-pairs",
    );
  });

  it("counts one judgment as one", async () => {
    const context = await testContext("sqlite");
    await openStudy(context, { prompts: 1, baselines: 1, annotators: 1 });
    await study(context.url, "pause", "s");
    expect(await study(context.url, "open", "s")).toContain("1 judgment is needed.");
    expect(await study(context.url, "close", "s")).toContain("1 of 1 planned judgment is missing.");
  });

  it("compares every system with every other where nothing is said", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    await study(database, "create", "s");
    const shown = JSON.parse(await study(database, "show", "s", "--json")) as { protocol: unknown };
    expect(shown.protocol).toMatchObject({ pairs: "all" });
  });

  it("amends a wrong baseline of a draft, and shows the roles that follow", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    await study(database, "create", "s", "--target", "ours", "--baseline", "thiers");
    expect(await study(database, "change", "s", ...PAIR)).toContain("ours against theirs");
  });

  it.each([
    [{ sharedPrompts: "many", groups: 3 }, /sharedPrompts: .*number[\s\S]*groups: .*array/],
    [{ pairs: { target: "a", baselines: ["a"] } }, /pairs: the target cannot be its own baseline/],
    [{ wording: {} }, /wording: needs the texts/],
    [["x"], /must be a JSON object with any fields of the protocol/],
  ])("lists what is wrong in a file of the protocol: %j", async (content, message) => {
    const args = ["create", "s", ...(JSON.stringify(content).includes("pairs") ? [] : PAIR)];
    const made = study(await emptyDatabaseUrl("sqlite"), ...args, "--protocol", file("p.json", content));
    await expect(made).rejects.toMatchObject({ name: "ProtocolWrong", status: 400 });
    await expect(made).rejects.toThrow(message);
  });

  it("says which shape a file of wordings has, and that a count is a whole number", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const flat = file("w.json", { question: "Which?", left: "A" });
    await expect(study(database, "create", "s", ...PAIR, "--wording", flat)).rejects.toThrow(
      '{"en": {"question"',
    );
    await expect(study(database, "create", "s", ...PAIR, "--shared", "abc")).rejects.toThrow(
      "--shared: “abc” is not a whole number.",
    );
    await expect(study(database, "create", "we/ird", ...PAIR)).rejects.toThrow(/letters, digits, spaces and/);
  });

  it("never puts English words into a wording of another language", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const ja = { question: "どちらの回答がよいですか。", left: "A", tie: "同じ", right: "B" };
    await study(database, "create", "s", "--wording", file("ja.json", { ja, en: { question: "Which?" } }));
    const shown = JSON.parse(await study(database, "show", "s", "--json")) as {
      protocol: { wording: Record<string, object> };
    };
    expect(shown.protocol.wording.ja).toEqual({ ...ja, guidelines: null });
    expect(shown.protocol.wording.en).toMatchObject({ question: "Which?", tie: DEFAULT_WORDING.tie });
    const half = file("half.json", { ja: { question: ja.question } });
    await expect(study(database, "create", "t", "--wording", half)).rejects.toThrow(/wording\.ja\.left/);
  });

  it("has texts of its own in the languages of the annotator's page", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const own = file("own.json", { ar: { question: "أيهما أفضل؟" }, "zh-Hans": {} });
    await study(database, "create", "s", ...PAIR, "--language", "zh, en", "--wording", own);
    const shown = JSON.parse(await study(database, "show", "s", "--json")) as {
      protocol: { wording: Record<string, Wording> };
    };
    const { zh, ar, en } = DEFAULT_WORDINGS;
    expect(shown.protocol.wording).toEqual({ zh, en, ar: { ...ar, question: "أيهما أفضل؟" }, "zh-Hans": zh });
    expect(Object.keys(shown.protocol.wording)[0]).toBe("zh");
    const unknown = study(database, "create", "t", ...PAIR, "--language", "en,fr");
    await expect(unknown).rejects.toThrow("“fr”, only in en, zh, ar. Use --wording for others.");
  });

  it("adds a choice for two bad answers to a wording, and takes it away again", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const wordings = async () =>
      (
        JSON.parse(await study(database, "show", "s", "--json")) as {
          protocol: { wording: Record<string, object> };
        }
      ).protocol.wording;
    await study(database, "create", "s", ...PAIR, "--both-bad");
    const { en } = await wordings();
    expect(en).toMatchObject({ both_bad: "Both are bad", tie: DEFAULT_WORDING.tie });
    expect(JSON.stringify(en)).not.toContain("whether both are good or both are bad");
    await study(database, "change", "s", "--no-both-bad");
    expect(await wordings()).toEqual({ en: DEFAULT_WORDING });
    const own = { question: "Which?", guidelines: "Ours." };
    await study(database, "change", "s", "--wording", file("own.json", { en: own }), "--shared", "2");
    await study(database, "change", "s", "--both-bad");
    expect(await wordings()).toEqual({ en: { ...DEFAULT_WORDING, ...own, both_bad: "Both are bad" } });
    const de = { question: "Welche?", left: "A", tie: "keine", right: "B" };
    const both = file("both.json", { de, en: {} });
    await expect(study(database, "change", "s", "--wording", both, "--both-bad")).rejects.toThrow(
      "wording.de.both_bad: is missing",
    );
    const worded = file("worded.json", { de: { ...de, both_bad: "beide schlecht" }, en: {} });
    await study(database, "change", "s", "--wording", worded, "--both-bad");
    expect(await wordings()).toMatchObject({ de: { both_bad: "beide schlecht" } });
  });

  it("sets what people may say besides a choice, and takes it away again", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const protocol = async () =>
      (JSON.parse(await study(database, "show", "s", "--json")) as { protocol: object }).protocol;
    await study(database, "create", "s", ...PAIR);
    const before = await protocol();
    const change = (...args: string[]) => study(database, "change", "s", ...args);
    await change("--comments", "tie,both_bad", "--flags", "harmful, Wrong units");
    expect(await protocol()).toMatchObject({
      comment: ["tie", "both_bad"],
      flags: ["harmful", "Wrong units"],
    });
    await change("--comments", "required");
    expect(await protocol()).toMatchObject({ comment: "required" });
    await expect(change("--comments", "often")).rejects.toThrow('comment: must be "optional"');
    await expect(change("--flags", "harmful,harmful")).rejects.toThrow("flags: names a flag twice");
    await change("--break-every", "25min");
    expect(await protocol()).toMatchObject({ breaks: { everyMinutes: 25 } });
    await change("--break-every", "20 pairs");
    expect(await protocol()).toMatchObject({ breaks: { everyPairs: 20 } });
    await expect(change("--break-every", "20")).rejects.toThrow("such as 20pairs or 25min");
    await expect(change("--break-every", "2pairs")).rejects.toThrow(
      "breaks.everyPairs: must be from 5 to 1000",
    );
    await change("--comments", "off", "--flags", "off", "--break-every", "off");
    expect(await protocol()).toEqual(before);
  });

  it("lines its columns up, however wide the characters of a name are", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    for (const name of ["模型甲乙", "haiku", "two words"]) await study(database, "create", name, ...PAIR);
    const lines = (await study(database, "list")).trimEnd().split("\n");
    const columns = lines.map((line) => widthOf(line.slice(0, line.indexOf("draft"))));
    expect(columns).toEqual([11, 11, 11]);
  });

  it("lets what is said on the command line win over the file", async () => {
    const database = await emptyDatabaseUrl("sqlite");
    const all = file("all.json", { pairs: "all", sharedPrompts: 2 });
    const made = await study(database, "create", "s", ...PAIR, "--protocol", all, "--json");
    expect(JSON.parse(made)).toMatchObject({
      protocol: { pairs: { target: "ours", baselines: ["theirs"] }, sharedPrompts: 2 },
    });
  });
});
