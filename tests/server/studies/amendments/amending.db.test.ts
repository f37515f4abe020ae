import { describe, expect, it } from "vitest";
import type { Context } from "../../../../server/context.ts";
import type { AmendmentPlan } from "../../../../server/contract/amendment-plan.ts";
import type { Amendment } from "../../../../server/contract/amendments.ts";
import { formatReport } from "../../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../../server/reports/report.ts";
import { earlierJudgment } from "../../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../../server/judgments/record.ts";
import { planAmendment } from "../../../../server/studies/amendments/amend-study.ts";
import { listRevisions } from "../../../../server/studies/amendments/revisions.ts";
import { inviteAnnotators } from "../../../../server/studies/annotators.ts";
import { DEFAULT_GROUP } from "../../../../server/studies/default-protocol.ts";
import { studyDetail } from "../../../../server/studies/detail.ts";
import { changeState } from "../../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../../support/context.ts";
import { expectNothingLost } from "../../../support/slots.ts";
import { judgmentOf, openStudy, plainDesk } from "../../../support/study.ts";
import { fileOf, load, prompt, response } from "../../loading/loading-support.ts";
import { amend, atWork, loadLate, shares } from "./amending-support.ts";

const PROMPTS = 12;
const ANNOTATORS = 8;
const BY = "test";

const judgments = (n: number): Amendment => ({
  protocol: { groups: [{ ...DEFAULT_GROUP, judgments: n, sharedJudgments: n }] },
});
const question = async (context: Context, text: string): Promise<Amendment> => {
  const { wording } = (await studyDetail(context, "s")).protocol;
  return { protocol: { wording: { en: { ...wording.en!, question: text } } } };
};
const corrected: Amendment = { responses: [{ prompt: "p3", system: "b0", output: "as it should be" }] };

describe.each(DATABASES)("amending an open study on %s while people judge", (kind) => {
  it("loses and doubles nothing, whatever is amended", async () => {
    const context = await testContext(kind);
    const groups = [{ ...DEFAULT_GROUP, judgments: 2, sharedJudgments: 2 }];
    const { tokens } = await openStudy(context, {
      ...{ prompts: PROMPTS, baselines: 2, annotators: ANNOTATORS },
      // no pair is kept from somebody who has just seen its prompt: each is somebody's
      protocol: { groups, promptRepeats: "allow" },
    });
    await loadLate(context);
    const experts = { ...DEFAULT_GROUP, name: "experts", judgments: 0, sharedJudgments: 0 };
    const more = { ...DEFAULT_GROUP, judgments: 3, sharedJudgments: 3 };
    const later = ["later", "later still", "last"].flatMap((id, i) => [
      prompt(3 * i + 1, id, `What else, ${id}?`),
      ...["t", "b0"].map((name, k) => response(3 * i + 2 + k, id, name, `${name} ${id}`)),
    ]);
    const kinds: [Amendment | "load", Partial<AmendmentPlan>][] = [
      [await question(context, "Which is more helpful?"), { added: { judgments: 0, comparisons: 0 } }],
      [{ protocol: { groups: [...groups, experts] } }, { added: { judgments: 0, comparisons: 0 } }],
      [corrected, { changes: [{ kind: "responses", system: "b0", prompts: ["p3"] }] }],
      [{ protocol: { groups: [more, experts] } }, { added: { judgments: 2 * PROMPTS, comparisons: 0 } }],
      [
        { protocol: { pairs: { target: "t", baselines: ["b0", "b1", "late"] } } },
        { added: { judgments: 3 * PROMPTS, comparisons: PROMPTS } },
      ],
      [{ protocol: { sharedPrompts: 4 } }, { added: { judgments: 0, comparisons: 0 } }],
      ["load", { added: { judgments: 9, comparisons: 3 } }],
    ];
    const people = await atWork(context, tokens);
    let isOver = false;
    const working = people.judge().finally(() => (isOver = true));
    for (const [i, [amendment, expected]] of kinds.entries()) {
      while (!isOver && people.acknowledged() < (i + 1) * 5)
        await new Promise((resolve) => setImmediate(resolve));
      const done =
        amendment === "load"
          ? (await load(context, fileOf("later", later), { reason: "because" })).amendment
          : await amend(context, amendment);
      expect(done).toMatchObject({ revision: i + 2, done: true, ...expected });
    }
    await working;
    await people.judgeAll(); // whoever was done before an amendment comes back
    await people.sendAgain();
    expect(people.sent().every((one) => one.acknowledged)).toBe(true);
    await expectNothingLost(context.database, people.sent());
    const { wanted, judged } = await studyDetail(context, "s");
    const found = await shares(context);
    expect([judged, found.twice, found.perComparison]).toEqual([wanted, 0, [3]]);
    const revisions = await listRevisions(context, "s");
    expect(revisions.map(({ reason }) => reason)).toEqual([null, ...kinds.map(() => "because")]);
    expect(revisions.reduce((sum, one) => sum + one.judgments, 0)).toBe(people.sent().length);
  });
});

describe.each(DATABASES)("an amendment on %s", (kind) => {
  const study = async () => {
    const context = await testContext(kind);
    const made = await openStudy(context, { prompts: 4, baselines: 1, annotators: 2 });
    return { context, ...made };
  };

  it("is listed before it is done, and changes nothing until then", async () => {
    const { context, tokens } = await study();
    const people = await atWork(context, tokens.slice(0, 1));
    await people.judge();
    const before = await studyDetail(context, "s");
    const plan = await planAmendment(context, {
      study: "s",
      amendment: await question(context, "Which one?"),
    });
    expect(plan).toMatchObject({ revision: 2, kept: 4, marked: 4, askedAgain: 0, done: false });
    expect(await planAmendment(context, { study: "s", amendment: corrected })).toMatchObject({
      kept: 3,
      askedAgain: 1,
      nobodyLeft: 0,
    });
    expect(await studyDetail(context, "s")).toEqual(before);
    expect(await listRevisions(context, "s")).toMatchObject([{ revision: 1, judgments: 4, changes: [] }]);
    // what somebody listed is done only as long as nobody else has amended the study since
    await expect(amend(context, { ...corrected, revision: 3 })).rejects.toThrow(/amended since/);
    await expect(amend(context, {})).rejects.toMatchObject({ name: "AmendmentRefused" });
    await expect(amend(context, corrected, " ")).rejects.toMatchObject({ name: "ReasonMissing" });
  });

  it("lists as held what is on the screens of people, and nothing of models", async () => {
    const { context, tokens } = await study();
    await plainDesk(context).workFor(tokens[0]!, []);
    const held = async () => (await planAmendment(context, { study: "s", amendment: corrected })).held;
    expect(await held()).toBeGreaterThan(0);
    await context.database.transact(({ db }) =>
      db.updateTable("annotator_group").set({ kind: "model" }).execute(),
    );
    expect(await held()).toBe(0);
  });

  it("asks others for a corrected response, and keeps what was judged of the earlier text out of the figures", async () => {
    const { context, tokens } = await study();
    const [first, second] = tokens.map((token) => [token]);
    const before = await atWork(context, first!);
    await before.judge();
    await amend(context, corrected);
    const after = await atWork(context, second!);
    await after.judge();
    expect(after.sent()).toHaveLength(1);
    // the first has judged four pairs, and goes back through the three whose texts are still what they saw
    const back: string[] = [];
    const desk = plainDesk(context);
    for (let before: string | null = null; ;) {
      const { earlier } = await earlierJudgment(desk, tokens[0]!, before);
      if (earlier === null) break;
      back.push((before = earlier.view.assignment));
    }
    expect(back).toHaveLength(3);
    expect(await shares(context)).toMatchObject({ twice: 0, perComparison: [1], corrected: 1 });
    const kept = await context.database.read(({ db }) =>
      db.selectFrom("corrected_response").select("turns").execute(),
    );
    expect(kept).toEqual([{ turns: '["answer of b0 to 3 turn 1"]' }]);
  });

  it("of the wording shows in what pages get, and each judgment is of the wording that its page showed", async () => {
    const { context, desk, tokens } = await study();
    const { buffer } = await desk.workFor(tokens[0]!, []);
    await amend(context, await question(context, "Which one?"));
    const [earlier, later, beyond] = buffer as [string, string, string];
    const reply = await recordJudgment(desk, tokens[0]!, judgmentOf(earlier));
    expect(reply.work).toMatchObject({ revision: 2 });
    await recordJudgment(desk, tokens[0]!, { ...judgmentOf(later), revision: 2 });
    await recordJudgment(desk, tokens[0]!, { ...judgmentOf(beyond), revision: 99 });
    const judged = (await listRevisions(context, "s")).map((one) => one.judgments);
    expect(judged).toEqual([1, 2]);
    const changed = { ...judgmentOf(earlier), requestKey: "changed-under-2-00001", revision: 2 };
    await recordJudgment(desk, tokens[0]!, changed);
    await recordJudgment(desk, tokens[0]!, { ...changed, revision: 1 }); // sent again: nothing is new
    expect((await listRevisions(context, "s")).map((one) => one.judgments)).toEqual([0, 3]);
  });

  it("stands in the report with the figures before and after, and of corrected texts", async () => {
    const { context, tokens } = await study();
    const [first, second] = tokens.map((token) => [token]);
    await (await atWork(context, first!)).judge();
    const before = await buildFullReport(context, { study: "s" });
    expect(before.revisions).toBeUndefined();
    await amend(context, { ...(await question(context, "Which is more helpful?")), ...corrected });
    await amend(context, judgments(2), "wider than planned");
    await (await atWork(context, second!)).judge();
    const report = await buildFullReport(context, { study: "s" });
    const parts = report.revisions!.parts.map(({ from, to, pairs }) => [from, to, pairs[0]!.judgments]);
    expect(parts).toEqual([
      [1, 1, 3],
      [2, 2, 0],
      [3, 3, 4],
    ]);
    expect(report.revisions!.corrected).toMatchObject({ judgments: 1, pairs: [{ judgments: 8 }] });
    expect(report.judgments).toBe(7);
    const text = formatReport(report, "text").replaceAll(/\s+/g, " ");
    expect(text).toMatch(/Revision 3, .*Group crowd: 2 judgments .*\(wider than planned\)/);
    expect(text).toMatch(/amended 2 times/);
    expect(await buildFullReport(context, { study: "s" })).toEqual(report);
  });

  it("opens a closed study again, and people who were finished go on", async () => {
    const { context, tokens } = await study();
    const people = await atWork(context, tokens.slice(0, 1));
    await people.judge();
    await changeState(context, { study: "s", to: "closed", by: BY });
    await expect(amend(context, judgments(2))).rejects.toThrow(/closed/);
    await context.database.transact(async ({ db }) => {
      const { id } = await db.selectFrom("study").select("id").executeTakeFirstOrThrow();
      const erased = { study_id: id, days: 1, names: 0, set_at: "2026", done_at: "2026" };
      await db.insertInto("retention").values(erased).execute();
    });
    await amend(context, { ...judgments(2), reopen: true });
    const due = await context.database.read(({ db }) =>
      db.selectFrom("retention").select("done_at").execute(),
    );
    expect(due).toEqual([{ done_at: null }]); // who comes now is erased after the next closing
    await inviteAnnotators(context, { study: "s", group: "crowd", count: 1, by: BY });
    const others = await atWork(context, tokens.slice(1));
    await others.judge();
    expect(await studyDetail(context, "s")).toMatchObject({ state: "open", wanted: 8, judged: 8 });
    expect(await listRevisions(context, "s")).toMatchObject([
      { judgments: 4 },
      { judgments: 4, changes: [{ kind: "judgments" }, { kind: "reopened" }] },
    ]);
  });
});
