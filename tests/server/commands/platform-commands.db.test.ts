import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { PlatformShown } from "../../../server/contract/platforms.ts";
import { join } from "../../../server/participants/join.ts";
import { stop } from "../../../server/participants/finish.ts";
import { testContext } from "../../support/context.ts";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { judgeSome, pid, queryOf, studyOf } from "../participants/participants-support.ts";

const FLAGS = ["--json", "--group", "crowd"];

it("a platform that is set again keeps what is omitted, and none clears a limit and an address", async () => {
  const context = await testContext("sqlite");
  await studyOf(context, 6, 3);
  const env = { DATABASE_URL: context.url };
  const set = async (...more: string[]) =>
    JSON.parse(await prepare(["platform", "set", "s", "connect", ...more, ...FLAGS], env)) as PlatformShown;
  const address = "https://own.example.org/done";
  const first = await set("--minutes", "60", "--address", `completed=${address}`);
  expect([first.minutes, first.finishes[0]?.address]).toEqual([60, address]);
  expect(await set()).toEqual(first);
  expect((await set("--minutes", "none")).minutes).toBeNull();
  expect((await set("--address", "completed=none")).finishes[0]).toMatchObject({ address: null });
  const { code, stderr } = await tiebreakInProcess(
    ["platform", "set", "s", "connect", "--minutes", "no"],
    env,
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining("minutes")]);
});

it("payments of a group name those who did a part that has no amount, and give no empty bonus", async () => {
  const context = await testContext("sqlite");
  const { desk } = await studyOf(context, 6, null);
  const env = { DATABASE_URL: context.url };
  const made = await prepare(["platform", "set", "s", "prolific", ...FLAGS], env);
  const link = (JSON.parse(made) as PlatformShown).address?.split("#")[1] ?? "";
  const token = await join(context, { link, query: queryOf(1) });
  await judgeSome(desk, token, 2);
  await stop(desk, token);
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "payments-")), "new");
  const flags = ["--as", "payments", "--reward", "4.50", "--group", "crowd", "--out", out];
  const { code, stderr } = await tiebreakInProcess(["export", "s", ...flags], env);
  expect([code, stderr]).toEqual([0, expect.stringContaining("1 of them did a part of the work without")]);
  expect(fs.readFileSync(path.join(out, "prolific-bonuses.csv"), "utf8")).toBe("");
  expect(fs.readFileSync(path.join(out, "payments.csv"), "utf8")).toContain(
    `prolific,${pid(1)},t1,annotator-1,stopped,2,0,,`,
  );
});
