import { describe, expect, it } from "vitest";
import type { Pace } from "../../../server/contract/pace.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { join } from "../../../server/participants/join.ts";
import { bearer, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";
import { judgeSome, queryOf, setProlific, studyOf } from "../participants/participants-support.ts";

const MINUTE_MS = 60_000;
const POOL = {
  name: "University pool",
  participant: { name: "sona_id", placeholder: "%SURVEY_CODE%" },
  finishes: {},
};

describe.each(DATABASES)("an annotator's time, on %s", (kind) => {
  const opened = async (more: Parameters<typeof setProlific>[1], query: string) => {
    const context = await testContext(kind);
    const { desk } = await studyOf(context, 6, 6, 3);
    const { link } = await setProlific(context, more);
    const token = await join(context, { link, query });
    const app = await testApp(context);
    const call = async (method: "GET" | "POST", path: string) => {
      const reply = await app.inject({ method, url: `/api/judge/${path}`, headers: bearer(token) });
      return { status: reply.statusCode, body: reply.json<Pace & { error: string }>() };
    };
    const pace = async () => (await call("GET", "pace")).body;
    return { context, desk, token, call, pace };
  };

  it("is that of their latest judgments, and of the study; at a platform of its own limit there is no more", async () => {
    const { context, desk, token, call, pace } = await opened({ minutes: 60 }, queryOf(1));
    const whole = { platform: "Prolific", minutes: 60, mayExtend: false };
    const study = expect.any(Number) as number;
    expect(await pace()).toEqual({ own: [], study, limit: { ...whole, seconds: 3600 } });
    const { buffer } = await judgeSome(desk, token, 1);
    await recordJudgment(desk, token, { ...judgmentOf(buffer[0] ?? ""), activeMs: 2000 });
    context.advance(59 * MINUTE_MS);
    expect(await pace(), "the latest last").toMatchObject({ own: [1000, 2000], limit: { seconds: 60 } });
    expect(await call("POST", "extend")).toMatchObject({ status: 409, body: { error: "NoMoreTime" } });
    context.advance(2 * MINUTE_MS);
    expect((await pace()).limit).toEqual({ ...whole, seconds: 0 });
  });

  it("can be extended at a panel, ten times, while it is not over", async () => {
    const { context, desk, token, call, pace } = await opened({ platform: POOL, minutes: 20 }, "?sona_id=7");
    await judgeSome(desk, token, 1);
    context.advance(19 * MINUTE_MS);
    const more = await call("POST", "extend");
    expect(more.body.limit).toEqual({
      ...{ platform: "University pool", minutes: 20, mayExtend: true },
      seconds: 16 * 60,
    });
    context.advance(5 * MINUTE_MS);
    expect((await desk.workFor(token, [])).state).toBe("work");
    for (let i = 0; i < 8; i++) await call("POST", "extend");
    expect((await call("POST", "extend")).body.limit).toMatchObject({ mayExtend: false });
    expect((await call("POST", "extend")).status).toBe(409);
    context.advance(1000 * MINUTE_MS);
    expect((await desk.workFor(token, [])).state).toBe("ended");
    expect((await pace()).limit).toMatchObject({ seconds: 0, mayExtend: false });
  });

  it("has no limit where none is set, and cannot be extended after its end", async () => {
    const without = await opened({}, queryOf(1));
    expect((await without.pace()).limit).toBeNull();
    const late = await opened({ platform: POOL, minutes: 20 }, "?sona_id=7");
    late.context.advance(21 * MINUTE_MS);
    expect((await late.call("POST", "extend")).status).toBe(409);
  });

  it("never runs out while a page is open: it asks again before a short lease ends", async () => {
    const context = await testContext(kind);
    const protocol = { leaseMinutes: 4 };
    const { desk, tokens } = await openStudy(context, { prompts: 2, baselines: 1, annotators: 2, protocol });
    const [first = "", second = ""] = tokens;
    const { buffer, askAgainSeconds } = await desk.workFor(first, []);
    expect(askAgainSeconds).toBe(120);
    for (let i = 0; i < 5; i++) {
      context.advance(120_000);
      expect((await desk.workFor(first, buffer)).buffer).toEqual(buffer);
    }
    expect((await desk.workFor(second, [])).state).toBe("wait");
  });
});
