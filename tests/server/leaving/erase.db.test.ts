import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { listDepartures } from "../../../server/leaving/departures.ts";
import { eraseByLink, eraseByName } from "../../../server/leaving/erase.ts";
import { withdrawByLink } from "../../../server/leaving/withdraw.ts";
import { join } from "../../../server/participants/join.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { hashToken } from "../../../server/studies/keys.ts";
import { changeState } from "../../../server/studies/study.ts";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy, skipOf } from "../../support/study.ts";
import { fileOf, judgment, load, prompt, response } from "../loading/loading-support.ts";
import { count, crowdOf, judgeSome, setProlific } from "../participants/participants-support.ts";
import { changesOf, columnsWith, everythingWritten } from "./leaving-support.ts";
import { plantInOtherTables } from "./plant.ts";

const S = { study: "s", by: "test" };
/** Stands in every text and id of the person. */
const MARKER = "5eed0f1e";
const ID = `${MARKER}aaaaaaaaaaaaaaaa`;
const SESSION = `${MARKER}bbbbbbbbbbbbbbbb`;
const QUERY = `PROLIFIC_PID=${ID}&STUDY_ID=there&SESSION_ID=${SESSION}`;

const kept = (erasedJudgments?: "kept") => ({
  ...{ prompts: 6, baselines: 1, annotators: 1 },
  protocol: {
    ...{ groups: [crowdOf(4, 2)], sharedPrompts: 0 },
    ...(erasedJudgments === undefined ? {} : { erasedJudgments }),
  },
});

/** A study in which somebody from Prolific has judged, skipped, and left every trace that one can leave. */
async function tracedStudy(context: Awaited<ReturnType<typeof testContext>>, erased?: "kept") {
  const { desk, tokens } = await openStudy(context, kept(erased));
  const { link, codes } = await setProlific(context);
  const token = await join(context, { link, query: QUERY });
  const work = await judgeSome(desk, token, 2);
  await recordSkip(desk, token, skipOf(work.buffer[0]!));
  await judgeSome(desk, tokens[0]!, 2);
  const { id } = await context.database.read(({ db }) =>
    db
      .selectFrom("annotator")
      .select("id")
      .where("token_hash", "=", hashToken(token))
      .executeTakeFirstOrThrow(),
  );
  await context.database.transact(async ({ db }) => {
    const text = { rationale: `I, ${MARKER}`, answers: `["${MARKER}"]`, metadata: `{"by":"${MARKER}"}` };
    const own = { ...text, language: `x-${MARKER}`, request_key: `${MARKER}-1` };
    const first = db.selectFrom("judgment").select("id").where("annotator_id", "=", id).limit(1);
    await db.updateTable("judgment").set(own).where("id", "=", first).execute();
    await db
      .updateTable("skip")
      .set({ request_key: `${MARKER}-2` })
      .where("annotator_id", "=", id)
      .execute();
    const held = db.selectFrom("assignment").select("id").where("annotator_id", "=", id).limit(1);
    await db.updateTable("assignment").set({ token: MARKER }).where("id", "=", held).execute();
  });
  await plantInOtherTables(context, id, MARKER);
  await exclude(context, { ...S, annotators: ["annotator-1"], rule: `answers as ${ID} did` });
  await takeSnapshot(context, { ...S, reason: "test" });
  return { desk, token, codes, id, other: tokens[0]! };
}

/** What has an annotator, and no row: that they left is written by erasing, and the others are of models. */
const NOT_PLANTED = ["departure", "judge_run", "told_calls"];

describe.each(DATABASES)("erasing, on %s", (kind) => {
  it("is tested with a row in every table that has an annotator", async () => {
    const context = await testContext(kind);
    await tracedStudy(context);
    const counts = await context.database.read(async ({ db }) => {
      const tables = await db.introspection.getTables();
      const theirs = tables.filter(({ columns }) => columns.some(({ name }) => name === "annotator_id"));
      return Promise.all(
        theirs.map(async ({ name }) => [name, await count(context, name as "participant")] as const),
      );
    });
    expect(counts.length).toBeGreaterThan(12);
    expect(
      counts
        .filter(([, rows]) => rows === 0)
        .map(([name]) => name)
        .sort(),
    ).toEqual(NOT_PLANTED);
  });

  it("leaves nothing of the person in any column of any table, any export, or a backup made afterwards", async () => {
    const context = await testContext(kind);
    const { token, codes } = await tracedStudy(context);
    const before = await columnsWith(context, MARKER);
    for (const column of [
      "annotator.link_label",
      "participant.external_id",
      "participant.session_id",
      "judgment.rationale",
    ])
      expect(before).toContain(column);
    for (const column of [
      "report_snapshot.body",
      "study_change.detail",
      "exclusion.rule",
      "skip.request_key",
    ])
      expect(before).toContain(column);
    expect(before.length).toBeGreaterThanOrEqual(11);
    expect(await columnsWith(context, hashToken(token))).toEqual(["annotator.token_hash"]);
    const reply = await eraseByLink(context, token);
    expect(reply).toMatchObject({ isDone: true, finish: { finish: "stopped", code: codes.stopped } });
    expect(await columnsWith(context, MARKER)).toEqual([]);
    expect(await columnsWith(context, hashToken(token))).toEqual([]);
    const written = await everythingWritten(context, "s");
    expect(written.size).toBeGreaterThan(12);
    expect([...written].filter(([, text]) => text.includes(MARKER)).map(([name]) => name)).toEqual([]);
    await expect(eraseByLink(context, token)).rejects.toMatchObject({ name: "LinkNotValid" });
    expect(await count(context, "participant")).toBe(0);
  });

  it("takes the judgments out of the figures, frees their places, and keeps pay to the cent without an id", async () => {
    const context = await testContext(kind);
    const { desk, token, other } = await tracedStudy(context);
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(2);
    await eraseByLink(context, token);
    const report = await buildFullReport(context, { study: "s" });
    expect(report.judgments).toBe(0);
    expect(report.exclusions).toMatchObject({ judgments: 4, annotators: 2 });
    expect(report.exclusions.rules).toContain("erased on request");
    await expect(desk.workFor(token, [])).rejects.toMatchObject({ name: "LinkNotValid" });
    expect(await paymentsOf(context, "s")).toMatchObject([
      {
        ...{ platform: "prolific", participant: null, session: null, annotator: "annotator-2" },
        ...{ status: "stopped", judgments: 2, skipped: 1, part: 0.75, action: "pay the part done" },
      },
    ]);
    expect(await listDepartures(context, "s")).toMatchObject({
      departures: [{ annotator: "annotator-2", kind: "erased", by: "annotator", duties: ["pay", "copies"] }],
    });
    expect((await changesOf(context)).at(-1)).toEqual(["erased", { annotator: "annotator-2" }]);
    expect(other).not.toBe(token);
    const times = await context.database.read(({ db }) =>
      db.selectFrom("judgment").select("received_at").where("request_key", "like", "erased-%").execute(),
    );
    expect(times.map((row) => row.received_at)).toEqual(Array(2).fill("2026-01-05T00:00:00.000Z"));
  });

  it("keeps the judgments in the figures where the protocol declares so, without a tie to the person", async () => {
    const context = await testContext(kind);
    const { token } = await tracedStudy(context, "kept");
    const before = await buildFullReport(context, { study: "s" });
    await eraseByLink(context, token);
    const after = await buildFullReport(context, { study: "s" });
    expect(after.judgments).toBe(before.judgments);
    expect(after.pairs).toEqual(before.pairs);
    expect(await columnsWith(context, MARKER)).toEqual([]);
    expect(await verifySnapshot(context, { study: "s", number: null })).toMatchObject({
      changed: expect.arrayContaining(["times"]) as unknown,
      left: { withdrawn: 0, erased: 1 },
    });
  });

  it("answers a request to withdraw that still waits: the judgments count no more, whatever the protocol keeps", async () => {
    const context = await testContext(kind);
    const { token } = await tracedStudy(context, "kept");
    await changeState(context, { ...S, to: "closed" });
    expect(await withdrawByLink(context, token)).toMatchObject({ isDone: false });
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(2);
    await eraseByLink(context, token);
    expect((await buildFullReport(context, { study: "s" })).judgments).toBe(0);
    expect(await paymentsOf(context, "s")).toMatchObject([{ judgments: 2, action: "pay the part done" }]);
  });

  it("lets a kept report be verified: it names what has changed, and who has left since", async () => {
    const context = await testContext(kind);
    const { token } = await tracedStudy(context);
    await eraseByLink(context, token);
    expect(await verifySnapshot(context, { study: "s", number: null })).toMatchObject({
      ...{ outcome: "judgments differ", judgments: { then: 2, now: 0 } },
      ...{ left: { withdrawn: 0, erased: 1 } },
    });
  });

  it("after a withdrawal erases the rest, and the first rule stays", async () => {
    const context = await testContext(kind);
    const { token } = await tracedStudy(context);
    await withdrawByLink(context, token);
    await eraseByLink(context, token);
    expect(await columnsWith(context, MARKER)).toEqual([]);
    expect((await buildFullReport(context, { study: "s" })).exclusions.rules).toContain("withdrew");
  });

  it("by the owner replaces the name of somebody whose judgments were loaded, in kept reports too", async () => {
    const context = await testContext(kind);
    const name = `Jane ${MARKER}`;
    await tracedStudy(context);
    const records = [
      prompt(1, "loaded", "A prompt"),
      response(2, "loaded", "t", "one"),
      response(3, "loaded", "b0", "two"),
      judgment(4, {
        ...{
          promptId: "loaded",
          leftSystem: "t",
          rightSystem: "b0",
          annotator: name,
          group: { name: "authors", kind: "author" },
        },
        judgmentId: `by-${MARKER}`,
      }),
    ];
    const report = await load(context, fileOf("authors", records), { yes: true, reason: "the authors' own" });
    expect(report).toMatchObject({ done: true });
    await takeSnapshot(context, { ...S, reason: "with the authors" });
    const app = await testApp(context);
    const payload = { annotators: [name], rule: "an author" };
    const excluded = await app.inject({
      ...{ method: "POST", url: "/api/studies/s/exclusions", payload },
      headers: await ownerHeaders(app, context),
    });
    expect(excluded.json()).toMatchObject({ changed: [name] });
    expect(await columnsWith(context, "annotators: 1")).toEqual(["audit_event.detail"]);
    expect(await columnsWith(context, name)).toContain("annotator.external_id");
    expect(await columnsWith(context, name)).toContain("report_snapshot.body");
    const erased = await eraseByName(context, { ...S, annotator: name });
    expect(erased).toMatch(/^annotator-\d+$/);
    expect(await columnsWith(context, name)).toEqual([]);
    expect(await eraseByName(context, { ...S, annotator: erased })).toBe(erased);
    await eraseByName(context, { ...S, annotator: ID });
    expect(await columnsWith(context, MARKER)).toEqual([]);
  });

  it("leaves no byte of them in an SQLite file that has been closed", async () => {
    if (kind !== "sqlite") return;
    const context = await testContext(kind);
    const { token } = await tracedStudy(context);
    await eraseByLink(context, token);
    await context.database.close();
    const files = [context.url, `${context.url}-wal`].filter((file) => fs.existsSync(file));
    for (const file of files) expect(fs.readFileSync(file, "latin1").includes(MARKER), file).toBe(false);
  });
});
