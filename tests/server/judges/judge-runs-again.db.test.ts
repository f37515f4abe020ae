import { afterEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { anyAddress } from "../../../server/model-servers/addresses.ts";
import { findAdapter } from "../../../server/model-servers/adapters/index.ts";
import { openai } from "../../../server/model-servers/adapters/openai.ts";
import { mannersOf } from "../../../server/model-servers/manners.ts";
import { openModelServer } from "../../../server/model-servers/model-server.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, type DatabaseKind, testContext } from "../../support/context.ts";
import { meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import {
  playReplies,
  type ReplyRow,
  replyRows,
  type ReplyServer,
} from "../../support/model-servers/replies.ts";
import { openStudy } from "../../support/study.ts";

const ROWS = replyRows(new URL("../../../fixtures/model-replies/replies.jsonl", import.meta.url));
const named = (name: string): ReplyRow => ROWS.get(name)!;

const running: ReplyServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function playing(row: ReplyRow, prompts: number, kind: DatabaseKind = "sqlite") {
  const context = await testContext(kind);
  await openStudy(context, { prompts, baselines: 1, annotators: 1 });
  const server = await playReplies(row);
  running.push(server);
  return { context, server };
}

const openAt = (url: string, context: Context) =>
  openModelServer({
    ...{ adapter: openai, baseUrl: url, key: null, addresses: anyAddress },
    ...{ timeoutMs: 30_000, concurrency: 4, clock: context.clock },
    manners: mannersOf(context, openai.url(new URL(url))),
  });

const PROMPTS = 20;
const REFUSED = [2, 5, 6, 11, 12, 19].map((i) => `prompt ${i} `);
const ATTEMPTS = 3;

describe("runs that are interrupted, where three of ten prompts come to nothing", () => {
  it.each([
    ["content-filter", 2],
    ["nothing-taken", 2],
    ["too-long", 2],
    ["empty", 2],
    ["nothing-taken", 1],
  ])(
    "judge every other pair, and pay for no pair more often than its attempts: %s, %i at once",
    async (way, concurrency) => {
      const { context, server } = await playing(
        { ...named(way), when: { messages_contain: REFUSED } },
        PROMPTS,
      );
      const go = (calls: number) =>
        judgeStudy(
          context,
          requestFor({
            settings: { baseUrl: server.url },
            limits: { calls, concurrency, attempts: ATTEMPTS },
          }),
          meansFor(openAt(server.url, context)),
        );
      const runs = [await go(7), await go(7), await go(7), await go(7)];
      expect(runs[2]!.progress.judged).toBe(PROMPTS - REFUSED.length);
      for (const { progress } of runs) expect(progress.calls).toBeLessThanOrEqual(7);
      for (let left = await go(60); left.progress.calls > 0; left = await go(60))
        expect(left.ending).toBe("done");
      const last = await go(60);
      expect(last.progress).toMatchObject({ judged: PROMPTS - REFUSED.length, calls: 0 });
      expect(last.unjudged.count).toBe(REFUSED.length);
      expect(last.said).toContain("--attempts");
      const asked = server.received.map(({ body }) => JSON.stringify(body.messages));
      for (let i = 0; i < PROMPTS; i++) {
        const about = asked.filter((text) => text.includes(`prompt ${i} `)).length;
        expect(about).toBe(REFUSED.includes(`prompt ${i} `) ? ATTEMPTS : 1);
      }
    },
  );
});

describe.each(DATABASES)("what a server does not take, on %s", (kind) => {
  it("is found out once for a model, and not again by later runs", async () => {
    const { context, server } = await playing(named("temperature-only-default"), 3, kind);
    const go = (annotator: string, model: string) =>
      judgeStudy(
        context,
        requestFor({ annotator, settings: { baseUrl: server.url, model }, limits: { concurrency: 1 } }),
        meansFor(openAt(server.url, context)),
      );
    const refusals = () => server.received.filter(({ status }) => status === 400).length;
    await go("first", "m");
    expect(refusals()).toBe(1);
    const second = await go("second", "m");
    expect(refusals()).toBe(1);
    expect(second.said).toContain("does not accept temperature");
    const manners = mannersOf(context, openai.url(new URL(server.url)));
    await manners.keep("m", [...(await manners.recall("m"))!, "seed"]); // which no judge here asks for
    expect((await go("again", "m")).said).toContain("does not accept temperature: calls");
    await go("third", "other");
    expect(refusals()).toBe(2);
    context.advance(31 * 86_400_000);
    await go("fourth", "m");
    expect(refusals()).toBe(3);
  });

  it("is forgotten where the server has come to want it", async () => {
    const { context, server } = await playing(
      { ...named("nothing-taken"), when: { lacks: "temperature" } },
      3,
      kind,
    );
    const manners = mannersOf(context, openai.url(new URL(server.url)));
    await manners.keep("m", ["seed", "temperature"]);
    const request = requestFor({ settings: { baseUrl: server.url }, limits: { concurrency: 1 } });
    const { progress, said } = await judgeStudy(context, request, meansFor(openAt(server.url, context)));
    expect(said).not.toContain("does not accept");
    expect(progress).toMatchObject({ judged: 3, calls: 3 });
    expect(server.received.map(({ status }) => status)).toEqual([400, 200, 200, 200]);
    expect(await manners.recall("m")).toEqual([]);
  });

  it("makes no two judges of one: verdicts are counted for each model that answered", async () => {
    const { context, server } = await playing(named("model-changes"), 10, kind);
    const request = requestFor({ settings: { baseUrl: server.url } });
    await judgeStudy(context, request, meansFor(openAt(server.url, context)));
    expect(await mannersOf(context, openai.url(new URL(server.url))).recall("m")).toEqual([]); // it took everything
    const { judges } = (await buildFullReport(context, { study: "s" })).judges;
    const { versions = [] } = judges[0]!.calls!;
    expect(versions.map(({ model, verdicts, first }) => [model, verdicts, first])).toEqual([
      ["judge-2026-01-01", 5, 5],
      ["judge-2026-02-01", 5, 5],
    ]);
    for (const { pairs } of versions) {
      expect(pairs).toHaveLength(1);
      const [{ win, tie, loss }] = pairs as [(typeof pairs)[number]];
      expect([win + loss, tie]).toEqual([5, 0]);
    }
  });
});

describe("a run", () => {
  const once = async (name: string) => {
    const row = named(name);
    const { context, server } = await playing(row, 5);
    const settings = { baseUrl: server.url, adapter: row.wire, maxTokens: 1024 };
    const adapter = findAdapter(row.wire)!;
    const open = { adapter, baseUrl: server.url, key: null, addresses: anyAddress, clock: context.clock };
    const model = openModelServer({ ...open, timeoutMs: 30_000, concurrency: 1 });
    const limits = { concurrency: 1 };
    const request = requestFor({ settings, limits, price: { input: 2, output: 8 } });
    return judgeStudy(context, request, meansFor(model));
  };

  it("asks once about what cannot change, and with more room about what was cut off", async () => {
    for (const name of ["refusal-member", "too-long-422", "moderation-403"])
      expect((await once(name)).progress.calls).toBe(5);
    const cut = await once("hidden-reasoning-eats-limit");
    expect(cut.said).toContain("--max-tokens 4096");
    expect(cut.progress.judged).toBe(5);
    expect(cut.progress.calls).toBeLessThan(2 * 5);
  });

  it("reports what a server counts and bills, and what it does not", async () => {
    expect((await once("usage-missing")).progress).toMatchObject({ notTold: 5, atMost: 5 });
    expect((await once("usage-with-cost")).progress.dollars).toBeCloseTo(5 * 0.0123, 9);
    expect((await once("a-cache")).progress.promptTokens).toBe(5 * 5000);
    expect((await once("reasoning-in-total")).progress.completionTokens).toBe(5 * 460);
  });
});

it("two processes that judge together both report what is left in the end", async () => {
  const context = await testContext("sqlite");
  await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
  const there = new Set<string>();
  const go = (name: string) => {
    const together = async () => {
      there.add(name);
      while (there.size < 2) await new Promise((resolve) => setImmediate(resolve));
    };
    const means = meansFor(
      scriptedModel(() => "A", together),
      { process: { name, isAlive: () => true } },
    );
    return judgeStudy(context, requestFor({ limits: { concurrency: 2 } }), means);
  };
  const both = await Promise.all([go("here:1"), go("here:2")]);
  expect(both[0].progress.calls + both[1].progress.calls).toBe(8);
  expect(both.some(({ said }) => said.startsWith("Everything is judged."))).toBe(true);
  for (const { said, progress } of both)
    if (progress.judged < 8) expect(said).toMatch(/no verdict yet; \d of them are with another process/);
});
