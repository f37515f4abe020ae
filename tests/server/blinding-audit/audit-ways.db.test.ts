import { expect, it } from "vitest";
import { runAudit } from "../../../server/blinding-audit/run.ts";
import { AuditRuns } from "../../../server/blinding-audit/runs.ts";
import type { Audit, AuditState } from "../../../server/contract/blinding.ts";
import type { Context } from "../../../server/context.ts";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { fileOf, load, newStudy, prompt, response } from "../loading/loading-support.ts";

/** Three prompts; one answer of A ends with a special token. */
async function study(context: Context): Promise<void> {
  await newStudy(context);
  const rows = [1, 2, 3].flatMap((i) => [
    prompt(3 * i, `p${i}`, `What is ${i}?`),
    response(3 * i + 1, `p${i}`, "Solstice", i === 1 ? "A number.<|im_end|>" : `It is ${i}.`),
    response(3 * i + 2, `p${i}`, "Meridian", `That would be ${i}.`),
  ]);
  await load(context, [fileOf("all", rows)]);
}

it("an audit is started, awaited and decided over HTTP", async () => {
  const context = await testContext("sqlite");
  await study(context);
  const app = await testApp(context);
  const headers = await ownerHeaders(app, context);
  const url = "/api/studies/s/blinding";
  const state = async () => (await app.inject({ url, headers })).json<AuditState>();
  expect(await state()).toEqual({ audit: null, running: null, failed: null });
  expect((await app.inject({ method: "POST", url, headers })).statusCode).toBe(200);
  await expect.poll(state, { timeout: 60_000 }).toMatchObject({ running: null, audit: { isStale: false } });
  expect((await state()).audit!.findings).toMatchObject([{ finding: "token:Solstice", responses: 1, of: 3 }]);
  const decide = (payload: object) =>
    app.inject({ method: "POST", url: `${url}/decisions`, headers, payload });
  const masked = await decide({ finding: "token:Solstice", choice: "mask", reason: "a slip of our server" });
  expect(masked.json<AuditState>().audit!.findings[0]!.decision).toMatchObject({
    ...{ choice: "mask", reason: "a slip of our server", by: "owner" },
  });
  const unknown = await decide({ finding: "token:Nobody", choice: "keep", reason: "none" });
  expect([unknown.statusCode, unknown.json<object>()]).toMatchObject([404, { error: "FindingNotFound" }]);
  const noReason = await decide({ finding: "token:Solstice", choice: "keep", reason: " " });
  expect(noReason.statusCode).toBe(400);
  await app.close();
});

it("an audit is given up as the server closes, not waited for", async () => {
  const context = await testContext("sqlite");
  await newStudy(context);
  const rows = Array.from({ length: 60 }, (_, i) => [
    prompt(3 * i, `p${i}`, `What is ${i}?`),
    response(3 * i + 1, `p${i}`, "Solstice", `It is ${i}.`),
    response(3 * i + 2, `p${i}`, "Meridian", `That would be ${i}.`),
  ]);
  await load(context, [fileOf("all", rows.flat())]);
  const errors: unknown[] = [];
  const runs = new AuditRuns(context, (error) => errors.push(error));
  expect((await runs.start("s")).running).not.toBeNull();
  await runs.close();
  expect([(await runs.state("s")).audit, errors]).toEqual([null, []]);
  await runAudit(context, "s");
  expect((await runs.state("s")).audit).toMatchObject({ prompts: 60 });
});

it("an audit is made and decided on the command line", async () => {
  const context = await testContext("sqlite");
  await study(context);
  const env = { DATABASE_URL: context.url };
  const text = await prepare(["blinding", "s"], env);
  expect(text).toContain("1 finding in 6 responses to 3 prompts. 1 finding is not decided.");
  expect(text).toContain("token:Solstice  has special tokens: 1 of 3 responses of Solstice (not decided)");
  expect(text).toContain("fewer than 50 prompts");
  expect(text).toContain('npx tiebreak blinding s --mask "token:Solstice" --reason "…"');
  const decided = await prepare(
    ["blinding", "s", "--leave-out", "token:Solstice", "--reason", "broken"],
    env,
  );
  expect(decided).toContain("token:Solstice: left out.");
  const json = JSON.parse(await prepare(["blinding", "s", "--json"], env)) as Audit;
  expect(json.findings[0]!.decision).toMatchObject({ choice: "leave out", by: "command line" });
  const { code, stderr } = await tiebreakInProcess(["blinding", "s", "--keep", "token:Solstice"], env);
  expect([code, stderr]).toEqual([2, expect.stringContaining("State why")]);
});
