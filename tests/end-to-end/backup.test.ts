import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { DATABASES, emptyDatabaseUrl, testContext } from "../support/context.ts";
import { startServer, tiebreak, tiebreakOk } from "../support/server.ts";
import { expectSlotsWhole } from "../support/slots.ts";
import { openStudy } from "../support/study.ts";

const ANNOTATORS = 10;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-backup-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.each(DATABASES)("a backup on %s", (kind) => {
  it("taken while people judge holds all that was acknowledged before it began, and restores", async () => {
    const context = await testContext(kind);
    const { tokens } = await openStudy(context, { prompts: 300, baselines: 5, annotators: ANNOTATORS });
    const server = await startServer({ DATABASE_URL: context.url });
    onTestFinished(() => server.stop());
    const clients = tokens.map((token) => new AnnotatorClient(server.origin, token));
    const acknowledged = () =>
      clients.flatMap(({ sent }) =>
        sent.filter((one) => one.acknowledged).map(({ request }) => request.requestKey),
      );
    let isOver = false;
    const working = Promise.all(clients.map((client) => client.judgeUntil(() => isOver)));
    while (acknowledged().length < 100) await new Promise((resolve) => setTimeout(resolve, 1));
    const before = acknowledged();
    const file = path.join(folder, `${kind}.backup`);
    const reply = await tiebreakOk(["backup", file, "--json"], { DATABASE_URL: context.url });
    const during = acknowledged();
    isOver = true;
    await working;
    expect(during.length).toBeGreaterThan(before.length);
    expect(JSON.parse(reply)).toMatchObject({ file });

    const refused = await tiebreak(["restore", file, "--replace"], { DATABASE_URL: context.url });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("in use")]);

    const url = await emptyDatabaseUrl(kind);
    await tiebreakOk(["restore", file], { DATABASE_URL: url });
    const restored = openDatabase(url);
    onTestFinished(() => restored.close());
    const rows = await restored.read(({ db }) => db.selectFrom("judgment").select("request_key").execute());
    const held = new Set(rows.map((row) => row.request_key));
    expect(before.filter((key) => !held.has(key))).toEqual([]);
    await expectSlotsWhole(restored);
  });
});

it("a damaged backup makes no database, and a database that is not there no backup", async () => {
  const file = path.join(folder, "damaged.backup");
  fs.writeFileSync(file, "not a backup");
  const none = path.join(folder, "none.db");
  const damaged = await tiebreak(["restore", file], { DATABASE_URL: none });
  expect([damaged.code, damaged.stderr.trim().split("\n").length]).toEqual([2, 1]);
  const missing = await tiebreak(["backup", path.join(folder, "x.backup")], { DATABASE_URL: none });
  expect([missing.code, missing.stderr.trim().split("\n").length]).toEqual([2, 1]);
  expect(fs.existsSync(none)).toBe(false);
});
