import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { exclude, lift } from "../../../server/assignments/exclude.ts";
import { lacksAmount, writePayments } from "../../../server/commands/support/write-payments.ts";
import type { Context } from "../../../server/context.ts";
import { FINISH_KINDS, type FinishKind } from "../../../server/contract/words.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { restoreLinks, revokeLinks } from "../../../server/links/revoke-links.ts";
import { finishOf, stop } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { actionOf, payFor, paymentsOf } from "../../../server/participants/payments.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy, plainDesk, skipOf } from "../../support/study.ts";
import { loadInto } from "../export/export-support.ts";
import { CROWD, crowdOf, judgeSome, pid, queryOf, setProlific, studyOf } from "./participants-support.ts";

describe.each(DATABASES)("payments, on %s", (kind) => {
  it("list what each participant did, to the cent, and hand it to Prolific's files", async () => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 9, 3, 3);
    const { link } = await setProlific(context);
    const tokens = [];
    for (const n of [1, 2, 3, 4]) tokens.push(await join(context, { link, query: queryOf(n) }));
    const [all, some, none, working] = tokens as [string, string, string, string];
    await judgeSome(desk, all, 3);
    await judgeSome(desk, some, 1);
    await stop(desk, some);
    await finishOf(desk, some);
    await stop(desk, none);
    await judgeSome(desk, working, 2);
    const list = await paymentsOf(context, "s");
    expect(list).toMatchObject([
      { participant: pid(1), session: "t1", status: "completed", judgments: 3, asked: 3, action: "approve" },
      { participant: pid(2), status: "stopped", judgments: 1, action: "pay the part done" },
      { participant: pid(3), status: "stopped", judgments: 0, action: "nothing to pay" },
      { participant: pid(4), status: null, judgments: 2, action: "wait" },
    ]);
    await exclude(context, { study: "s", annotators: ["annotator-1"], rule: "failed checks", by: "test" });
    expect(await paymentsOf(context, "s"), "an exclusion changes figures, not pay").toEqual(list);
    const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "payments-")), "new");
    const names = writePayments(list, { out, reward: 4 });
    const read = (name: string) => fs.readFileSync(path.join(out, name), "utf8");
    expect(names).toEqual(["payments.csv", "prolific-approve.txt", "prolific-bonuses.csv"]);
    expect(read("prolific-approve.txt")).toBe("t1\n");
    expect(read("prolific-bonuses.csv")).toBe(`${pid(2)},1.34\n`);
    expect(read("payments.csv").split(/\r?\n/)[1]).toBe(
      `prolific,${pid(1)},t1,annotator-1,completed,3,0,3,0.1,approve,4.00`,
    );
    expect(() => writePayments(list, { out, reward: null })).toThrow("exists already");
  });
});

/** A study of 12 pairs with a check in every 4, from which each of its crowd is asked for 8. */
async function studyWithChecks(context: Context) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "payments-"));
  const protocol = { groups: [crowdOf(8, 2)], sharedPrompts: 0, checks: { every: 4 } };
  await createStudy(context, { name: "s", target: "t", baselines: ["b"], seed: "seed", protocol });
  const names = [...Array.from({ length: 12 }, (_, n) => `p${n}`), "c1", "c2", "c3"];
  const prompts = names.map((name) => ({ prompt_id: name, prompt: `About ${name}` }));
  const outputs = names.flatMap((name) =>
    [name.startsWith("p") ? "t" : "spoilt", "b"].map((system) => ({
      ...{ prompt_id: name, system, output: `${system} on ${name}` },
    })),
  );
  const sides = { left_system: "spoilt", right_system: "b", expected_choice: "right" };
  const answers = names.filter((name) => name.startsWith("c")).map((name) => ({ prompt_id: name, ...sides }));
  const files = [prompts, outputs, answers].map((rows, index) => {
    const file = path.join(folder, `${index}.jsonl`);
    fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return file;
  });
  await loadInto(context, "s", files, null, { made: true });
  await changeState(context, { study: "s", to: "open", by: "test" });
  return { desk: plainDesk(context) };
}

describe.each(DATABASES)("what was done and is paid although the page was closed, on %s", (kind) => {
  const begin = async (...study: [prompts: number, each: number | null]) => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, ...study);
    const { link } = await setProlific(context, { minutes: 60 });
    const token = await join(context, { link, query: queryOf(1) });
    const pay = async (n = 0) => (await paymentsOf(context, "s"))[n];
    return { context, desk, link, token, pay };
  };
  const part = (status: FinishKind, judgments: number, of: number | null) =>
    of === null
      ? { status, judgments, action: "pay the part done", part: null }
      : { status, judgments, asked: of, action: "pay the part done", part: judgments / of };

  it("is a part where the study was closed", async () => {
    const { context, desk, link, token, pay } = await begin(20, 10);
    const other = await join(context, { link, query: queryOf(2) });
    await judgeSome(desk, token, 5);
    await judgeSome(desk, other, 4);
    expect(await pay()).toMatchObject({ status: null, action: "wait" });
    await changeState(context, { study: "s", to: "closed", by: "test" });
    expect([await pay(0), await pay(1)]).toMatchObject([part("no_work", 5, 10), part("no_work", 4, 10)]);
  });

  it("is a part where the link was revoked, until it is valid again", async () => {
    const { context, desk, token, pay } = await begin(20, 10);
    await judgeSome(desk, token, 5);
    const names = { study: "s", names: ["annotator-1"], by: "test" };
    await revokeLinks(context, names);
    expect(await pay()).toMatchObject(part("ended", 5, 10));
    await restoreLinks(context, names);
    expect(await pay()).toMatchObject({ status: null, action: "wait" });
  });

  it("is a part after an exclusion, and when the time is over", async () => {
    const { context, desk, token, pay } = await begin(20, 10);
    await judgeSome(desk, token, 3);
    await exclude(context, { study: "s", annotators: ["annotator-1"], rule: "r", by: "test" });
    expect(await pay()).toMatchObject(part("ended", 3, 10));
    await lift(context, { study: "s", annotators: ["annotator-1"], by: "test" });
    expect(await pay()).toMatchObject({ action: "wait" });
    context.advance(61 * 60_000);
    expect(await pay()).toMatchObject(part("timed_out", 3, 10));
  });

  it("is all of it where fewer pairs are there than the protocol asks for", async () => {
    const { desk, token, pay } = await begin(6, 10);
    await judgeSome(desk, token, 6);
    const before = await pay();
    expect(before).toMatchObject({ status: "completed", asked: 6, action: "approve", part: 1 });
    expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
    expect(await pay()).toEqual(before);
  });

  it("is all of it where a prompt never comes back and there are fewer prompts than that", async () => {
    const context = await testContext(kind);
    const protocol = { groups: [crowdOf(10)], sharedPrompts: 0, promptRepeats: "forbid" as const };
    const { desk } = await openStudy(context, { prompts: 4, baselines: 3, annotators: 0, protocol });
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    await judgeSome(desk, token, 3);
    expect(await paymentsOf(context, "s")).toMatchObject([{ status: null, asked: 4, part: 0.75 }]);
    await judgeSome(desk, token, 1);
    expect(await paymentsOf(context, "s")).toMatchObject([{ status: "completed", action: "approve" }]);
    expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
  });

  it("is a part, or all without a number, where others judged the rest", async () => {
    for (const [each, finish] of [
      [6, { status: "no_work", asked: 6, part: 0.5, action: "pay the part done" }],
      [null, { status: "completed", asked: null, part: null, action: "approve" }],
    ] as const) {
      const { context, desk, token, pay } = await begin(6, each);
      const [other] = await inviteAnnotators(context, { ...CROWD, count: 1 });
      await judgeSome(desk, token, 3);
      await letGoOfAll(context);
      await judgeSome(desk, other!.token, 3);
      expect(await pay()).toMatchObject(finish);
      expect(await finishOf(desk, token)).toMatchObject({ finish: finish.status });
    }
  });

  it("waits while others hold the last pairs, which may become free again", async () => {
    const { context, desk, token, pay } = await begin(6, 6);
    const [other] = await inviteAnnotators(context, { ...CROWD, count: 1 });
    const { buffer } = await desk.workFor(other!.token, []);
    expect(await judgeSome(desk, token, 6 - buffer.length)).toMatchObject({ state: "wait" });
    expect(await pay()).toMatchObject({ status: null, action: "wait" });
    expect(await finishOf(desk, token)).toBeNull();
  });

  it("counts the pairs that could not be judged", async () => {
    const { desk, token, pay } = await begin(20, 10);
    let work = await judgeSome(desk, token, 1);
    for (let n = 0; n < 4; n++) ({ work } = await recordSkip(desk, token, skipOf(work.buffer[0] ?? "")));
    expect(await pay()).toMatchObject({ status: null, judgments: 1, skipped: 4, part: 0.5 });
    while (work.buffer[0]) ({ work } = await recordSkip(desk, token, skipOf(work.buffer[0])));
    const all = { status: "completed", judgments: 1, skipped: 19, asked: 10, action: "approve", part: 1 };
    expect(await pay()).toMatchObject(all);
    expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
  });

  it("asks for the same number as the finish, checks among it", async () => {
    const context = await testContext(kind);
    const { desk } = await studyWithChecks(context);
    const { link } = await setProlific(context);
    const token = await join(context, { link, query: queryOf(1) });
    const { progress } = await judgeSome(desk, token, 8);
    const pay = async () => (await paymentsOf(context, "s"))[0];
    expect(progress).toEqual({ judged: 8, of: 10 });
    expect(await pay()).toMatchObject({ status: null, judgments: 8, asked: 10, part: 0.8 });
    expect(await finishOf(desk, token)).toBeNull();
    await judgeSome(desk, token, 2);
    expect(await pay()).toMatchObject({ status: "completed", judgments: 10, asked: 10, action: "approve" });
    expect(await finishOf(desk, token)).toMatchObject({ finish: "completed" });
  });

  it("has no amount for a part of no number, and stands in no list of bonuses", async () => {
    const { context, desk, link, token } = await begin(20, null);
    await join(context, { link, query: queryOf(2) });
    await judgeSome(desk, token, 5);
    await stop(desk, token);
    const list = await paymentsOf(context, "s");
    expect(list[0]).toMatchObject(part("stopped", 5, null));
    expect(list.map(lacksAmount)).toEqual([true, false]);
    const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "payments-")), "new");
    writePayments(list, { out, reward: 4.5 });
    expect(fs.readFileSync(path.join(out, "prolific-bonuses.csv"), "utf8")).toBe("");
  });

  it("is listed of one group alone where that is asked for", async () => {
    const { context } = await begin(6, 3);
    expect(await paymentsOf(context, "s", { group: "crowd" })).toHaveLength(1);
    await expect(paymentsOf(context, "s", { group: "none" })).rejects.toMatchObject({
      name: "GroupNotFound",
    });
  });
});

/** The leases of all that anybody holds are over. */
const letGoOfAll = (context: Context) =>
  context.database.transact(({ db }) =>
    db.updateTable("assignment").set({ lease_end: "2000" }).where("ended_at", "is", null).execute(),
  );

describe("what to do about pay", () => {
  it("is decided by how a part ended and by whether anything was judged", () => {
    for (const status of FINISH_KINDS)
      for (const judgments of [1, 7, 100])
        expect(actionOf(status, judgments)).toBe(status === "completed" ? "approve" : "pay the part done");
    expect(actionOf(null, 3)).toBe("wait");
    expect(actionOf("no_work", 0)).toBe("pay for the time");
    expect([actionOf("stopped", 0), actionOf("stopped", 0, true)]).toEqual([
      "nothing to pay",
      "pay for the time",
    ]);
  });

  it.each([
    [4, 1 / 3, "1.34"],
    [4.5, 2 / 3, "3.00"],
    [0.1, 0.3, "0.03"],
    [7, 1, "7.00"],
    [3, 0.001, "0.01"],
  ])("rounds %s × %s up to the cent", (reward, part, pay) => {
    expect(payFor(reward, part)).toBe(pay);
  });
});
