import { afterEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { JudgeLimits } from "../../../server/contract/judges.ts";
import { checkResponses } from "../../../server/generation/check.ts";
import { generateResponses } from "../../../server/generation/generate.ts";
import { findAdapter } from "../../../server/model-servers/adapters/index.ts";
import { anyAddress } from "../../../server/model-servers/addresses.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { openModelServer } from "../../../server/model-servers/model-server.ts";
import { listRuns } from "../../../server/judges/run-store.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { generationOf, moving, responsesOf } from "../../support/generation.ts";
import { meansFor, requestFor } from "../../support/judge.ts";
import {
  playReplies,
  type ReplyRow,
  replyRows,
  type ReplyServer,
} from "../../support/model-servers/replies.ts";
import { openStudy } from "../../support/study.ts";

const ROWS = replyRows(new URL("../../../fixtures/model-replies/replies.jsonl", import.meta.url));
const PRICE = { input: 2, output: 8 };
const PROMPTS = 10;
const CHOICES = ["left", "tie", "right"];
/** Pauses of half a second and of one fit; the next one does not. */
const MINUTES = 0.05;
const isSilent = ({ raw }: ReplyRow) => raw === "$SILENCE";
/** What is waited for until the time is over: pauses are as long as they can be. */
const isWaitedFor = ({ want }: ReplyRow) => want.startsWith("time spent");

const running: ReplyServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function playing(row: ReplyRow, kind: (typeof DATABASES)[number] = "sqlite") {
  const context = moving(await testContext(kind));
  await openStudy(context, { prompts: PROMPTS, baselines: 1, annotators: 1 });
  const server = await playReplies(row);
  running.push(server);
  return { context, server };
}

const serverFor = (row: ReplyRow, url: string, context: Context) =>
  openModelServer({
    ...{ adapter: findAdapter(row.wire)!, baseUrl: url, key: null, addresses: anyAddress },
    timeoutMs: isSilent(row) ? 2000 : 30_000,
    ...{ concurrency: 4, clock: context.clock },
  });

async function judged(
  row: ReplyRow,
  limits: Partial<JudgeLimits> = {},
  kind: (typeof DATABASES)[number] = "sqlite",
) {
  const { context, server } = await playing(row, kind);
  const settings = { adapter: row.wire, baseUrl: server.url, maxTokens: 1024 };
  const minutes = isWaitedFor(row) ? MINUTES : null;
  const notices: string[] = [];
  const summary = await judgeStudy(
    context,
    requestFor({ price: PRICE, settings, limits: { concurrency: 2, minutes, ...limits } }),
    meansFor(serverFor(row, server.url, context), {
      random: () => (isWaitedFor(row) ? 0.99 : 0.01),
      onNotice: (said) => void notices.push(said),
    }),
  );
  const choices = await context.database.read(({ db }) =>
    db.selectFrom("judgment").select("choice").execute(),
  );
  const [run] = await context.database.read((reader) => listRuns(reader, "s"));
  return { context, server, summary, run: run!, notices, choices: choices.map(({ choice }) => choice) };
}

const named = (name: string): ReplyRow => ROWS.get(name)!;

describe("what model servers answer", () => {
  it.each([...ROWS.values()].map((row) => [row.name, row.want, row] as const))(
    "%s: %s",
    async (_, want, row) => {
      const atOnce = isSilent(row) ? { attempts: 1, concurrency: PROMPTS } : {};
      const { summary, run, choices, server } = await judged(row, atOnce);
      const [ending, kind] = want.includes(": ") ? want.split(": ") : [null, want];
      if (ending !== null) expect(summary.ending).toBe(ending);
      if (CHOICES.includes(kind)) {
        expect(choices).toEqual(Array<string>(PROMPTS).fill(kind));
        expect(summary.ending).toBe("done");
      } else {
        expect(choices).toEqual([]);
        expect(run.failures.map((failure) => failure.kind)).toEqual([kind]);
      }
      expect(summary.progress.dollars! + 1e-9).toBeGreaterThanOrEqual(
        want === "gave up: rejected" ? 0 : server.bill(PRICE),
      );
      if (isWaitedFor(row)) expect(summary.progress.calls).toBeLessThan(PROMPTS);
      if (row.isUnbilled) expect(summary.progress.dollars ?? 0).toBe(0);
    },
  );

  it.each([...ROWS.values()].map((row) => [row.name, row] as const))(
    "%s is never paid for beyond the limit",
    async (_, row) => {
      const dollars = 0.03;
      const { server, summary } = await judged(row, { dollars, concurrency: 4 });
      expect(server.bill(PRICE)).toBeLessThanOrEqual(dollars);
      expect(summary.progress.dollars ?? 0).toBeLessThanOrEqual(dollars);
    },
  );

  it("asks once about what cannot change, and with more room about what was cut off", async () => {
    const calls = async (name: string) => (await judged(named(name))).summary.progress.calls;
    expect(await calls("refusal-member")).toBe(PROMPTS);
    expect(await calls("too-long-422")).toBe(PROMPTS);
    const cut = await judged(named("hidden-reasoning-eats-limit"));
    expect(cut.summary.said).toContain("--max-tokens 4096");
    expect(cut.summary.progress.calls).toBeLessThan(2 * PROMPTS);
  });

  it.each(DATABASES)("counts for each model that answered as the judge, on %s", async (kind) => {
    const { context } = await judged(named("model-changes"), {}, kind);
    const { judges } = (await buildFullReport(context, { study: "s" })).judges;
    const { versions = [] } = judges[0]!.calls!;
    expect(versions.map(({ model, verdicts, first }) => [model, verdicts, first])).toEqual([
      ["judge-2026-01-01", PROMPTS / 2, PROMPTS / 2],
      ["judge-2026-02-01", PROMPTS / 2, PROMPTS / 2],
    ]);
    for (const { pairs } of versions) {
      expect(pairs).toHaveLength(1);
      const [{ win, tie, loss }] = pairs as [(typeof pairs)[number]];
      expect([win + loss, tie]).toEqual([PROMPTS / 2, 0]);
    }
    const [one] = (await buildFullReport((await judged(named("good"))).context, { study: "s" })).judges
      .judges;
    expect(one!.calls!.versions).toBeUndefined();
  });

  it("is said where it matters to whoever waits or pays", async () => {
    const said = async (name: string, limits: Partial<JudgeLimits> = {}) => {
      const { summary, notices } = await judged(named(name), limits);
      return [...notices, summary.said].join("\n");
    };
    expect(await said("html-with-200")).toContain("/v1/chat/completions answers with a web page");
    expect(await said("404-html")).toMatch(/Asked was http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/);
    expect(await said("needs-header")).toContain("--header");
    expect(await said("model-changes")).toContain("judge-2026-01-01, judge-2026-02-01");
    const limited = await said("429-for-86-minutes");
    expect(limited).toMatch(/rate limited by 127\.0\.0\.1:\d+, waiting until 10:2\d UTC/);
    const untold = await judged(named("usage-missing"));
    expect(untold.summary.progress).toMatchObject({ notTold: PROMPTS, atMost: PROMPTS });
    const told = await judged(named("usage-with-cost"));
    expect(told.summary.progress.dollars).toBeCloseTo(PROMPTS * 0.0123, 9);
    expect((await judged(named("a-cache"))).summary.progress.promptTokens).toBe(5000 * PROMPTS);
  });
});

describe("a run that was interrupted", () => {
  const STUCK_WAYS = ["content-filter", "nothing-taken", "too-long", "empty", "only one at a time"];

  it.each(STUCK_WAYS)(
    "reaches every pair that can be reached, however many others fail: %s",
    async (name) => {
      const way = name === "only one at a time" ? "nothing-taken" : name;
      const row: ReplyRow = { ...named(way), when: { messages_contain: STUCK } };
      const { context, server } = await playing(row);
      const settings = { baseUrl: server.url };
      const go = (calls: number) =>
        judgeStudy(
          context,
          requestFor({ settings, limits: { calls, concurrency: way === name ? 2 : 1 } }),
          meansFor(serverFor(row, server.url, context)),
        );
      const first = await go(6);
      const second = await go(6);
      expect(second.progress.judged).toBe(PROMPTS - STUCK.length);
      expect(first.progress.calls + second.progress.calls).toBe(12);
      let last = second;
      for (let run = 0; run < 4; run++) {
        last = await go(60);
        expect(last.ending).toBe("done");
      }
      expect(last).toMatchObject({ progress: { calls: 0, judged: PROMPTS - STUCK.length } });
      expect(last.unjudged.count).toBe(STUCK.length);
      expect(last.unjudged.pairs).toMatchObject(STUCK.map((_, i) => ({ prompt: `p${i}`, failures: 3 })));
      expect(last.said).toContain("--attempts");
    },
  );
});
const STUCK = ["prompt 0 ", "prompt 1 ", "prompt 2 ", "prompt 3 "];

describe("responses that come with reasoning", () => {
  async function generated(name: string) {
    const row = named(name);
    const { context, server } = await playing(row);
    const request = generationOf({ system: "new", settings: { adapter: row.wire, baseUrl: server.url } });
    const notices: string[] = [];
    const done = await generateResponses(context, request, {
      server: serverFor(row, server.url, context),
      random: () => 0.01,
      stop: new AbortController().signal,
      abandon: new AbortController().signal,
      onProgress: () => undefined,
      onNotice: (said) => void notices.push(said),
    });
    return { context, done, notices, stored: await responsesOf(context, "new") };
  }

  it.each(["think-closed", "think-no-opening", "thought-tag", "seed-think", "channels", "square-tags"])(
    "in the text, as %s, are stored without it",
    async (name) => {
      const { context, done, notices, stored } = await generated(name);
      expect(stored).toHaveLength(PROMPTS);
      for (const { turns, generation } of stored) {
        expect(turns).toEqual([expect.stringMatching(/^\{"reasoning": "Response A .*"A"\}$/)]);
        expect(generation.turns).toMatchObject([{ thinking: expect.any(String) as string }]);
      }
      expect(done.withThinking).toBe(PROMPTS);
      expect(notices.join()).toContain("no annotator sees it");
      expect((await checkResponses(context, { study: "s" })).found).toEqual([]);
    },
  );

  it.each([
    ["think-never-closed", "only reasoning"],
    ["reasoning-only", "only reasoning"],
    ["choices-empty", "empty"],
    ["tool-call", "empty"],
  ])("or with nothing else, as %s, are not stored", async (name, kind) => {
    const { done, stored } = await generated(name);
    expect(stored).toEqual([]);
    expect(new Set(done.unanswered.map((one) => one.kind))).toEqual(new Set([kind]));
  });

  it.each(["finish-model-length", "cut-in-other-words"])(
    "or are cut off, as %s, are marked",
    async (name) => {
      const { done, stored } = await generated(name);
      expect(done.truncated.count).toBe(PROMPTS);
      for (const { generation } of stored) expect(generation.truncated).toBe(true);
    },
  );

  it("and were stored by an earlier version are listed", async () => {
    const { context } = await generated("good");
    const set = (id: string, turns: string[], metadata: object) =>
      context.database.transact(({ db }) =>
        db
          .updateTable("response")
          .set({ turns: JSON.stringify(turns), metadata: JSON.stringify(metadata) })
          .where("prompt_id", "=", (e) => e.selectFrom("prompt").select("id").where("external_id", "=", id))
          .where("system_id", "=", (e) => e.selectFrom("system").select("id").where("name", "=", "new"))
          .execute(),
      );
    await set("p0", ["<think>\nHm.\n</think>\nYes."], {});
    await set("p1", ["<think>\nHm."], { generation: { truncated: false, turns: [{ finish: "complete" }] } });
    await set("p2", ["Yes."], { generation: { truncated: false, turns: [{ finish: "unknown" }] } });
    await set("p3", ["Close it with `</think>`."], {});
    const { checked, found } = await checkResponses(context, { study: "s", system: "new" });
    expect(checked).toBe(PROMPTS);
    expect(found.map(({ prompt, fault, isGenerated }) => [prompt, fault, isGenerated])).toEqual([
      ["p0", "reasoning", false],
      ["p1", "nothing but reasoning", true],
      ["p2", "unknown end", true],
    ]);
    await expect(checkResponses(context, { study: "s", system: "none" })).rejects.toThrow(
      "has no system called none. Its systems:",
    );
  });

  it("are asked for of other prompts first where some failed before", async () => {
    const row: ReplyRow = { ...named("empty"), when: { messages_contain: ["prompt 0 ", "prompt 1 "] } };
    const { context, server } = await playing(row);
    const go = async (calls: number) => {
      const limits = { calls };
      const request = generationOf({ system: "new", settings: { baseUrl: server.url }, limits });
      return generateResponses(context, request, {
        ...{ server: serverFor(row, server.url, context), random: () => 0.01 },
        ...{ stop: new AbortController().signal, abandon: new AbortController().signal },
        ...{ onProgress: () => undefined, onNotice: () => undefined },
      });
    };
    expect((await go(2)).progress).toMatchObject({ stored: 0, failed: 2 });
    expect((await go(8)).progress).toMatchObject({ stored: 8, failed: 0 });
    expect((await go(8)).progress).toMatchObject({ stored: 0, failed: 2, calls: 2 });
  });
});
