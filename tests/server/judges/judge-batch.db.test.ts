import { describe, expect, it } from "vitest";
import { giveUpBatches, readBatch } from "../../../server/judges/batch-read.ts";
import { writeBatch } from "../../../server/judges/batch-write.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import type { JudgeSettings } from "../../../server/contract/judges.ts";
import { listCalls, showCall } from "../../../server/judges/shown-calls.ts";
import { listRuns } from "../../../server/judges/run-store.ts";
import { mannersOf } from "../../../server/model-servers/manners.ts";
import { DEFAULT_WORDING } from "../../../server/studies/default-wordings.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgedBy, meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

interface Line {
  custom_id: string;
  method: string;
  url: string;
  body: { model: string; messages: { content: string }[]; max_tokens: number };
}

const CALLS = 16;

describe.each(DATABASES)("a batch file, on %s", (kind) => {
  async function written(calls: number | null = null) {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 4, baselines: 2, annotators: 1 });
    const lines: Line[] = [];
    const request = requestFor({ settings: { orders: "both" }, limits: { calls } });
    const write = (text: string) => void lines.push(JSON.parse(text) as Line);
    const made = await writeBatch(context, request, { wording: DEFAULT_WORDING, write });
    expect(made.calls).toBe(lines.length);
    const read = (results: readonly object[]) =>
      readBatch(context, "s", {
        lines: textsOf(results),
        priceOf: () => ({ input: 2, output: 10 }),
      });
    return { context, lines, read };
  }

  async function* textsOf(results: readonly object[]) {
    for (const result of results) yield JSON.stringify(result);
  }

  const answered = ({ custom_id }: Line, content: string, finish_reason = "stop") => ({
    id: `batch_${custom_id}`,
    custom_id,
    response: {
      status_code: 200,
      body: {
        model: "m-2026",
        choices: [{ index: 0, finish_reason, message: { role: "assistant", content } }],
        usage: { prompt_tokens: 100, completion_tokens: 10 },
      },
    },
    error: null,
  });
  const says = (label: string) => JSON.stringify({ reasoning: "So.", verdict: label });

  it("holds every call once, in both orders, as one request a line", async () => {
    const { context, lines } = await written();
    expect(lines).toHaveLength(CALLS);
    expect(new Set(lines.map(({ custom_id }) => custom_id)).size).toBe(CALLS);
    for (const { method, url, body } of lines) {
      expect([method, url, body.model, body.max_tokens]).toEqual(["POST", "/v1/chat/completions", "m", 500]);
      expect(body.messages.at(-1)!.content).toContain("[[RESPONSE A ");
    }
    expect((await judgedBy(context)).every(({ ended }) => ended === null)).toBe(true);
  });

  it("becomes judgments when its results are read, whatever their order, and once however often", async () => {
    const { context, lines, read } = await written();
    const results = [...lines].reverse().map((line, i) => answered(line, says(i % 2 === 0 ? "A" : "tie")));
    expect(await read(results.slice(0, 5))).toMatchObject({ lines: 5, verdicts: 5, waiting: CALLS - 5 });
    const rest = await read([...results, { ...results[0]!, custom_id: "somebody-else" }, { no: "line" }]);
    const odd = { unknown: 1, unreadable: 1 };
    expect(rest).toMatchObject({ verdicts: CALLS - 5, again: 5, waiting: 0, failures: [], ...odd });
    const judged = await judgedBy(context);
    expect(judged.filter(({ choice }) => choice !== null)).toHaveLength(CALLS);
    const [run] = await context.database.read((reader) => listRuns(reader, "s"));
    expect(run).toMatchObject({ ending: "done", answered: CALLS });
    expect(run!.dollars).toBeCloseTo((CALLS * (100 * 2 + 10 * 10)) / 1e6 / 2, 12); // half the usual price
  });

  it("names what failed, and lets it be asked again", async () => {
    const { context, lines, read } = await written();
    const [expired, refused, cut, odd, ...others] = lines;
    const told = await read([
      {
        custom_id: expired!.custom_id,
        response: null,
        error: { code: "batch_expired", message: "Too late." },
      },
      {
        custom_id: refused!.custom_id,
        response: { status_code: 400, body: { error: { message: "No such model." } } },
        error: null,
      },
      answered(cut!, '{"reasoning":"', "length"),
      answered(odd!, "Both are fine."),
      ...others.map((line) => answered(line, says("B"))),
    ]);
    expect(told.verdicts).toBe(CALLS - 4);
    expect(told.failures.map(({ kind: name }) => name).sort()).toEqual([
      ...["bad request", "expired", "truncated", "unreadable"],
    ]);
    const model = scriptedModel(() => "A");
    await judgeStudy(context, requestFor({ settings: { orders: "both" } }), meansFor(model));
    expect(model.asked).toHaveLength(4);
  });

  it("is waited for until it is given up", async () => {
    const { context, lines, read } = await written(6);
    expect(lines).toHaveLength(6);
    const model = scriptedModel(() => "A");
    await judgeStudy(context, requestFor({ settings: { orders: "both" } }), meansFor(model));
    expect(model.asked).toHaveLength(CALLS - 6);
    expect(await giveUpBatches(context, "s")).toBe(6);
    expect(await giveUpBatches(context, "s")).toBe(0);
    const late = answered(lines[0]!, says("A")); // paid for all the same
    expect(await read([late])).toMatchObject({ again: 0, verdicts: 1 });
    expect(await read([late])).toMatchObject({ again: 1, verdicts: 0 });
    const after = scriptedModel(() => "tie");
    await judgeStudy(context, requestFor({ settings: { orders: "both" } }), meansFor(after));
    expect(after.asked).toHaveLength(5);
  });

  /** A file for another kind of server, whole, and what results that it gives come to. */
  async function fileOf(settings: Partial<JudgeSettings>) {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 2, annotators: 1 });
    let file = "";
    const write = (text: string) => void (file += text);
    const made = await writeBatch(context, requestFor({ settings }), { wording: DEFAULT_WORDING, write });
    const read = (results: readonly object[]) =>
      readBatch(context, "s", { lines: textsOf(results), priceOf: () => ({ input: 2, output: 10 }) });
    const calls = async () => (await context.database.read((r) => listCalls(r, "s", { limit: 200 }))).calls;
    return { context, file, made, read, calls };
  }

  it("is one object for Anthropic, whose results are read with their errors by name", async () => {
    const { file, read, made, calls, context } = await fileOf({ adapter: "anthropic" });
    const { requests } = JSON.parse(file) as { requests: { custom_id: string; params: object }[] };
    expect(requests).toHaveLength(4);
    expect(requests[0]!.params).toMatchObject({ model: "m", max_tokens: 500, temperature: 0 });
    expect(made.to).toContain("/v1/messages/batches");
    const [one, two, three, four] = requests.map(({ custom_id }) => custom_id);
    const message = { type: "message", model: "m-1", content: [{ type: "text", text: says("A") }] };
    const usage = { input_tokens: 100, output_tokens: 10 };
    const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    const told = await read([
      {
        custom_id: one,
        result: { type: "succeeded", message: { ...message, stop_reason: "end_turn", usage } },
      },
      { custom_id: two, result: { type: "errored", error: overloaded } },
      { custom_id: three, result: { type: "expired" } },
      { custom_id: four, result: { type: "canceled" } },
    ]);
    expect(told).toMatchObject({ verdicts: 1, waiting: 0 });
    expect(told.failures.map(({ kind: name }) => name)).toEqual(["server error", "expired", "canceled"]);
    expect(told.failures[0]!.message).toBe("Overloaded");
    const last = (await calls()).at(-1)!;
    expect(last).toMatchObject({ reportedModel: "m-1", dollars: 0.00015, latencyMs: null });
    const shown = await context.database.read((reader) => showCall(reader, "s", last.id));
    expect(shown).toMatchObject({ sent: { temperature: 0, form: "json_schema" }, whyNot: null });
    // none of the three failures was about its pair, so all are asked again
    const live = scriptedModel(() => "A");
    const only = requestFor({ settings: { adapter: "anthropic" }, limits: { attempts: 1 } });
    await judgeStudy(context, only, meansFor(live));
    expect(live.asked).toHaveLength(3);
  });

  it("is for OpenAI's responses, too, with members that were set by hand", async () => {
    const { file, read } = await fileOf({ adapter: "responses", body: { reasoning: { effort: "low" } } });
    const lines = file
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as { custom_id: string; url: string; body: object });
    expect(lines[0]).toMatchObject({ url: "/v1/responses", body: { max_output_tokens: 500 } });
    expect(lines[0]!.body).toMatchObject({ reasoning: { effort: "low" } });
    const output = [{ type: "message", content: [{ type: "output_text", text: says("tie") }] }];
    const told = await read([
      {
        custom_id: lines[0]!.custom_id,
        response: { status_code: 200, body: { model: "m-1", status: "completed", output } },
        error: null,
      },
      {
        custom_id: lines[1]!.custom_id,
        response: {
          status_code: 200,
          body: { status: "failed", output, error: { code: "server_error", message: "It broke off." } },
        },
        error: null,
      },
    ]);
    expect(told).toMatchObject({ verdicts: 1, waiting: 2 });
    expect(told.failures).toEqual([
      { kind: "server error", count: 1, message: expect.stringContaining("broke off") as string },
    ]);
  });

  it("has the parameters that a live call to the same server and model ended with", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 2, annotators: 1 });
    const write = (text: string) => void lines.push(JSON.parse(text) as Line);
    const lines: Line[] = [];
    const learnt = mannersOf(context, new URL(requestFor().settings.baseUrl));
    await learnt.keep("m", ["max_tokens", "temperature", "unstreamed replies"]);
    const made = await writeBatch(context, requestFor(), { wording: DEFAULT_WORDING, write });
    expect(made).toMatchObject({ calls: 4, without: ["max_tokens", "temperature"] });
    for (const { body } of lines) {
      expect(body).toMatchObject({ max_completion_tokens: 500 });
      for (const name of ["max_tokens", "temperature", "stream"]) expect(body).not.toHaveProperty(name);
    }
    const others = requestFor({ annotator: "m2", settings: { model: "m2" } });
    expect((await writeBatch(context, others, { wording: DEFAULT_WORDING, write })).without).toBeNull();
    await learnt.keep("m3", []); // it answered, and refused nothing
    const third = requestFor({ annotator: "m3", settings: { model: "m3" } });
    expect((await writeBatch(context, third, { wording: DEFAULT_WORDING, write })).without).toEqual([]);
  });

  it("holds all samples of each verdict, which its results make together, an expired one later", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 17, baselines: 2, annotators: 1 }); // 34 pairs: more calls than are claimed at once
    const lines: Line[] = [];
    const request = requestFor({ settings: { temperature: 1, seed: 5, method: { samples: 3 } } });
    const write = (text: string) => void lines.push(JSON.parse(text) as Line);
    await writeBatch(context, request, { wording: DEFAULT_WORDING, write });
    expect(lines).toHaveLength(34 * 3);
    const expired = {
      custom_id: lines[0]!.custom_id,
      error: { code: "batch_expired", message: "Too late." },
    };
    const results = lines.map((line, i) => (i === 0 ? expired : answered(line, says("A"))));
    const told = await readBatch(context, "s", { lines: textsOf(results), priceOf: () => null });
    expect(told).toMatchObject({ lines: 102, replies: 101, verdicts: 33, waiting: 0 });
    const rest: Line[] = [];
    const again = (text: string) => void rest.push(JSON.parse(text) as Line);
    await writeBatch(context, request, { wording: DEFAULT_WORDING, write: again });
    expect(rest.map(({ body }) => (body as { seed?: number }).seed)).toEqual([8]);
    const late = await readBatch(context, "s", {
      lines: textsOf([answered(rest[0]!, says("B"))]),
      priceOf: () => null,
    });
    expect(late).toMatchObject({ replies: 1, verdicts: 1 });
    expect((await judgedBy(context)).map(({ choice }) => choice)).toEqual(Array(34).fill("left"));
  });

  it("is refused where nothing could come of it", async () => {
    const settings = { adapter: "anthropic", method: { verdictFrom: "probabilities" as const } };
    await expect(fileOf(settings)).rejects.toThrow("log probabilities");
  });
});
