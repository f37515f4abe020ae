import { expect, describe, it } from "vitest";
import type { Pace } from "../../../server/contract/watching.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const HOUR = 3_600_000;

describe.each(DATABASES)("the pace of a study, on %s", (kind) => {
  it("projects the end by group, by pair for who may see results, and nothing where too little is known", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 30, baselines: 2, annotators: 1 });
    const app = await testApp(context);
    const as = async (role: "viewer" | "coordinator") =>
      tokenHeaders(context, await addMember(context, { name: role, studies: { s: role } }));
    const [viewer, coordinator] = [await as("viewer"), await as("coordinator")];
    const read = async (headers: Record<string, string>) => {
      const reply = await app.inject({ url: "/api/studies/s/pace", headers });
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json<Pace>().lines;
    };
    expect(await read(coordinator)).toMatchObject([{ group: "crowd", judged: 0, end: null, why: "few" }]);
    for (let judged = 0; judged < 40; judged++) {
      context.advance(HOUR / 2);
      const { buffer } = await desk.workFor(tokens[0]!, []);
      await recordJudgment(desk, tokens[0]!, judgmentOf(buffer[0]!));
    }
    const [group, ...pairs] = await read(viewer);
    expect(pairs.map(({ pair }) => pair)).toEqual([
      { system: "t", against: "b0" },
      { system: "t", against: "b1" },
    ]);
    expect(group).toMatchObject({ pair: null, judged: 40, why: null });
    expect(group!.perDay).toBeGreaterThan(45);
    expect(group!.perDay).toBeLessThan(55);
    const { low, value, high } = group!.end!;
    const moments = [context.clock().toISOString(), low, value, high!];
    expect(moments).toEqual([...moments].sort());
    expect(await read(coordinator)).toEqual([group]);
  });
});
