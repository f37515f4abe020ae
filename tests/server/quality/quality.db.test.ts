import { describe, expect, it } from "vitest";
import type { Quality, Rule } from "../../../server/contract/quality.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { finishOf } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { decide } from "../../../server/quality/reviews.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { bearer, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";
import { queryOf, setProlific } from "../participants/participants-support.ts";
import { careful, careless, judgeSome, openWithRules } from "./quality-support.ts";

const WARN: Rule = { signal: "gold", threshold: 0.6, after: 2, then: "warn" };
const PAUSE: Rule = { signal: "gold", threshold: 0.6, after: 4, then: "pause" };

describe.each(DATABASES)("rules about how people work, on %s", (kind) => {
  it("warn once, pause until a person has looked, and find the same thing once", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithRules(context, { annotators: 1, rules: [WARN, PAUSE] });
    const [token = ""] = tokens;
    const app = await testApp(context);
    const owner = await ownerHeaders(app, context);
    const quality = async () =>
      (await app.inject({ url: "/api/studies/s/quality", headers: owner })).json<Quality>();
    const first = await judgeSome(desk, token, { most: 9, choose: careless });
    expect(first.work).toMatchObject({ state: "work", warning: "gold" });
    const read = { method: "POST", url: "/api/judge/warning", headers: bearer(token) } as const;
    expect((await app.inject({ ...read, body: { signal: "speed" } })).statusCode).toBe(200);
    expect(await desk.workFor(token, [])).toMatchObject({ warning: "gold" });
    expect((await app.inject({ ...read, body: { signal: "gold" } })).statusCode).toBe(200);
    expect(await desk.workFor(token, [])).not.toHaveProperty("warning");
    const { work, seen } = await judgeSome(desk, token, { choose: careless });
    expect(work).toMatchObject({
      state: "review",
      buffer: [],
      assignments: [],
      askAgainSeconds: 60,
      review: "gold",
    });
    expect(9 + seen.length).toBeLessThan(20);
    expect(await quality()).toMatchObject({
      triggers: [
        {
          annotator: "annotator-1",
          rule: PAUSE,
          took: "pause",
          seen: { value: 0, of: 4 },
          warningRead: null,
        },
        {
          annotator: "annotator-1",
          rule: WARN,
          took: "warn",
          seen: { of: 2 },
          warningRead: expect.any(String) as string,
        },
      ],
      reviews: [{ annotator: "annotator-1", signal: "gold", proposesEnd: false, decision: null }],
    });
    const answered = await app.inject({
      ...{ method: "POST", url: "/api/judge/review", headers: bearer(token) },
      payload: { answer: "I read them all." },
    });
    expect(answered.json()).toEqual({ saved: true });
    const decided = await app.inject({
      ...{ method: "POST", url: "/api/studies/s/reviews", headers: owner },
      payload: { annotator: "annotator-1", decision: "go on" },
    });
    expect(decided.json<Quality>().reviews).toMatchObject([
      { answer: "I read them all.", decision: "go on" },
    ]);
    const rest = await judgeSome(desk, token, { choose: careless });
    expect(rest.work.state).toBe("done");
    expect((await quality()).triggers).toHaveLength(2);
    const again = { method: "POST", url: "/api/judge/review", headers: bearer(token) } as const;
    expect((await app.inject({ ...again, payload: { answer: "Hello?" } })).statusCode).toBe(409);
  });

  it("keep what is held for its time, and take the answers that are on their way", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithRules(context, { annotators: 1, rules: [PAUSE] });
    const [token = ""] = tokens;
    let held: readonly string[] = [];
    await judgeSome(desk, token, {
      choose: (left, right, n) => careless(left, right, n),
    });
    const live = await context.database.read(({ db }) =>
      db.selectFrom("assignment").select(["token", "lease_end"]).where("ended_at", "is", null).execute(),
    );
    held = live.map((one) => one.token);
    expect(held.length).toBeGreaterThan(0);
    const late = await recordJudgment(desk, token, judgmentOf(held[0]!, "tie"));
    expect(late).toMatchObject({ accepted: true, surplus: false, work: { state: "review" } });
    context.advance(30 * 60_000);
    await desk.workFor(token, []);
    const after = await context.database.read(({ db }) =>
      db.selectFrom("assignment").select(["token", "lease_end"]).where("ended_at", "is", null).execute(),
    );
    expect(after).toEqual(live.filter((one) => one.token !== held[0]));
  });

  it("end nobody: a person ends a part with a reason, the annotator answers, and the end is undone", async () => {
    const context = await testContext(kind);
    const rules: Rule[] = [{ ...PAUSE, then: "end" }];
    const { desk, tokens } = await openWithRules(context, { annotators: 1, rules });
    const [token = ""] = tokens;
    const app = await testApp(context);
    const headers = await ownerHeaders(app, context);
    const decide = (payload: object) =>
      app.inject({ method: "POST", url: "/api/studies/s/reviews", headers, payload });
    const { work, seen } = await judgeSome(desk, token, { choose: careless });
    expect(work.state).toBe("review");
    const end = { annotator: "annotator-1", decision: "end" };
    expect((await decide(end)).statusCode).toBe(400);
    expect((await decide({ ...end, annotator: "nobody", reason: "…" })).statusCode).toBe(404);
    const ended = await decide({ ...end, reason: "Every gold pair was missed." });
    expect(ended.json<Quality>().reviews).toMatchObject([{ proposesEnd: true, decision: "end" }]);
    expect(await desk.workFor(token, [])).toMatchObject({ state: "ended", buffer: [], mayAnswer: true });
    const change = { ...judgmentOf(seen[0]!.assignment, "tie") };
    await expect(recordJudgment(desk, token, change)).rejects.toThrow("Your part in this study is over.");
    const answer = { method: "POST", url: "/api/judge/review", headers: bearer(token) } as const;
    expect((await app.inject({ ...answer, payload: { answer: "Please look again." } })).statusCode).toBe(200);
    const { judgments } = await buildFullReport(context, { study: "s" });
    expect(judgments, "what was judged stays in the figures").toBeGreaterThan(5);
    const undone = await decide({ annotator: "annotator-1", decision: "go on" });
    expect(undone.json<Quality>().reviews).toMatchObject([
      { decision: "go on", signal: null },
      { decision: "end", answer: "Please look again.", reason: "Every gold pair was missed." },
    ]);
    expect((await judgeSome(desk, token, { choose: careful })).work.state).toBe("done");
    const changes = await context.database.read(({ db }) =>
      db.selectFrom("study_change").select("kind").where("kind", "like", "part%").orderBy("id").execute(),
    );
    expect(changes.map((one) => one.kind)).toEqual(["part ended", "part goes on"]);
  });

  it("pause no more people than their cap, and say so", async () => {
    const context = await testContext(kind);
    const rules: Rule[] = [{ ...PAUSE, cap: 1 }];
    const protocol = { groups: [{ ...ONE_GROUP, judgments: 2 }] };
    const { desk, tokens } = await openWithRules(context, { annotators: 2, rules, protocol });
    const works = await Promise.all(tokens.map((token) => judgeSome(desk, token, { choose: careless })));
    expect(works.map(({ work }) => work.state).sort()).toEqual(["done", "review"]);
    const app = await testApp(context);
    const url = "/api/studies/s/quality";
    const quality = (await app.inject({ url, headers: await ownerHeaders(app, context) })).json<Quality>();
    expect(quality.triggers.map(({ took }) => took).sort()).toEqual(["note", "pause"]);
    expect(quality.capped).toEqual(rules);
  });

  it("look at speed against the length of the texts, and at equal choices in a row", async () => {
    const context = await testContext(kind);
    const speed: Rule = { signal: "speed", threshold: 600, after: 6, then: "note" };
    const straight: Rule = { signal: "straight", threshold: 5, after: 5, then: "note" };
    const { desk, tokens } = await openWithRules(context, { annotators: 2, rules: [speed, straight] });
    const [quick = "", slow = ""] = tokens;
    await judgeSome(desk, quick, { most: 6, activeMs: 5000, choose: () => "left" }); // 60 words in 5 s
    await judgeSome(desk, slow, { most: 6, activeMs: 7000 });
    const app = await testApp(context);
    const url = "/api/studies/s/quality";
    const quality = (await app.inject({ url, headers: await ownerHeaders(app, context) })).json<Quality>();
    expect(quality.triggers).toMatchObject([
      { annotator: "annotator-1", rule: speed, seen: { value: 1, of: 6 } },
      { annotator: "annotator-1", rule: straight, seen: { value: 5, of: 5 } },
    ]);
    expect(quality.reviews).toEqual([]);
  });

  it("look at checks that instruct what to choose apart from gold pairs", async () => {
    const context = await testContext(kind);
    const attention: Rule = { signal: "attention", threshold: 0.75, after: 2, then: "pause" };
    const { desk, tokens } = await openWithRules(context, {
      ...{ annotators: 2, attention: true, rules: [WARN, attention] },
    });
    const [one = "", other = ""] = tokens;
    const attentive = await judgeSome(desk, one, { most: 12, choose: () => "tie" });
    expect(attentive.work.state).toBe("work");
    expect((await judgeSome(desk, other, { choose: () => "left" })).work.state).toBe("review");
  });

  it("keep nobody's pay back: who is paused waits for a person, and who is ended is paid the part done", async () => {
    const context = await testContext(kind);
    const rules: Rule[] = [{ signal: "straight", threshold: 3, after: 3, then: "end" }];
    const groups = [{ ...ONE_GROUP, judgmentsPerAnnotator: 8, judgments: 2 }];
    const { desk } = await openStudy(context, {
      prompts: 12,
      baselines: 1,
      annotators: 0,
      protocol: { groups, rules },
    });
    const { link } = await setProlific(context);
    const [one, other] = await Promise.all([1, 2].map((n) => join(context, { link, query: queryOf(n) })));
    const stands = async () =>
      (await paymentsOf(context, "s")).map(({ status, action, part }) => [status, action, part]);
    expect((await judgeSome(desk, one!, { choose: () => "left" })).work.state).toBe("review");
    expect((await judgeSome(desk, other!, {})).work.state).toBe("done");
    expect(await finishOf(desk, one!)).toBeNull();
    expect(await stands()).toEqual([
      [null, "wait", 3 / 8],
      ["completed", "approve", 1],
    ]);
    for (const annotator of ["annotator-1", "annotator-2"])
      await decide(context, { study: "s", annotator, decision: "end", reason: "…", by: "test" });
    expect(await finishOf(desk, one!)).toMatchObject({ finish: "ended" });
    expect(await finishOf(desk, other!)).toMatchObject({ finish: "completed" });
    expect(await stands()).toEqual([
      ["ended", "pay the part done", 3 / 8],
      ["completed", "approve", 1],
    ]);
  });

  it("take no judgment before its least visible time, by the length of the texts", async () => {
    const context = await testContext(kind);
    const protocol = { checks: undefined, minimumTime: { seconds: 2, per100Words: 5 } };
    const { desk, tokens } = await openWithRules(context, { annotators: 1, protocol });
    const [token = ""] = tokens;
    const work = await desk.workFor(token, []);
    const [view] = work.assignments;
    expect(view).toMatchObject({ minimumMs: 5000 }); // 60 words
    const soon = { ...judgmentOf(view!.assignment), activeMs: 4999 };
    await expect(recordJudgment(desk, token, soon)).rejects.toThrow("too short a time");
    await recordJudgment(desk, token, { ...soon, activeMs: 5000 });
    await recordJudgment(desk, token, { ...judgmentOf(view!.assignment, "tie"), activeMs: 10 }); // a change
  });

  it("count nothing in a study without rules", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithRules(context, { annotators: 1 });
    await judgeSome(desk, tokens[0]!, { most: 8, choose: careless });
    const rows = await context.database.read(({ db }) => db.selectFrom("work_tally").selectAll().execute());
    expect(rows).toEqual([]);
  });

  it("look at pairs that come again, which are in no other figure and are part of the work", async () => {
    const context = await testContext(kind);
    const repeats: Rule = { signal: "repeats", threshold: 0.5, after: 3, then: "note" };
    const protocol = { checks: undefined, repeats: { every: 5 } };
    const { desk, tokens } = await openWithRules(context, { annotators: 1, rules: [repeats], protocol });
    const { seen, work } = await judgeSome(desk, tokens[0]!, { choose: () => "left" });
    const prompts = seen.map(({ prompt }) => prompt);
    const again = prompts.flatMap((prompt, at) => (prompts.indexOf(prompt) < at ? [at] : []));
    expect(new Set(prompts).size).toBe(40);
    expect(again).toHaveLength(7); // one in every five but the first
    expect(again[0]).toBeGreaterThanOrEqual(5);
    expect(work).toMatchObject({ state: "done", progress: { judged: 47, of: 47 } });
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ judgments: 40, repeats: 7 });
    const [annotator] = report.byAnnotator;
    expect(annotator).toMatchObject({ repeats: { of: 7 } });
  });
});

const ONE_GROUP = {
  ...{ name: "crowd", kind: "crowd" as const, judgments: 1, sharedJudgments: 1 },
  ...{ judgmentsPerAnnotator: null, headline: true },
};
