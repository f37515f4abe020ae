import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import type { Context } from "../../../server/context.ts";
import type { FullReport } from "../../../server/contract/report.ts";
import type { Protocol } from "../../../server/contract/studies.ts";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { readSnapshot } from "../../../server/reports/snapshots.ts";
import { takeLook } from "../../../server/reports/take-look.ts";
import { DEFAULT_ANALYSIS, DEFAULT_GROUP } from "../../../server/studies/default-protocol.ts";
import { changeState } from "../../../server/studies/study.ts";
import { appParts, ownerHeaders } from "../../support/app.ts";
import { cleanUpLater } from "../../support/clean-up.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const PROMPTS = 40;

/** Two judgments of each of 40 prompts are planned, by four annotators. */
const open = (context: Context, analysis: Partial<Protocol["analysis"]>) =>
  openStudy(context, {
    ...{ prompts: PROMPTS, baselines: 1, annotators: 4 },
    protocol: {
      groups: [{ ...DEFAULT_GROUP, judgments: 2 }],
      analysis: { ...DEFAULT_ANALYSIS, ...analysis },
    },
  });

/** Each annotator judges so many pairs, for the target but for every eighth. */
async function judge(desk: AssignmentService, tokens: readonly string[], each: number): Promise<void> {
  for (const [who, token] of tokens.entries()) {
    let work = await desk.workFor(token, []);
    const views = new Map(work.assignments.map((view) => [view.assignment, view]));
    for (let n = 0; n < each && work.buffer.length > 0; n++) {
      const view = views.get(work.buffer[0]!)!;
      const isTargetLeft = view.left.join().includes("answer of t ");
      const choice = isTargetLeft === ((n + 2 * who) % 8 !== 0) ? "left" : "right";
      ({ work } = await recordJudgment(
        desk,
        token,
        judgmentOf(view.assignment, choice, work.buffer.slice(1)),
      ));
      for (const one of work.assignments) views.set(one.assignment, one);
    }
  }
}

/** Confirmed by whoever takes it. */
const LOOKING = { study: "s", by: "test", confirm: () => undefined };

const LOOKS: Partial<Protocol["analysis"]> = {
  test: "permutationTest",
  looks: { at: [0.5], spending: "obrienFleming" },
};

/** The tables of tests, of the two targets, and of differences between systems, each without a p value. */
const SHOWS_NO_P =
  /sign p corrected b0 – – \d+ [^–]* – – \* permutation p, corrected, sign p: p values are shown once the planned.* t test p corrected b0 \S+ \[\S+ \S+\] – – \S+ \[\S+ \S+\] – – \* .*weaker difference p t b0 \d+ \[\S+ \S+\] –/;

async function textOf(context: Context): Promise<string> {
  const report = await buildFullReport(context, { study: "s" });
  return formatReport(report, "text").replace(/\s+/g, " ");
}

describe.each(DATABASES)("a declared look on %s", (kind) => {
  it("has its verdict at its own level, shows no p before and after it, and the last spends the rest", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await open(context, LOOKS);
    await judge(desk, tokens, 9);
    const early = takeLook(context, LOOKING);
    await expect(early).rejects.toMatchObject({
      name: "LookRefused",
      message: "Look 1 is due at 50 % of the 80 planned judgments; 36 are there.",
    });
    expect(await textOf(context)).toContain(
      "Looks are declared at 50.0 % of the planned judgments, and at the end.",
    );
    await judge(desk, tokens, 1);
    const before = await textOf(context);
    expect(before).toMatch(SHOWS_NO_P);

    const { look, snapshot } = await takeLook(context, LOOKING);
    expect(look).toMatchObject({ number: 1, of: 2, fraction: 0.5 });
    expect(look.level).toBeCloseTo(0.00305, 5);
    expect(await takeLook(context, LOOKING)).toEqual({ look, snapshot: null });
    const kept = await readSnapshot(context, { study: "s", number: snapshot });
    expect((JSON.parse(kept.body) as FullReport).analysis.look).toEqual(look);
    const at = await buildFullReport(context, { study: "s" });
    const [{ conclusion }] = at.pairs as [(typeof at.pairs)[0]];
    expect(at.analysis).toMatchObject({ status: "confirmatory", look });
    expect(conclusion).toMatchObject({ verdict: "better", look: { level: look.level } });
    const usual = conclusion.theseAnnotators as { low: number; high: number };
    const { low, high } = conclusion.estimate as { low: number; high: number };
    expect(low).toBeLessThan(usual.low);
    expect(high).toBeGreaterThanOrEqual(usual.high);
    const text = await textOf(context);
    expect(text).toContain("Look 1 of 2, at 50.0 % of the planned judgments");
    expect(text).toMatch(/a 99\.69 % interval; permutation test, p [=<] \.\d+, held against \.0031\)/);

    await judge(desk, tokens, 1);
    expect((await buildFullReport(context, { study: "s" })).analysis).not.toHaveProperty("look");
    expect(await textOf(context)).toMatch(SHOWS_NO_P);
    await expect(takeLook(context, LOOKING)).rejects.toThrow("All looks before the end were taken");

    await judge(desk, tokens, PROMPTS);
    const last = (await buildFullReport(context, { study: "s" })).analysis;
    expect(last).toMatchObject({ status: "confirmatory", look: { number: 2, of: 2, fraction: 1 } });
    expect(last.look?.level).toBeCloseTo(0.049, 3);
    expect(await textOf(context)).toContain("This is the last of 2 looks.");
  });

  it("keeps its verdict where the study is closed at it, and tests a margin only at the end", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await open(context, { ...LOOKS, margin: 0.1 });
    const app = await buildApp(appParts(context));
    cleanUpLater(() => app.close());
    const headers = await ownerHeaders(app, context);
    const look = (payload: object) =>
      app.inject({ method: "POST", url: "/api/studies/s/look", headers, payload });
    expect((await look({ confirm: "s" })).json()).toMatchObject({ error: "LookRefused" });
    await judge(desk, tokens, 10);
    for (const payload of [{}, { confirm: "another" }])
      expect((await look(payload)).json()).toMatchObject({
        error: "NameNotConfirmed",
        detail: expect.stringMatching(/^A look spends .* cannot be taken back/) as string,
      });
    expect((await buildFullReport(context, { study: "s" })).analysis).not.toHaveProperty("look");
    expect((await look({ confirm: "s" })).json()).toEqual({ snapshot: 1 });
    expect((await look({})).json()).toEqual({ snapshot: null }); // at hand: nothing is spent
    const { pairs } = await buildFullReport(context, { study: "s" });
    expect(pairs[0]!.conclusion.margin).toMatchObject({ nonInferiority: { shown: null } });
    await changeState(context, { study: "s", to: "closed", by: "test" });
    const closed = await buildFullReport(context, { study: "s" });
    expect(closed.analysis.look).toMatchObject({ number: 1, fraction: 0.5 });
    expect(closed.pairs[0]!.conclusion.verdict).toBe("better");
    expect(await textOf(context)).not.toContain("It is not worse by more");
  });

  it("is not used up by a judgment that comes while it is taken, and is one where two take it at once", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await open(context, LOOKS);
    await judge(desk, tokens, 10);
    const { database } = context;
    const meanwhile: Context["database"] = {
      ...{ dialect: database.dialect, place: database.place },
      read: (use) => database.read(use),
      transact: async (use) => {
        await judge(desk, tokens.slice(0, 1), 1);
        return database.transact(use);
      },
      transactTogether: (use) => database.transactTogether(use),
      close: () => database.close(),
    };
    const missed = takeLook({ ...context, database: meanwhile }, LOOKING);
    await expect(missed).rejects.toThrow("A judgment came in at this moment.");
    const looks = [1, 2].map(async () => (await takeLook(context, LOOKING)).look);
    const [one, other] = await Promise.all(looks);
    expect(one).toMatchObject({ number: 1, fraction: 41 / 80 });
    expect(other).toEqual(one);
  });

  it("is over once a judgment was changed, though as many are there", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await open(context, LOOKS);
    await judge(desk, tokens, 10);
    await takeLook(context, LOOKING);
    await context.database.transact(async ({ db }) => {
      const latest = db.selectFrom("judgment").selectAll().orderBy("id", "desc").limit(1);
      const { id, ...one } = await latest.executeTakeFirstOrThrow();
      const choice = one.choice === "left" ? ("right" as const) : ("left" as const);
      const changed = { ...one, choice, revision: one.revision + 1, request_key: `changed ${id}` };
      await db.insertInto("judgment").values(changed).execute();
    });
    const { analysis, slots } = await buildFullReport(context, { study: "s" });
    expect(slots).toEqual({ wanted: 2 * PROMPTS, judged: PROMPTS });
    expect(analysis).toMatchObject({ status: "interim" });
    expect(analysis).not.toHaveProperty("look");
    await changeState(context, { study: "s", to: "closed", by: "test" });
    const closed = (await buildFullReport(context, { study: "s" })).analysis;
    expect(closed.look).toMatchObject({ number: 1, of: 2, fraction: 0.5 });
  });

  it("is refused where none was declared, and changes nothing there", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await open(context, {});
    await judge(desk, tokens, 10);
    await expect(takeLook(context, LOOKING)).rejects.toThrow("s declared no looks.");
    const report = await buildFullReport(context, { study: "s" });
    expect(JSON.stringify(report)).not.toContain('"look');
    expect(report.analysis.status).toBe("interim");
  });
});
