import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import { writePayments } from "../../../server/commands/support/write-payments.ts";
import { FINISH_KINDS } from "../../../server/contract/words.ts";
import { finishOf, stop } from "../../../server/participants/finish.ts";
import { join } from "../../../server/participants/join.ts";
import { actionOf, payFor, paymentsOf } from "../../../server/participants/payments.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgeSome, pid, queryOf, setProlific, studyOf } from "./participants-support.ts";

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
      `prolific,${pid(1)},t1,completed,3,3,0.1,approve,4.00`,
    );
    expect(() => writePayments(list, { out, reward: null })).toThrow("exists already");
  });
});

describe("what to do about pay", () => {
  it("is decided by how a part ended and by whether anything was judged", () => {
    for (const status of FINISH_KINDS)
      for (const judgments of [1, 7, 100])
        expect(actionOf(status, judgments)).toBe(status === "completed" ? "approve" : "pay the part done");
    expect(actionOf(null, 3)).toBe("wait");
    expect(actionOf("no_work", 0)).toBe("pay for the time");
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
