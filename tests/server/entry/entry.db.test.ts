import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import type { FinishReply } from "../../../server/contract/platforms.ts";
import { consentsOf, personalAnswersOf } from "../../../server/entry/records.ts";
import { setEntry, showEntry } from "../../../server/entry/set-entry.ts";
import { exportStudy } from "../../../server/export/export-study.ts";
import { EXPORT_FORMATS } from "../../../server/export/formats.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { join } from "../../../server/participants/join.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState } from "../../../server/studies/study.ts";
import { currentProtocol } from "../../../server/studies/store.ts";
import { bearer, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf } from "../../support/study.ts";
import { CROWD, queryOf, setProlific, studyOf } from "../participants/participants-support.ts";
import { comer, entryOf, FULL } from "./entry-support.ts";

/** A study with stages before the first pair, and somebody who came to it from a platform. */
async function arrive(context: Context, entry: object) {
  await studyOf(context, 6, 3, 2);
  await setEntry(context, { study: "s", entry: entryOf(entry), by: "test" });
  const { link, codes } = await setProlific(context);
  const app = await testApp(context);
  const token = await join(context, { link, query: queryOf(1) });
  return { app, token, codes, who: comer(app, token) };
}

/** When everything of these tests happens. */
const AT = "2026-01-05T09:00:00.000Z";

const handedOut = (context: Context) =>
  context.database.read(async ({ db }) =>
    db
      .selectFrom("assignment")
      .select("id")
      .execute()
      .then((rows) => rows.length),
  );

describe.each(DATABASES)("before the first pair, on %s", (kind) => {
  it("every stage comes in its order, on any device, and only then a pair", async () => {
    const context = await testContext(kind);
    const { app, token, who } = await arrive(context, FULL);
    const held = async () => expect(await who.work()).toMatchObject({ state: "entry", buffer: [] });
    await held();
    const { page, stages } = await who.state();
    expect(stages).toEqual(["information", "consent", "questions", "practice", "qualification"]);
    expect(page).toMatchObject({
      kind: "information",
      pairs: 3,
      isAsked: true,
      isMeasured: false,
      stored: null,
    });
    expect(page).toMatchObject({ text: expect.stringContaining("<strong>answers</strong>") as string });
    await who.step({ stage: "information" });
    await held();
    expect((await who.decide(true)).page.kind).toBe("questions");
    await held();
    const other = comer(app, token);
    expect((await other.state()).page.kind).toBe("questions");
    const answers = { english: "yes", age: null };
    await expect(who.step({ stage: "questions", answers: { age: 17, english: "yes" } })).rejects.toThrow(
      "AnswerWrong",
    );
    await expect(who.step({ stage: "questions", answers: { age: 30 } })).rejects.toThrow("is missing");
    await expect(who.step({ stage: "questions", answers: { ...answers, x: 1 } })).rejects.toThrow(
      "no question",
    );
    expect((await who.step({ stage: "questions", answers })).page.kind).toBe("practice");
    await held();
    const wrong = await who.judge(false);
    expect(wrong.explained).toMatchObject({ expected: ["left"], isExpected: false });
    expect(wrong.explained?.explanation).toContain("<strong>2</strong>");
    const again = { stage: "practice", attempt: 1, number: 1, choice: "right", activeMs: 6000 } as const;
    expect((await who.step(again)).explained, "sent again").toEqual(wrong.explained);
    await held();
    expect((await who.judge(true)).page.kind).toBe("qualification");
    await held();
    expect((await who.judge(true)).explained).toBeNull();
    await held();
    expect(await handedOut(context)).toBe(0);
    const through = await who.judge(true);
    expect(through).toMatchObject({ page: { kind: "passed" }, passed: { right: 2, of: 2 } });
    expect((await who.work()).state).toBe("work");
    expect(await showEntry(context, "s")).toMatchObject({
      counts: { arrived: 1, stages: stages.map((stage) => ({ stage, passed: 1, out: 0 })) },
    });
    expect(await personalAnswersOf(context, "s")).toMatchObject([
      ["annotator", "question", "answer", "answered_at"],
      ["annotator-1", "age", "prefers not to say", AT],
      ["annotator-1", "english", "yes", AT],
    ]);
    await app.close();
  });

  it.each(["information", "consent", "questions", "practice", "qualification"] as const)(
    "nothing is handed out by skipping: %s",
    async (skipped) => {
      const context = await testContext(kind);
      const { app, who } = await arrive(context, { [skipped]: FULL[skipped] });
      const version = (await showEntry(context, "s")).consentVersion ?? "0";
      const judged = { attempt: 1, choice: "left", activeMs: 1 } as const;
      const others = [
        { stage: "information" },
        { stage: "consent", version: `${version}x`, agrees: true },
        { stage: "practice", ...judged, number: 2 },
        { stage: "qualification", ...judged, number: 2 },
        { stage: "qualification", ...judged, attempt: 2, number: 1 },
      ] as const;
      for (const step of others) {
        if (step.stage === "information" && skipped === "information") continue;
        await who.step(step);
        expect(await who.work(), step.stage).toMatchObject({ state: "entry", buffer: [], assignments: [] });
      }
      expect(await handedOut(context)).toBe(0);
      await app.close();
    },
  );

  it("who refuses is sent back with the code for it, and is asked to be paid nothing", async () => {
    const context = await testContext(kind);
    const { app, token, codes, who } = await arrive(context, { consent: FULL.consent });
    const { page } = await who.decide(false);
    expect(page).toMatchObject({ kind: "out", end: "no_consent", finish: { code: codes["no_consent"] } });
    expect((await who.decide(true)).page.kind, "their part is over").toBe("out");
    expect(await who.work()).toMatchObject({ state: "entry", buffer: [] });
    const finish = await app.inject({ method: "POST", url: "/api/judge/finish", headers: bearer(token) });
    expect(finish.json<FinishReply>().finish?.finish).toBe("no_consent");
    expect(await paymentsOf(context, "s")).toMatchObject([
      { status: "no_consent", action: "nothing to pay" },
    ]);
    await app.close();
  });

  it("who came by a personal link is asked for consent alone, and may decide again", async () => {
    const context = await testContext(kind);
    const { app } = await arrive(context, FULL);
    const [invited] = await inviteAnnotators(context, { ...CROWD, count: 1 });
    const who = comer(app, invited!.token);
    expect((await who.state()).stages).toEqual(["consent"]);
    expect((await who.decide(false)).page).toMatchObject({ kind: "consent", isRefused: true });
    expect((await who.work()).buffer).toEqual([]);
    await who.decide(true);
    expect((await who.work()).state).toBe("work");
    const [, ...records] = await consentsOf(context, "s");
    expect(records).toMatchObject([["annotator-2", expect.any(String), "agreed", "en", AT]]);
    await app.close();
  });

  it("a new version of the consent is asked for before the next pair, and nothing else is", async () => {
    const context = await testContext(kind);
    const { app, token, who } = await arrive(context, { consent: FULL.consent });
    await who.decide(true);
    const { buffer } = await who.work();
    await app.inject({
      ...{ method: "POST", url: "/api/judge/judgments", headers: bearer(token) },
      payload: judgmentOf(buffer[0] ?? ""),
    });
    const changed = { ...FULL, consent: { ...FULL.consent, text: "Another text." } };
    const before = await context.database.read((reader) => currentProtocol(reader, 1));
    await setEntry(context, { study: "s", entry: entryOf(changed), by: "test" });
    const after = await context.database.read((reader) => currentProtocol(reader, 1));
    expect(after).toMatchObject({ revision: before.revision + 1, hash: expect.any(String) as string });
    const held = { state: "entry", buffer: [], progress: { judged: 1, of: 3 } };
    expect(await who.work()).toMatchObject(held);
    const state = await who.state();
    expect(state).toMatchObject({ stages: ["consent"], page: { kind: "consent", isNew: true } });
    await who.decide(true);
    expect((await who.work()).state).toBe("work");
    const versions = (await consentsOf(context, "s")).slice(1).map((row) => row[1]);
    expect(new Set(versions).size).toBe(2);
    await app.close();
  });

  it("who refuses a new version has stopped: what they did is paid", async () => {
    const context = await testContext(kind);
    const { app, token, codes, who } = await arrive(context, { consent: FULL.consent });
    await who.decide(true);
    const { buffer } = await who.work();
    await app.inject({
      ...{ method: "POST", url: "/api/judge/judgments", headers: bearer(token) },
      payload: judgmentOf(buffer[0] ?? ""),
    });
    const changed = { consent: { text: "Another text." } };
    await setEntry(context, { study: "s", entry: entryOf(changed), by: "test" });
    expect((await who.decide(false)).page).toMatchObject({ kind: "out", finish: { code: codes["stopped"] } });
    expect(await paymentsOf(context, "s")).toMatchObject([
      { status: "stopped", action: "pay the part done" },
    ]);
    await app.close();
  });

  it("an answer can screen somebody out, and their time is paid", async () => {
    const context = await testContext(kind);
    const { app, codes, who } = await arrive(context, { questions: FULL.questions });
    const { page } = await who.step({ stage: "questions", answers: { english: "no" } });
    expect(page).toMatchObject({ kind: "out", end: "screened_out", finish: { code: codes["screened_out"] } });
    expect(await who.work()).toMatchObject({ state: "entry", buffer: [] });
    expect(await paymentsOf(context, "s")).toMatchObject([
      { status: "screened_out", action: "pay for the time" },
    ]);
    await app.close();
  });

  it("a failed test leads back to the practice, and at the last try out, with its time paid", async () => {
    const context = await testContext(kind);
    const { practice, qualification } = FULL;
    const { app, codes, who } = await arrive(context, { practice, qualification });
    for (const isRight of [true, true, true]) await who.judge(isRight);
    expect((await who.judge(false)).page, "one of two").toMatchObject({
      kind: "practice",
      attempt: 2,
      number: 1,
    });
    for (const isRight of [true, true]) await who.judge(isRight);
    expect((await who.state()).page).toMatchObject({ kind: "qualification", attempt: 2, tries: 2, pass: 2 });
    await who.judge(false);
    const { page } = await who.judge(true);
    const finish = { code: codes["failed_qualification"] };
    expect(page).toMatchObject({ kind: "out", end: "failed_qualification", finish });
    expect(await handedOut(context)).toBe(0);
    expect(await paymentsOf(context, "s")).toMatchObject([
      { status: "failed_qualification", judgments: 0, activeMinutes: 0.8, action: "pay for the time" },
    ]);
    expect((await showEntry(context, "s")).counts.stages).toEqual([
      { stage: "practice", passed: 1, out: 0 },
      { stage: "qualification", passed: 0, out: 1 },
    ]);
    await app.close();
  });

  it("is set by its owner only, with groups that are there, and while the study is not closed", async () => {
    const context = await testContext(kind);
    const { app, who } = await arrive(context, { consent: FULL.consent });
    const owner = await ownerHeaders(app, context);
    const url = "/api/studies/s/entry";
    const post = async (entry: object | null, headers = owner) =>
      (await app.inject({ method: "POST", url, headers, payload: { entry } })).statusCode;
    expect(await post(FULL, bearer("x".repeat(43)))).toBe(401);
    expect(await post({})).toBe(400);
    expect(await post({ ...FULL, qualification: { ...FULL.qualification, pass: 3 } })).toBe(400);
    expect(await post({ ...FULL, groups: { nobody: ["consent"] } })).toBe(400);
    expect(await post({ ...FULL, groups: { crowd: ["practice"] } })).toBe(200);
    expect((await who.state()).stages).toEqual(["practice"]);
    expect(await post(null)).toBe(200);
    expect((await app.inject({ url, headers: owner })).json()).toMatchObject({ entry: null });
    expect((await who.state()).page.kind).toBe("passed");
    expect((await who.work()).state).toBe("work");
    await changeState(context, { study: "s", to: "closed", by: "test" });
    expect(await post(FULL)).toBe(409);
    await app.close();
  });

  it("what people answer about themselves is in no export but its own, and in no report", async () => {
    const context = await testContext(kind);
    const { app, who } = await arrive(context, { questions: [{ id: "q", kind: "text", question: "Who?" }] });
    await who.step({ stage: "questions", answers: { q: "planted-answer" } });
    expect(JSON.stringify(await personalAnswersOf(context, "s"))).toContain("planted-answer");
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "entry-"));
    const report = JSON.stringify(await buildFullReport(context, { study: "s" }));
    expect(report).not.toContain("planted-answer");
    for (const as of EXPORT_FORMATS.filter((one) => one !== "pack")) {
      const file = path.join(folder, as);
      await exportStudy(context, {
        study: "s",
        as,
        ties: "drop",
        to: { path: file },
        spreadsheetSafe: false,
      });
      expect(fs.readFileSync(file).includes("planted-answer"), as).toBe(false);
    }
    await exportPack(context, { study: "s", out: path.join(folder, "pack") }, packParts());
    for (const name of fs.readdirSync(path.join(folder, "pack"), { recursive: true, encoding: "utf8" })) {
      const file = path.join(folder, "pack", name);
      if (fs.statSync(file).isFile())
        expect(fs.readFileSync(file).includes("planted-answer"), name).toBe(false);
    }
    await app.close();
  });

  it("nobody goes through it for nothing", async () => {
    const context = await testContext(kind);
    const { app, who } = await arrive(context, FULL);
    await changeState(context, { study: "s", to: "closed", by: "test" });
    expect(await who.work()).toMatchObject({ state: "closed", buffer: [] });
    await app.close();
  });
});
