import { describe, expect, it } from "vitest";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { bringBack, close, expectFinal, expectPlacesHold, judge, leaveOut } from "../../support/places.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

describe.each(DATABASES)("a closed study on %s", (kind) => {
  const closed = async () => {
    const context = await testContext(kind);
    const made = await openStudy(context, { prompts: 8, baselines: 1, annotators: 2 });
    const { done, work } = await judge(made, 0, 2);
    await close(context);
    return { context, made, done, work, token: made.tokens[0]! };
  };

  it("accepts once what was handed out before, also again with the same key, and then nothing", async () => {
    const { context, made, done, work, token } = await closed();
    const first = judgmentOf(work.buffer[0]!, "left");
    expect(await recordJudgment(made.desk, token, first)).toMatchObject({ accepted: true, surplus: false });
    expect(await recordJudgment(made.desk, token, first)).toMatchObject({ accepted: true, surplus: false });
    const before = await buildFullReport(context, { study: "s" });
    for (const assignment of [...done, first.assignment]) {
      for (const choice of ["left", "tie", "right"] as const) {
        const change = recordJudgment(made.desk, token, judgmentOf(assignment, choice));
        await expect(change).rejects.toMatchObject({ name: "JudgmentFinal", status: 409 });
      }
    }
    await expect(earlierJudgment(made.desk, token, null)).rejects.toMatchObject({ name: "JudgmentFinal" });
    expect(await buildFullReport(context, { study: "s" })).toEqual(before);
    expect((await made.desk.workFor(made.tokens[1]!, [])).state).toBe("closed");
  });

  it("can still leave somebody out and bring them back, and records both", async () => {
    const { context } = await closed();
    expect(await leaveOut(context, 0)).toMatchObject({ freed: 2, held: 4, state: "closed" });
    await expectPlacesHold(context);
    expect(await bringBack(context, 0)).toMatchObject({ filled: 2, surplus: 0, state: "closed" });
    await expectPlacesHold(context);
    const changes = await context.database.read(({ db }) =>
      db.selectFrom("study_change").select("kind").orderBy("id").execute(),
    );
    expect(changes.map((one) => one.kind).slice(-3)).toEqual(["state", "excluded", "exclusion lifted"]);
  });

  it("changes nothing of what was judged while it closes", async () => {
    const context = await testContext(kind);
    const made = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    const { done } = await judge(made, 0);
    const changes = done.map((assignment) =>
      recordJudgment(made.desk, made.tokens[0]!, judgmentOf(assignment, "tie")).catch(expectFinal),
    );
    await close(context);
    const atTheEnd = await buildFullReport(context, { study: "s" });
    await Promise.all(changes);
    expect(await buildFullReport(context, { study: "s" })).toEqual(atTheEnd);
  });
});

describe.each(DATABASES)("who is left out, on %s", (kind) => {
  it("changes nothing that they judged before", async () => {
    const context = await testContext(kind);
    const made = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const [token] = made.tokens as [string];
    const { done } = await judge(made, 0, 1);
    await leaveOut(context, 0);
    const change = recordJudgment(made.desk, token, judgmentOf(done[0]!, "tie"));
    await expect(change).rejects.toMatchObject({
      name: "JudgmentFinal",
      message: "Your part in this study is over. Earlier answers stay as they are.",
    });
    await bringBack(context, 0);
    const again = recordJudgment(made.desk, token, judgmentOf(done[0]!, "tie"));
    expect(await again).toMatchObject({ accepted: true });
  });
});
