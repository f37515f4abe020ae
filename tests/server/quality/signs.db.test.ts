import { describe, expect, it } from "vitest";
import type { SignsReply } from "../../../server/contract/quality.ts";
import type { Sheet } from "../../../server/contract/judging.ts";
import { bearer, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf } from "../../support/study.ts";
import { judgeSome, loadVerdicts, openWithRules } from "./quality-support.ts";

const CROWD = {
  ...{ name: "crowd", kind: "crowd" as const, judgments: 6, sharedJudgments: 6 },
  ...{ judgmentsPerAnnotator: 20, headline: true },
};

describe.each(DATABASES)("signs of a chatbot, on %s", (kind) => {
  it("are noted of those who agree, forgotten of those who no longer do, and asked in no other study", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openWithRules(context, { annotators: 3, protocol: { signs: true } });
    const app = await testApp(context);
    const headers = await ownerHeaders(app, context);
    const [yes = "", no = "", silent = ""] = tokens;
    const asked = async (token: string) =>
      (await app.inject({ url: "/api/judge/sheet", headers: bearer(token) })).json<Sheet>().signs;
    const agree = (token: string, agrees: boolean) =>
      app.inject({ method: "POST", url: "/api/judge/signs", headers: bearer(token), payload: { agrees } });
    const judge = async (token: string, signs: object) => {
      const { buffer } = await desk.workFor(token, []);
      const payload = { ...judgmentOf(buffer[0]!), signs };
      const reply = await app.inject({
        method: "POST",
        url: "/api/judge/judgments",
        headers: bearer(token),
        payload,
      });
      expect(reply.statusCode).toBe(200);
    };
    const noted = async () =>
      (await app.inject({ url: "/api/studies/s/signs", headers })).json<SignsReply>().annotators;
    expect(await asked(yes)).toBe("ask");
    await agree(yes, true);
    await agree(no, false);
    expect([await asked(yes), await asked(no), await asked(silent)]).toEqual(["on", undefined, "ask"]);
    for (const token of tokens) {
      await judge(token, { left: 2, copied: 0 });
      await judge(token, { left: 1, copied: 3 });
    }
    const mine = { annotator: "annotator-1", pairs: 2, leftPairs: 2, copiedPairs: 1, agreement: null };
    expect(await noted()).toEqual([mine]);
    await agree(yes, false);
    expect(await noted()).toEqual([]);
    const rows = await context.database.read(({ db }) => db.selectFrom("work_signs").selectAll().execute());
    expect(rows.map((row) => [row.agreed, row.pairs, row.left_pairs, row.copied_pairs])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it("are not noted, asked or kept in a study that does not say so", async () => {
    const context = await testContext(kind);
    const { tokens } = await openWithRules(context, { annotators: 1 });
    const app = await testApp(context);
    const [token = ""] = tokens;
    const payload = { agrees: true };
    await app.inject({ method: "POST", url: "/api/judge/signs", headers: bearer(token), payload });
    const sheet = await app.inject({ url: "/api/judge/sheet", headers: bearer(token) });
    expect(sheet.json()).not.toHaveProperty("signs");
    const rows = await context.database.read(({ db }) => db.selectFrom("work_signs").selectAll().execute());
    expect(rows).toEqual([]);
  });

  it("have the agreement with a model beside that of the others, whatever the sides, and nothing follows", async () => {
    const context = await testContext(kind);
    const protocol = { signs: true as const, checks: undefined, groups: [CROWD] };
    const { desk, tokens } = await openWithRules(context, { annotators: 6, protocol });
    await loadVerdicts(context);
    const app = await testApp(context);
    for (const [n, token] of tokens.entries()) {
      const payload = { agrees: true };
      await app.inject({ method: "POST", url: "/api/judge/signs", headers: bearer(token), payload });
      // the first always prefers what the model does; the others in turn it, neither, and the other one
      await judgeSome(desk, token, {
        choose: (left, _right, at) => {
          const better = left.includes("t:") ? "left" : "right";
          const worse = better === "left" ? "right" : "left";
          return n === 0 ? better : ([better, "tie", worse] as const)[(at + n) % 3]!;
        },
      });
    }
    const url = "/api/studies/s/signs";
    const reply = await app.inject({ url, headers: await ownerHeaders(app, context) });
    const [first, ...others] = reply.json<SignsReply>().annotators;
    expect(first?.agreement).toMatchObject({ model: "judge", agreement: 1, standsOut: true });
    expect(first?.agreement?.pairs).toBeGreaterThanOrEqual(10);
    expect(others.map(({ agreement }) => agreement?.standsOut)).toEqual([false, false, false, false, false]);
    const found = await context.database.read(({ db }) =>
      db.selectFrom("rule_trigger").selectAll().execute(),
    );
    expect(found).toEqual([]);
  });
});
