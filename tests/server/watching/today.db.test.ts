import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import type { Today } from "../../../server/contract/watching.ts";
import type { MemberRole } from "../../../server/contract/rights.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { changeState } from "../../../server/studies/study.ts";
import { bearer, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { skipOf } from "../../support/study.ts";
import { judgeSome, openWithRules } from "../quality/quality-support.ts";
import { openWithCareless } from "./watching-support.ts";

const HOUR = 3_600_000;

describe.each(DATABASES)("what is wrong today, on %s", (kind) => {
  const opened = async () => {
    const context = await testContext(kind);
    const app = await testApp(context);
    let members = 0;
    const read = async (role: MemberRole, studies: Record<string, MemberRole> = { s: role }) => {
      const headers = await tokenHeaders(
        context,
        await addMember(context, { name: `M${++members}`, studies }),
      );
      const reply = await app.inject({ url: "/api/today", headers });
      expect(reply.statusCode, reply.body).toBe(200);
      const { findings } = reply.json<Today>();
      return findings.map(({ kind, group, count, since }) => ({ kind, group, count, since }));
    };
    const kinds = async (role: MemberRole) => (await read(role)).map((one) => one.kind);
    return { context, app, read, kinds };
  };

  it("is what people wait for and whose work stands out, each for whom it concerns", async () => {
    const { context, app, read, kinds } = await opened();
    const { desk, tokens } = await openWithCareless(context);
    const at = context.clock().toISOString();
    const message = { text: "The picture is missing.", requestKey: "message-key-00000001" };
    const headers = bearer(tokens[3]!);
    await app.inject({ method: "POST", url: "/api/judge/messages", payload: message, headers });
    for (const token of tokens.slice(2, 4)) {
      const { buffer } = await desk.workFor(token, []);
      await recordSkip(desk, token, skipOf(buffer[0]!));
    }
    expect(await read("owner")).toEqual([
      { kind: "nobody", group: "authors", count: 24, since: null },
      { kind: "message", group: null, count: 1, since: at },
      { kind: "annotator", group: null, count: 2, since: null },
    ]);
    expect(await kinds("coordinator")).toEqual(["nobody", "message", "annotator"]);
    expect(await kinds("viewer")).toEqual(["nobody"]);
    expect(await read("owner", {})).toEqual([]);

    context.advance(25 * HOUR);
    expect(await read("viewer")).toEqual([
      { kind: "stuck", group: "crowd", count: expect.any(Number) as number, since: at },
      { kind: "nobody", group: "authors", count: 24, since: null },
    ]);
    const names = tokens.map((_, i) => `annotator-${i + 1}`);
    await exclude(context, { study: "s", annotators: names, rule: "gone", by: "test" });
    expect((await read("viewer")).map(({ kind, group }) => [kind, group])).toEqual([
      ["nobody", "crowd"],
      ["nobody", "authors"],
    ]);
    await changeState(context, { study: "s", to: "paused", by: "test" });
    expect(await kinds("owner")).toEqual(["message"]);
  });

  it("has a check that most fail, and nothing where all goes well", async () => {
    const { context, kinds } = await opened();
    const crowd = { name: "crowd", kind: "crowd" as const, judgments: 5, sharedJudgments: 5 };
    const groups = [{ ...crowd, judgmentsPerAnnotator: null, headline: true }];
    const { desk, tokens } = await openWithRules(context, { annotators: 5, protocol: { groups } });
    for (const token of tokens) await judgeSome(desk, token, { most: 8 });
    expect(await kinds("owner")).toEqual([]);
    for (const token of tokens) await judgeSome(desk, token, { choose: () => "tie" });
    expect(await kinds("owner")).toContain("check");
  });
});
