import { describe, expect, it } from "vitest";
import { exclude, lift, listExclusions } from "../../../server/assignments/exclude.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { leavingSheet, listDepartures } from "../../../server/leaving/departures.ts";
import { eraseByName } from "../../../server/leaving/erase.ts";
import { withdrawByLink, withdrawByName } from "../../../server/leaving/withdraw.ts";
import { revokeLinks } from "../../../server/links/revoke-links.ts";
import { join } from "../../../server/participants/join.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";
import { judgeSome, pid, queryOf, setProlific, studyOf } from "../participants/participants-support.ts";
import { changesOf } from "./leaving-support.ts";

const S = { study: "s", by: "test" };

describe.each(DATABASES)("withdrawing, on %s", (kind) => {
  it("takes the judgments out by a rule, gives their places to others, and leaves pay alone", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 4, 4);
    const { link, codes } = await setProlific(context);
    const [one, other] = [
      await join(context, { link, query: queryOf(1) }),
      await join(context, { link, query: queryOf(2) }),
    ];
    await judgeSome(desk, one, 2);
    const [before] = await paymentsOf(context, "s");
    const reply = await withdrawByLink(context, one);
    expect(reply).toMatchObject({ isDone: true, finish: { finish: "stopped", code: codes.stopped } });
    expect(await withdrawByLink(context, one), "twice is once").toEqual(reply);
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(0);
    expect(await listExclusions(context, "s")).toMatchObject([
      { annotator: "annotator-1", rule: "withdrew" },
    ]);
    expect(await judgeSome(desk, other, 4), "all four pairs are free again").toMatchObject({
      state: "done",
    });
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(4);
    const [after] = await paymentsOf(context, "s");
    expect(after).toEqual({ ...before, status: "stopped", action: "pay the part done" });
    expect(after?.part).toBe(0.5);
    expect((await changesOf(context)).slice(-1)).toEqual([["withdrew", { annotator: "annotator-1" }]]);
    expect(JSON.stringify(await changesOf(context))).not.toContain(pid(1));
    expect(await leavingSheet(context, one)).toMatchObject({ departure: "withdrawn", isDone: true });
  });

  it("replaces the owner's exclusion, cannot be lifted, and what comes in late counts no more than the rest", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    await exclude(context, { ...S, annotators: ["annotator-1"], rule: "too fast" });
    expect(await withdrawByLink(context, tokens[0]!)).toEqual({ isDone: true, finish: null });
    expect(await recordJudgment(desk, tokens[0]!, judgmentOf(buffer[0]!))).toMatchObject({
      work: { state: "ended" },
    });
    expect(await listExclusions(context, "s")).toMatchObject([
      { rule: "too fast", liftedAt: expect.any(String) as unknown },
      { rule: "withdrew", liftedAt: null },
    ]);
    await expect(lift(context, { ...S, annotators: ["annotator-1"] })).rejects.toThrow(
      "withdrew or was erased",
    );
    expect((await buildFullReport(context, { study: "s" })).exclusions).toMatchObject({
      annotators: 1,
      judgments: 1,
      rules: ["withdrew"],
    });
  });

  it("is a request once the study is closed, until its owner decides", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    await judgeSome(desk, tokens[0]!, 2);
    await changeState(context, { ...S, to: "closed" });
    expect(await withdrawByLink(context, tokens[0]!)).toEqual({ isDone: false, finish: null });
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(2);
    expect(await listDepartures(context, "s")).toMatchObject({
      departures: [{ annotator: "annotator-1", kind: "withdrawn", doneAt: null, duties: ["decide"] }],
    });
    expect(await withdrawByName(context, { ...S, annotator: "annotator-1" })).toBe("annotator-1");
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(0);
    const { departures } = await listDepartures(context, "s");
    expect(departures).toMatchObject([{ duties: [], doneAt: expect.any(String) as unknown }]);
  });

  it("works with a revoked link, and by the id at the platform; nobody else is met", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 4, 4, 2);
    const { link } = await setProlific(context);
    const tokens = [];
    for (const n of [1, 2]) tokens.push(await join(context, { link, query: queryOf(n) }));
    for (const token of tokens) await judgeSome(desk, token, 1);
    await revokeLinks(context, { ...S, names: ["annotator-1"] });
    expect(await withdrawByLink(context, tokens[0]!)).toMatchObject({ isDone: true });
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(1);
    expect(await withdrawByName(context, { ...S, annotator: pid(2) })).toBe("annotator-2");
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(0);
    await expect(withdrawByLink(context, "x".repeat(43))).rejects.toMatchObject({ name: "LinkNotValid" });
    await eraseByName(context, { ...S, annotator: "annotator-2" });
    await expect(withdrawByName(context, { ...S, annotator: "annotator-2" })).rejects.toMatchObject({
      ...{ name: "AlreadyErased", status: 409 },
    });
    await expect(withdrawByName(context, { ...S, annotator: "nobody" })).rejects.toMatchObject({
      name: "AnnotatorNotFound",
    });
  });
});
