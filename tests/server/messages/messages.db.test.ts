import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import type { Sheet, Work } from "../../../server/contract/judging.ts";
import type { StudyMessages, Thread } from "../../../server/contract/remarks.ts";
import { messageRows, studyMessages } from "../../../server/messages/for-owner.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { etagFor } from "../../../server/reports/snapshot-key.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";
import { newPath, rowsOf } from "../export/export-support.ts";

let keys = 0;
const message = (text: string) => ({ text, requestKey: `message-key-${String(++keys).padStart(8, "0")}` });

async function study(context: Context, protocol: object = { messages: true, guess: true }) {
  const { tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 2, protocol });
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const post = async (token: string, url: string, payload?: object) => {
    const reply = await app.inject({
      method: "POST",
      url: `/api/judge/${url}`,
      payload,
      headers: bearer(token),
    });
    return { status: reply.statusCode, body: reply.json<Thread & Work & { error: string }>() };
  };
  const sheet = async (token: string) =>
    (await app.inject({ url: "/api/judge/sheet?language=en", headers: bearer(token) })).json<Sheet>();
  const all = async () =>
    (await app.inject({ url: "/api/studies/s/messages", headers: owner })).json<StudyMessages>();
  const answer = (annotator: string, text: string) =>
    app.inject({
      method: "POST",
      url: "/api/studies/s/messages",
      headers: owner,
      payload: { annotator, text },
    });
  const [first, second] = tokens as [string, string];
  return { app, first, second, post, sheet, all, answer };
}

describe.each(DATABASES)("messages on %s", (kind) => {
  it("go to the owner once, come back with a sign, and nobody else reads them", async () => {
    const context = await testContext(kind);
    const { app, first, second, post, all, answer } = await study(context);
    const sent = message("The picture of the cat\u0000\n is missing. ");
    for (let i = 0; i < 3; i++) expect((await post(first, "messages", sent)).status).toBe(200);
    expect(await all()).toMatchObject({
      messages: [
        {
          annotator: "annotator-1",
          group: "crowd",
          fromOwner: false,
          text: "The picture of the cat\n is missing.",
        },
      ],
      waiting: 1,
    });
    expect((await post(first, "work", { holding: [] })).body.unread).toBeUndefined();
    expect((await answer("annotator-1", "It is there now.")).statusCode).toBe(200);
    expect((await answer("annotator-1", "Thank you.")).json<StudyMessages>()).toMatchObject({ waiting: 0 });
    expect((await post(first, "work", { holding: [] })).body.unread).toBe(2);
    expect((await post(second, "work", { holding: [] })).body.unread).toBeUndefined();
    expect((await post(second, "messages/open")).body.messages).toEqual([]);
    const { body } = await post(first, "messages/open");
    expect(body.messages.map(({ isMine, text }) => [isMine, text])).toEqual([
      [true, "The picture of the cat\n is missing."],
      [false, "It is there now."],
      [false, "Thank you."],
    ]);
    expect((await post(first, "work", { holding: [] })).body.unread).toBeUndefined();
    expect((await answer("annotator-9", "Who?")).statusCode).toBe(404);
    expect((await app.inject({ url: "/api/studies/s/messages", headers: HOST })).statusCode).toBe(401);
  });

  it("are limited in length and number, and not there unless the protocol has them", async () => {
    const context = await testContext(kind);
    const { first, second, post, sheet } = await study(context);
    for (const text of ["", " \n", "\u0000", "a".repeat(2001)])
      expect((await post(first, "messages", message(text))).status).toBe(400);
    for (let i = 0; i < 10; i++) expect((await post(first, "messages", message(`no ${i}`))).status).toBe(200);
    expect(await post(first, "messages", message("too many"))).toMatchObject({ status: 429 });
    expect((await post(second, "messages", message("mine"))).status).toBe(200);
    expect(await sheet(first)).toMatchObject({ messages: true, guess: true });
    const plain = await study(await testContext(kind), {});
    for (const url of ["messages", "guess"]) {
      const payload = url === "guess" ? { couldTell: "no" } : message("Hello");
      expect(await plain.post(plain.first, url, payload)).toMatchObject({
        status: 400,
        body: { error: "NotAsked" },
      });
    }
    const plainSheet = await plain.sheet(plain.first);
    expect(plainSheet).not.toHaveProperty("messages");
    expect(plainSheet).not.toHaveProperty("guess");
  });
});

describe.each(DATABASES)("what people wrote on %s", (kind) => {
  it("is counted in the report, and its words leave only where the owner asks for them", async () => {
    const context = await testContext(kind);
    const { first, second, post, answer } = await study(context, { messages: true, comment: "optional" });
    const report = async () => (await buildFullReport(context, { study: "s" })).skips?.written;
    const tag = () => context.database.read((reader) => etagFor(reader, "s"));
    const before = await tag();
    expect(await report()).toBeUndefined();
    for (const text of ["My cat is called Mia.", "Hello?"]) await post(first, "messages", message(text));
    await answer("annotator-1", "Good morning.");
    expect(await tag()).not.toBe(before);
    const messages = { fromAnnotators: 2, annotators: 1, fromOwner: 1 };
    expect(await report()).toEqual({ messages });
    const comment = async (token: string, said: object, url: string) => {
      const { body } = await post(token, "work", { holding: [] });
      const assignment = body.buffer[0]!;
      const key = `comment-key-${String(++keys).padStart(8, "0")}`;
      const answered = { ...said, assignment, holding: [], activeMs: 1000, requestKey: key };
      return post(token, url, answered);
    };
    const judged = { choice: "left", language: "en", comment: "The first is a list." };
    expect(await comment(first, judged, "judgments")).toMatchObject({ status: 200 });
    expect(await comment(second, { reason: "other", comment: "No text." }, "skips")).toMatchObject({
      status: 200,
    });
    expect(await report()).toEqual({ comments: { comments: 2, annotators: 2 }, messages });
    await exclude(context, { study: "s", annotators: ["annotator-2"], rule: "a test", by: "test" });
    expect(await report()).toEqual({ comments: { comments: 1, annotators: 1 }, messages });
    const packed = async (withMessages: boolean) => {
      const out = newPath("pack");
      await exportPack(context, { study: "s", out, withMessages }, packParts());
      return {
        files: fs.readdirSync(out),
        read: (name: string) => fs.readFileSync(path.join(out, name), "utf8"),
      };
    };
    const usual = await packed(false);
    for (const name of usual.files.filter((one) => one !== "methods"))
      expect(usual.read(name)).not.toContain("Mia");
    const whole = await packed(true);
    expect(rowsOf(whole.read("messages.jsonl"))).toMatchObject([
      {
        annotator: expect.stringMatching(/^a0[12]$/) as string,
        from: "annotator",
        text: "My cat is called Mia.",
      },
      { from: "annotator", text: "Hello?" },
      { from: "owner", text: "Good morning." },
    ]);
    expect(whole.read("README.md")).toContain("`messages.jsonl`");
    expect(whole.read("SHA256SUMS")).toContain("messages.jsonl");
    expect(
      messageRows(await studyMessages(context, "s")).map(([name, , from, text]) => [name, from, text]),
    ).toEqual([
      ["annotator", "from", "text"],
      ["annotator-1", "annotator", "My cat is called Mia."],
      ["annotator-1", "annotator", "Hello?"],
      ["annotator-1", "owner", "Good morning."],
    ]);
  });
});

describe.each(DATABASES)("what annotators guessed on %s", (kind) => {
  it("is asked once, counts by the latest answer in the report, and is in the pack by neutral names", async () => {
    const context = await testContext(kind);
    const { first, second, post, sheet, all } = await study(context);
    const report = async () => (await buildFullReport(context, { study: "s" })).skips?.guesses;
    const tag = () => context.database.read((reader) => etagFor(reader, "s"));
    const before = await tag();
    expect(await report()).toBeUndefined();
    expect((await post(first, "guess", { couldTell: "maybe" })).status).toBe(400);
    expect((await post(first, "guess", { couldTell: "yes", text: "A was longer" })).status).toBe(200);
    expect(await tag()).not.toBe(before);
    expect(await report()).toEqual({ yes: 1, some: 0, no: 0 });
    await post(first, "guess", { couldTell: "some", text: "Now and then" });
    await post(second, "guess", { couldTell: "no" });
    expect(await report()).toEqual({ yes: 0, some: 1, no: 1 });
    expect(await sheet(first)).not.toHaveProperty("guess");
    expect((await all()).guesses).toMatchObject([
      { annotator: "annotator-1", couldTell: "some", text: "Now and then" },
      { annotator: "annotator-2", couldTell: "no", text: null },
    ]);
    const out = newPath("pack");
    await exportPack(context, { study: "s", out }, packParts());
    const rows = rowsOf(fs.readFileSync(path.join(out, "guesses.jsonl"), "utf8"));
    expect(rows.map(({ could_tell }) => could_tell).sort()).toEqual(["no", "some"]);
    for (const { annotator } of rows) expect(annotator).toMatch(/^a0[12]$/);
    expect(fs.readFileSync(path.join(out, "README.md"), "utf8")).toContain("`guesses.jsonl`");
    await exclude(context, { study: "s", annotators: ["annotator-2"], rule: "a test", by: "test" });
    expect(await report()).toEqual({ yes: 0, some: 1, no: 0 });
    await post(first, "guess", { couldTell: "declined", text: "never mind" });
    expect(await report()).toBeUndefined();
    expect(await sheet(first)).not.toHaveProperty("guess");
    expect((await all()).guesses).toMatchObject([{ couldTell: "no" }]);
  });
});
