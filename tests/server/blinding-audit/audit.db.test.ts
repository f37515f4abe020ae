import { describe, expect, it } from "vitest";
import { decideFinding } from "../../../server/blinding-audit/decide.ts";
import { latestAudit } from "../../../server/blinding-audit/latest.ts";
import { runAudit } from "../../../server/blinding-audit/run.ts";
import { auditLines } from "../../../server/commands/support/blinding-text.ts";
import type { Context } from "../../../server/context.ts";
import type { AuditChoice } from "../../../server/contract/findings.ts";
import { fullReportSchema } from "../../../server/contract/report.ts";
import { rename } from "../../../server/loading/renaming/rename.ts";
import { isUndecided } from "../../../server/report-document/blinding-words.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport, buildReport } from "../../../server/reports/report.ts";
import { notHandedOut } from "../../../server/studies/not-handed-out.ts";
import { changeState } from "../../../server/studies/study.ts";
import { requireStudy } from "../../../server/studies/store.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { fileOf, judgment, load, newStudy, prompt, response } from "../loading/loading-support.ts";
import { alike } from "./texts.ts";

/** A leak of each kind that a text can have, in the order in which findings are listed, and in how many texts it is planted. */
const PLANTED: readonly (readonly [string, number, (text: string, other: string) => string])[] = [
  ["own-name", 6, (text) => `Solstice says: ${text}`],
  ["other-name", 6, (text) => `${text} Ask Meridian.`],
  ["maker", 6, (text) => `As an AI developed by Anthropic, I say: ${text}`],
  ["opening", 30, (text) => `Great question, friend! ${text}`],
  ["format", 30, (text) => `# Answer\n\n${text}`],
  ["thinking", 6, (text) => `<think>Hm.</think>${text}`],
  ["token", 6, (text) => `${text}<|im_end|>`],
  ["cut", 6, (text) => `${text}\n\`\`\`js\nlet a`],
  ["failure", 6, () => "Error: timeout"],
  ["misread", 6, (text) => `${text} CafÃ©.`],
  ["identical", 6, (_, other) => other],
];
const PROMPTS = 120;

type Plant = (text: string, i: number, other: string) => string;
const first20 = (kind: string): Plant => {
  const plant = PLANTED.find(([one]) => one === kind)![2];
  return (text, i, other) => (i < 20 ? plant(text, other) : text);
};

/** Each leak in texts of its own. */
const oneAfterTheOther: Plant = (text, i, other) => {
  let from = 0;
  for (const [, count, plant] of PLANTED) if (i < (from += count)) return plant(text, other);
  return text;
};

/** Two systems that write alike, but for what is planted in the answers of one. */
async function study(context: Context, plant: Plant = (text) => text): Promise<void> {
  await newStudy(context);
  await load(context, [fileOf("all", rowsOf(plant))]);
}

const rowsOf = (plant: Plant) =>
  alike("planted", PROMPTS).flatMap(({ prompt: id, first, second }, i) => [
    prompt(3 * i + 1, id, `Write about ${id}.`),
    response(3 * i + 2, id, "Solstice", plant(first, i, second)),
    response(3 * i + 3, id, "Meridian", second),
  ]);

const auditOf = async (context: Context) => {
  await runAudit(context, "s");
  return (await latest(context))!;
};
const latest = ({ database }: Context) =>
  database.read(async (reader) => (await latestAudit(reader, (await requireStudy(reader, "s")).id))?.audit);
const decide = (context: Context, finding: string, choice: AuditChoice) =>
  decideFinding(context, { study: "s", finding, choice, reason: "because", by: "test" });
const textOf = async ({ database }: Context) => {
  const rows = await database.read(({ db }) =>
    db.selectFrom("response").select(["turns", "content_hash"]).orderBy("id").limit(1).execute(),
  );
  return rows[0]!;
};

describe.each(DATABASES)("the blinding audit on %s", (kind) => {
  it("finds a planted leak of each kind, and nothing in a clean set", async () => {
    const clean = await testContext(kind);
    await study(clean);
    const found = await auditOf(clean);
    expect(found.findings).toEqual([]);
    expect(found).toMatchObject({
      prompts: PROMPTS,
      responses: 2 * PROMPTS,
      sampled: PROMPTS,
      isStale: false,
    });
    expect(found.toldApart.map(({ prompts, corrected }) => [prompts, corrected! > 0.05])).toEqual([
      [PROMPTS, true],
    ]);
    const context = await testContext(kind);
    await study(context, oneAfterTheOther);
    const { findings } = await auditOf(context);
    const expected = PLANTED.map(([one, count]) => [`${one}:Solstice`, count]);
    expect(findings.map(({ finding, responses }) => [finding, responses])).toEqual([
      ...expected,
      ["identical:Meridian", 6],
    ]);
    expect(findings.every(({ examples, decision }) => examples.length === 3 && decision === null)).toBe(true);
  });

  it("masks what was found before a study opens, and gives the texts back", async () => {
    const context = await testContext(kind);
    await study(context, first20("own-name"));
    const original = await textOf(context);
    await auditOf(context);
    expect((await decide(context, "own-name:Solstice", "mask")).masked).toBe(20);
    const masked = await textOf(context);
    expect(masked.turns).toContain("[…] says:");
    expect(masked.turns).not.toContain("Solstice");
    expect(masked.content_hash).not.toBe(original.content_hash);
    expect((await latest(context))!.isStale).toBe(true);
    const again = await auditOf(context);
    expect(again.findings[0]).toMatchObject({
      responses: 20,
      decision: { choice: "mask", reason: "because", by: "test" },
    });
    const { errors } = await load(context, [fileOf("again", rowsOf(first20("own-name")))]); // is no conflict
    expect(errors.listed).toEqual([]);
    await decide(context, "own-name:Solstice", "keep");
    expect(await textOf(context)).toEqual(original);
    await decide(context, "own-name:Solstice", "mask");
    await changeState(context, { study: "s", to: "open", by: "test" });
    await expect(decide(context, "own-name:Solstice", "keep")).rejects.toThrow(
      "Masking changes what annotators see",
    );
  });

  it.each(["keep", "mask", "leave out"] as const)(
    "asks again about responses that came after a decision to %s",
    async (choice) => {
      const context = await testContext(kind);
      await newStudy(context);
      const plant: Plant = (text, i) => (i < 10 || i >= 115 ? `${text}<|im_end|>` : text);
      const rows = rowsOf(plant);
      await load(context, [fileOf("some", rows.slice(0, 3 * 100))]);
      await auditOf(context);
      context.advance(1000);
      await decide(context, "token:Solstice", choice);
      const [before] = (await auditOf(context)).findings;
      expect(before).toMatchObject({ responses: 10, decision: { choice } });
      expect(isUndecided(before!)).toBe(false);
      context.advance(1000);
      await load(context, [fileOf("more", rows)]);
      const audit = await auditOf(context);
      expect(audit.findings).toMatchObject([{ responses: 15, decision: { choice }, sinceDecided: 5 }]);
      expect(auditLines("s", audit).join("\n")).toMatch(/; 5 new since decided\)[^]*Decide about each/);
      context.advance(1000);
      await decide(context, "token:Solstice", choice);
      expect((await auditOf(context)).findings.map(isUndecided)).toEqual([false]);
    },
  );

  it("is made by one at a time, and by another once that gives no sign of life", async () => {
    const context = await testContext(kind);
    await study(context, first20("token"));
    const row = { started_at: "", alive_at: context.clock().toISOString(), texts: "", body: null };
    await context.database.transact(async ({ db }) => {
      const { id } = await db.selectFrom("study").select("id").executeTakeFirstOrThrow();
      await db
        .insertInto("blinding_audit")
        .values({ ...row, study_id: id })
        .execute();
    });
    await expect(auditOf(context)).rejects.toThrow("are being audited already");
    context.advance(31_000);
    expect((await auditOf(context)).responses).toBeGreaterThan(0);
  });

  it("leaves comparisons out of what is assigned and of the figures, and takes them back", async () => {
    const context = await testContext(kind);
    await study(context, first20("token"));
    const sides = { leftSystem: "Solstice", rightSystem: "Meridian" };
    const votes = Array.from({ length: 40 }, (_, i) => judgment(i + 1, { ...sides, promptId: `p${i}` }));
    await load(context, [fileOf("votes", votes)]);
    await changeState(context, { study: "s", to: "open", by: "test" });
    const figures = async () => {
      const { judgments, slots, notes } = await buildReport(context, { study: "s" });
      return { judgments, wanted: slots.wanted, notes };
    };
    const before = await figures();
    expect(before.judgments).toBe(40);
    const { audited, blinding: none } = await buildFullReport(context, { study: "s" });
    expect([audited, none]).toEqual([undefined, undefined]);
    await auditOf(context);
    expect(await decide(context, "token:Solstice", "leave out")).toEqual({
      leftOut: { responses: 20, comparisons: 20 },
      masked: 0,
    });
    expect(await figures()).toMatchObject({ judgments: 20, wanted: (before.wanted * 5) / 6 });
    expect((await notHandedOut(context, "s")).reasons).toEqual([
      { why: "left out after the blinding audit", pairs: 20, prompts: ["p0", "p1", "p2"] },
    ]);
    const report = await buildFullReport(context, { study: "s" });
    expect(fullReportSchema.parse(report).audited).toBe(true);
    expect(report.blinding).toMatchObject({ leftOut: 20 });
    expect(
      report.blinding!.pairs.map((pair) =>
        [pair.all, pair.counted, pair.unaffected].map((one) => one.judgments),
      ),
    ).toEqual([[40, 20, 20]]);
    const text = formatReport(report, "text");
    expect(text).toContain("1 finding in 240 responses to 120 prompts. All are decided.");
    expect(text).toContain("20 judgments are left out of the other figures.");
    const counted = await context.database.read(({ db }) =>
      db.selectFrom("counted_judgment").select(db.fn.countAll<number>().as("n")).executeTakeFirstOrThrow(),
    );
    expect(Number(counted.n)).toBe(20);
    await changeState(context, { study: "s", to: "open", by: "test" }); // releases what is new: nothing
    expect(await figures()).toMatchObject({ judgments: 20, wanted: (before.wanted * 5) / 6 });
    await decide(context, "token:Solstice", "keep");
    expect(await figures()).toEqual(before);
  });

  it("keeps left out what was, also where a later audit no longer finds it", async () => {
    const context = await testContext(kind);
    await study(context, (text, i) => (i < 20 ? `Solstice says: ${text}<|im_end|>` : text));
    await auditOf(context);
    const named = { leftOut: { responses: 20 } };
    expect(await decide(context, "own-name:Solstice", "leave out")).toMatchObject(named);
    const renamings = [{ what: "system", from: "Solstice", to: "ours" }] as const;
    await rename(context, { study: "s", renamings, merge: false, reason: null, by: "test" });
    expect((await auditOf(context)).findings.map(({ finding }) => finding)).toEqual(["token:ours"]);
    expect(await decide(context, "token:ours", "leave out")).toMatchObject(named);
    expect(await decide(context, "own-name:ours", "leave out")).toMatchObject(named);
    expect(await decide(context, "token:ours", "keep")).toMatchObject(named);
    expect(await decide(context, "own-name:ours", "keep")).toMatchObject({ leftOut: { responses: 0 } });
  });

  it("refuses to mask what is the whole text of a response", async () => {
    const context = await testContext(kind);
    await study(context, (text, i) =>
      i < 2 ? "<think>Hm.</think>" : i < 9 ? `<think>Hm.</think>${text}` : text,
    );
    await auditOf(context);
    const mask = decide(context, "thinking:Solstice", "mask");
    await expect(mask).rejects.toThrow("Masking would leave 2 responses without text.");
    expect((await textOf(context)).turns).toContain("Hm.");
  });

  it("refuses what it has not found, and to mask what cannot be taken out", async () => {
    const context = await testContext(kind);
    await study(context, first20("misread"));
    await auditOf(context);
    await expect(decide(context, "cut:Solstice", "keep")).rejects.toThrow(
      "Its findings are misread:Solstice.",
    );
    await expect(decide(context, "misread:Solstice", "mask")).rejects.toThrow("cannot be masked");
  });
});
