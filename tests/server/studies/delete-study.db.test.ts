import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import type { Transaction } from "../../../server/storage/database.ts";
import { TABLES } from "../../../server/storage/table-names.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { deleteStudy, studyToDelete } from "../../../server/studies/delete-study.ts";
import { findStudy } from "../../../server/studies/store.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMaterial, judgmentOf, plainDesk } from "../../support/study.ts";

const AT = "2026-01-05T09:00:00.000Z";

/** An open study, with a judgment and two pairs that are held. @returns the annotator's link */
async function openStudy(context: Context, name: string): Promise<string> {
  await createStudy(context, { name, target: "t", baselines: ["b"], seed: "seed" });
  await addMaterial(context, name, { prompts: 3, systems: ["t", "b"] });
  await changeState(context, { study: name, to: "open", by: "test" });
  const [one] = await inviteAnnotators(context, { study: name, group: "crowd", count: 1, by: "test" });
  const desk = plainDesk(context);
  const { buffer } = await desk.workFor(one!.token, []);
  await recordJudgment(desk, one!.token, judgmentOf(buffer[0]!));
  return one!.token;
}

/** Gives a study a row in each table that has none of it yet. */
async function fillTables({ database }: Context, name: string): Promise<void> {
  await database.transact(async (tx) => {
    const { db } = tx;
    const { id: study } = (await findStudy(tx, name))!;
    const idOf = async (table: "annotator" | "comparison" | "load" | "prompt" | "annotator_group") =>
      (
        await db
          .selectFrom(table)
          .select("id")
          .where("study_id", "=", study)
          .limit(1)
          .executeTakeFirstOrThrow()
      ).id;
    const [annotator, comparison, load] = [
      await idOf("annotator"),
      await idOf("comparison"),
      await idOf("load"),
    ];
    const [prompt, group] = [await idOf("prompt"), await idOf("annotator_group")];
    const { id: assignment } = await db
      .selectFrom("assignment")
      .select("id")
      .where("annotator_id", "=", annotator)
      .limit(1)
      .executeTakeFirstOrThrow();
    const insert = async (table: string, row: Record<string, string | number>) => {
      const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
      await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
        db,
      );
    };
    const person = { annotator_id: annotator };
    const ofStudy = { study_id: study };
    const report = {
      number: 1,
      taken_at: AT,
      reason: "r",
      data_hash: "h",
      judgments: 1,
      estimator: "e",
      body: "{}",
    };
    await insert("report_snapshot", { ...ofStudy, ...report });
    await insert("share_link", { ...ofStudy, token_hash: `link ${study}`, created_at: AT });
    await insert("known_answer", { ...ofStudy, comparison_id: comparison, load_id: load });
    await insert("exclusion", { ...ofStudy, ...person, rule: "r", excluded_at: AT, load_id: load });
    const { id: account } = await db
      .insertInto("account")
      .values({ email: name, name: "n", created_at: AT })
      .returning("id")
      .executeTakeFirstOrThrow();
    await insert("membership", { ...ofStudy, account_id: account, role: "viewer" });
    const token = { name: "n", token_hash: `token ${study}`, created_at: AT, expires_at: AT };
    await insert("invitation", { ...ofStudy, ...token, by_whom: "b" });
    await insert("api_token", { ...ofStudy, ...token, starts_with: "t", scopes: "[]" });
    await insert("results_reader", { ...ofStudy, browser_hash: "h", first_at: AT });
    const template = { template_version: "1", template_hash: "h", process: "p" };
    const run = {
      group_id: group,
      ...person,
      settings: "{}",
      ...template,
      started_at: AT,
      seen_at: AT,
      ended_at: AT,
    };
    await insert("judge_run", { id: study, ...ofStudy, ...run });
    const call = { attempt: 1, state: "answered", claimed_at: AT };
    await insert("judge_call", { run_id: study, assignment_id: assignment, ...call });
    await insert("told_calls", { ...person, load_id: load, calls: "{}" });
    const skip = { reason: "other", request_key: "skip", received_at: AT };
    await insert("skip", { ...person, assignment_id: assignment, ...skip });
    await insert("flag", {
      ...person,
      assignment_id: assignment,
      request_key: "k",
      flag: "f",
      of_what: "prompt",
    });
    const failure = { system: "b", failures: 1, kind: "k", message: "m", failed_at: AT };
    await insert("unanswered_prompt", { prompt_id: prompt, ...failure });
    await insert("platform", { group_id: group, settings: "{}", secret: "s", set_at: AT });
    await insert("participation", { ...person, joined_at: AT });
    await insert("participant", { ...person, ...ofStudy, platform: "p", external_id: "x" });
    await insert("departure", { ...person, ...ofStudy, kind: "withdrawn", asked_at: AT, asked_by: "b" });
    await insert("retention", { ...ofStudy, days: 1, names: 0, set_at: AT });
    await insert("message", { ...person, from_owner: 1, text: "t", sent_at: AT });
    await insert("guess", { ...person, could_tell: "no", given_at: AT });
    await insert("entry_passage", {
      ...person,
      stage: "consent",
      version: "1",
      outcome: "passed",
      passed_at: AT,
    });
    const practised = { attempt: 1, number: 1, choice: "left", is_expected: 1, active_ms: 1, judged_at: AT };
    await insert("entry_judgment", { ...person, stage: "practice", ...practised });
    await insert("personal_answer", { ...person, question: "q", answer: "1", answered_at: AT });
    await insert("work_tally", { ...person, judged: 1, run_choice: "left", run: 1, faster: "{}" });
    const signs = { agreed: 1, decided_at: AT, pairs: 1, left_pairs: 0, copied_pairs: 0 };
    await insert("work_signs", { ...person, ...signs });
    const trigger = { signal: "s", wanted: "w", took: "t", rule: "{}", seen: "{}", triggered_at: AT };
    await insert("rule_trigger", { id: study, ...ofStudy, ...person, ...trigger });
    await insert("review", { ...ofStudy, ...person, trigger_id: study, opened_at: AT });
    const file = { name: "f.jsonl", bytes: 1, file_key: `key-${study}`, settings: "{}" };
    await insert("upload", { ...ofStudy, ...file, uploaded_at: AT });
    const part = { name: "g.jsonl", bytes: 2, modified: 1, file_key: `part-${study}`, begun_at: AT };
    await insert("upload_part", { ...ofStudy, ...part });
    const { id: response, system_id: system } = await db
      .selectFrom("response")
      .select(["id", "system_id"])
      .where("prompt_id", "=", prompt)
      .limit(1)
      .executeTakeFirstOrThrow();
    const ofResponse = { response_id: response };
    await insert("blinding_audit", { id: study, ...ofStudy, started_at: AT, texts: "h" });
    await insert("found_sign", { audit_id: study, kind: "cut", ...ofResponse });
    const decided = {
      kind: "cut",
      system_id: system,
      choice: "keep",
      reason: "r",
      decided_at: AT,
      by_whom: "b",
    };
    await insert("blinding_decision", { ...ofStudy, ...decided });
    await insert("masked_response", { ...ofResponse, turns: "[]", content_hash: "h" });
    await insert("corrected_response", { ...ofResponse, revision: 2, turns: "[]", content_hash: "h" });
    const read = { ...ofStudy, comparison_id: comparison, by_whom: "b" };
    await insert("comparison_note", { ...read, text: "t", written_at: AT });
    await insert("adjudication", { ...read, reason: "r", decided_at: AT });
    await insert("left_out_response", { ...ofResponse, kind: "cut", prompt_id: prompt, system_id: system });
  });
}

/** A rendering of every text, which studies share, and one row of each table that is of no study. */
async function fillShared({ database }: Context): Promise<void> {
  await database.transact(async ({ db }) => {
    await sql`insert into rendering (content_hash, version, html)
      select content_hash, 'v', '[]' from prompt_text union select content_hash, 'v', '[]' from response`.execute(
      db,
    );
    const row = { token_hash: "t", created_at: AT, expires_at: AT };
    await db.insertInto("owner_token").values(row).execute();
    await db.insertInto("session").values(row).execute();
    const { id: account } = await db.selectFrom("account").select("id").limit(1).executeTakeFirstOrThrow();
    const identity = { account_id: account, issuer: "i", subject: "s", created_at: AT };
    await db.insertInto("openid_identity").values(identity).execute();
    const flow = { state: "s", nonce: "n", verifier: "v", expires_at: AT };
    await db.insertInto("openid_flow").values(flow).execute();
    await db.insertInto("sign_in_failure").values({ name_hash: "h", failed_at: AT }).execute();
    const manner = { server: "https://models.example/v1", model: "m", without: "[]", learned_at: AT };
    await db.insertInto("server_manner").values(manner).execute();
    await fillPromptSet(db);
    await db.insertInto("audit_event").values({ at: AT, who: "w", via: "v", verb: "v" }).execute();
  });
}

/** A prompt set with one prompt. */
async function fillPromptSet(db: Transaction["db"]): Promise<void> {
  const set = { id: 1, name: "n", title: "t", created_at: AT };
  await db.insertInto("prompt_set").values(set).execute();
  const version = { id: 1, set_id: 1, number: 1, hash: "h", reason: "", files: "[]", edited: 0 };
  await db
    .insertInto("prompt_set_version")
    .values({ ...version, by_whom: "b", frozen_at: AT })
    .execute();
  await db
    .insertInto("prompt_set_text")
    .values({ id: 1, set_id: 1, content_hash: "h", turns: "[]" })
    .execute();
  const item = { version_id: 1, position: 0, external_id: "e", split: "test" as const, text_id: 1 };
  await db
    .insertInto("prompt_set_item")
    .values({ ...item, tags: "[]", fields: "{}" })
    .execute();
  const decision = { set_id: 1, version: 1, external_id: "e", decision: "dropped" as const, reason: "r" };
  await db
    .insertInto("prompt_set_decision")
    .values({ ...decision, by_whom: "b", decided_at: AT })
    .execute();
}

/** The rows of every table, as text. */
async function allRows({ database }: Context): Promise<Map<string, string[]>> {
  return database.read(async ({ db }) => {
    const all = new Map<string, string[]>();
    for (const table of TABLES) {
      const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
      all.set(table, rows.map((row) => JSON.stringify(row)).sort());
    }
    return all;
  });
}

const OF_NO_STUDY = [
  "owner_token",
  "session",
  "account",
  "sign_in_failure",
  "audit_event",
  "openid_identity",
  "openid_flow",
  "server_manner",
  "prompt_set",
  "prompt_set_version",
  "prompt_set_text",
  "prompt_set_item",
  "prompt_set_decision",
];

describe.each(DATABASES)("deleting a study, on %s", (kind) => {
  it("leaves no row of it in any table, and every row of another", async () => {
    const context = await testContext(kind);
    await openStudy(context, "stays");
    await fillTables(context, "stays");
    const others = await allRows(context);
    await openStudy(context, "goes");
    await fillTables(context, "goes");
    await fillShared(context);
    const all = await allRows(context);
    for (const [table, rows] of all) expect(rows.length, table).toBeGreaterThan(others.get(table)!.length);
    await deleteStudy(context, "goes");
    const left = await allRows(context);
    for (const [table, rows] of left) {
      const shared = table === "rendering" || OF_NO_STUDY.includes(table);
      expect(rows, table).toEqual(shared ? all.get(table) : others.get(table));
    }
    await deleteStudy(context, "stays");
    for (const [table, rows] of await allRows(context))
      expect(rows, table).toEqual(OF_NO_STUDY.includes(table) ? all.get(table) : []);
  });

  it("says what goes with it, ends its links, and leaves others to judge on", async () => {
    const context = await testContext(kind);
    const token = await openStudy(context, "s");
    const other = await openStudy(context, "other");
    expect(await studyToDelete(context, "s")).toEqual({ name: "s", state: "open", judgments: 1, held: 2 });
    await deleteStudy(context, "s");
    const desk = plainDesk(context);
    await expect(desk.workFor(token, [])).rejects.toMatchObject({ name: "LinkNotValid" });
    await expect(studyToDelete(context, "s")).rejects.toMatchObject({ name: "StudyNotFound" });
    expect((await desk.workFor(other, [])).buffer).toHaveLength(2);
  });

  it.each([
    ["a load", "running"],
    ["a model's outputs that come one by one", "published"],
  ] as const)("waits for %s, and does not for one whose process is dead", async (_what, state) => {
    const context = await testContext(kind);
    await openStudy(context, "s");
    await context.database.transact(({ db }) =>
      db.updateTable("load").set({ state, heartbeat_at: AT, ended_at: null }).execute(),
    );
    await expect(deleteStudy(context, "s")).rejects.toMatchObject({ name: "StudyBusy" });
    context.advance(120_000);
    await deleteStudy(context, "s");
    await expect(studyToDelete(context, "s")).rejects.toMatchObject({ name: "StudyNotFound" });
  });
});
