import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { PlatformShown } from "../../../server/contract/platforms.ts";
import { join } from "../../../server/participants/join.ts";
import { stop } from "../../../server/participants/finish.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { judgeSome, pid, queryOf, setProlific, studyOf } from "../participants/participants-support.ts";

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

it("a platform lets in whom the owner wants, until none takes that away; it is printed in lines that are aligned", async () => {
  const context = await testContext("sqlite");
  await studyOf(context, 6, 3);
  await createStudy(context, { name: "pilot", target: "t", baselines: ["b"] });
  const env = { DATABASE_URL: context.url };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "platform-"));
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keys = path.join(folder, "keys.json");
  fs.writeFileSync(keys, JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig" }] }));
  const set = async (...more: string[]) => prepare(["platform", "set", "s", "prolific", ...more], env);
  const text = await set("--platform-study", "abc1", "--keys", keys, "--not-after", "pilot");
  expect(text).toContain("Only from the study abc1 of the platform\n");
  expect(text).toContain("Only addresses that the platform has signed\n");
  expect(text).toContain("Nobody who joined pilot\n");
  const finishes = text.split("\n").filter((line) => /^ {2}\w/.test(line) && !line.includes("http"));
  expect(new Set(finishes.map((line) => line.search(/\S+$|type /))).size).toBe(1);
  expect(await set("--platform-study", "none", "--keys", "none", "--not-after", "none")).not.toMatch(
    /Only|Nobody/,
  );
  const panel = path.join(folder, "pool.yaml");
  fs.writeFileSync(panel, "name: Pool\nparticipant: { name: id }\nnotAfter: [pilot]\n");
  expect(await prepare(["platform", "set", "s", panel], env)).toContain("Nobody who joined pilot");
});

it.each([
  ["", "must be a group of fields."],
  ["participant: { name: id }", "name: is missing."],
  ["name: ' '\nparticipant: { name: id }", "name: must not be blank."],
  ["name: Pool\nparticipant: id", "participant: must be a group of fields."],
  ["name: Pool\nparticipant: { name: 7 }", "participant.name: must be a text."],
  ["name: Pool\nparticipant: { name: id }\nfinish: {}", "“finish” is no field here."],
  ["name: Pool\nparticipant: { name: id }\nfinishes: { done: {} }", "finishes: “done” is no field here."],
  ["name: Pool\nparticipant: { name: id }\nplatformStudy: a b", "platformStudy: an id has letters"],
])("a file that describes no panel is refused in plain words: %j", async (yaml, said) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "panel-")), "pool.yaml");
  fs.writeFileSync(file, yaml);
  const { code, stderr } = await tiebreakInProcess(["platform", "set", "s", file], {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  expect(stderr).not.toMatch(/Invalid input|✖/);
});

it.each([
  ["{}", "keys: is missing."],
  ['{"keys": [{"kty": "EC"}]}', "is no set of public RSA keys"],
  ["keys", "is not JSON"],
])("a file without a platform’s keys is refused: %s", async (text, said) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "keys-")), "keys.json");
  fs.writeFileSync(file, text);
  const { code, stderr } = await tiebreakInProcess(["platform", "set", "s", "prolific", "--keys", file], {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});

it("reads the platform’s file of submissions, and the payments then have its status", async () => {
  const context = await testContext("sqlite");
  const { desk } = await studyOf(context, 6, 3);
  const env = { DATABASE_URL: context.url };
  const made = await prepare(["platform", "set", "s", "prolific", ...FLAGS], env);
  const link = (JSON.parse(made) as PlatformShown).address?.split("#")[1] ?? "";
  await judgeSome(desk, await join(context, { link, query: queryOf(1) }), 2);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "submissions-"));
  const file = path.join(folder, "list.csv");
  const row = `t1,${pid(1)},RETURNED,"Paris, France"`;
  fs.writeFileSync(
    file,
    `\ufeffSubmission id,Participant id,Status,Place\r\n${row}\r\nt9,${pid(9)},APPROVED,\r\n`,
  );
  const said = await prepare(["platform", "import", "s", file], env);
  expect(said).toContain("“Participant id” as participant, “Submission id” as session, “Status” as status.");
  expect(said).toContain("Not read: “Place”.");
  expect(said).toContain("Participants of this study: 1 RETURNED.");
  expect(said).toContain("Their part ended: annotator-1.");
  expect(said).toContain("1 submission of people who never started here.");
  const out = path.join(folder, "payments");
  await prepare(["export", "s", "--as", "payments", "--out", out], env);
  const [header = "", ...rows] = fs
    .readFileSync(path.join(out, "payments.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(header).toMatch(/,amount,platform_status$/);
  expect(rows).toEqual([expect.stringMatching(/,RETURNED$/)]);
});

it("reads the columns that are named, and refuses a name that the file does not have", async () => {
  const context = await testContext("sqlite");
  const { desk } = await studyOf(context, 6, 3);
  const env = { DATABASE_URL: context.url };
  const { link } = await setProlific(context);
  await judgeSome(desk, await join(context, { link, query: queryOf(1) }), 2);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "columns-")), "list.csv");
  fs.writeFileSync(file, `Who,How it stands,Status\n${pid(1)},Timed Out,fine\n`);
  const read = (...columns: string[]) =>
    tiebreakInProcess(["platform", "import", "s", file, ...columns.flatMap((one) => ["--column", one])], env);
  const unnamed = await read();
  expect(unnamed.stderr).toContain("add --column participant=NAME");
  expect(unnamed.stderr).toContain("Its columns: “Who”, “How it stands”, “Status”.");
  expect((await read("participant=Whom")).stderr).toContain("has no column “Whom”");
  expect((await read("person=Who")).stderr).toContain("is not FIELD=NAME");
  const { code, stdout } = await read("participant=Who", "status=How it stands");
  expect([code, stdout]).toEqual([0, expect.stringContaining("1 TIMED OUT")]);
  expect(stdout).toContain("Not read: “Status”.");
});

it.each([
  ["", "it has no column “Participant id” and no column “Status”"],
  ["Participant id,Colour\na,b\n", "it has no column “Status”"],
  ["Participant id,Status\n", "has no submissions below its header"],
  ["Participant id,Status\na,ACTIVE\n,ACTIVE\n", "line 3: no participant or no status"],
  ['Participant id,Status\n"a,ACTIVE\n', "is no CSV"],
])("a file that is no list of submissions is refused: %j", async (text, said) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "list-")), "list.csv");
  fs.writeFileSync(file, text);
  const { code, stderr } = await tiebreakInProcess(["platform", "import", "s", file], {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});

it("erases ids that are due at once only where nobody has to be paid, or where that is confirmed", async () => {
  const context = await testContext("sqlite");
  const { desk } = await studyOf(context, 6, 3);
  const env = { DATABASE_URL: context.url };
  const { link } = await setProlific(context);
  await judgeSome(desk, await join(context, { link, query: queryOf(1) }), 3);
  await changeState(context, { study: "s", to: "closed", by: "me" });
  const set = await prepare(["study", "retention", "s", "1"], env);
  expect(set).toContain("s: 1 participant has something to be paid");
  expect(set).toContain("npx tiebreak export s --as payments");
  const refused = await tiebreakInProcess(["study", "retention", "s", "--now"], env);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("add --yes")]);
  expect((await paymentsOf(context, "s"))[0]?.participant).toBe(pid(1));
  expect(await prepare(["study", "retention", "s", "--now", "--yes"], env)).toContain("were erased on");
  expect((await paymentsOf(context, "s")).map(({ participant }) => participant)).not.toContain(pid(1));
});
