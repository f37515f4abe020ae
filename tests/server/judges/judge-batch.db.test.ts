import { describe, expect, it } from "vitest";
import { giveUpBatches, readBatch } from "../../../server/judges/batch-read.ts";
import { writeBatch } from "../../../server/judges/batch-write.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { listRuns } from "../../../server/judges/run-store.ts";
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
    const write = (line: string) => void lines.push(JSON.parse(line) as Line);
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
    const rest = await read([...results, { custom_id: "somebody-else" }, { no: "line" }]);
    expect(rest).toMatchObject({ verdicts: CALLS - 5, again: 5, unknown: 2, waiting: 0, failures: [] });
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
      ...["expired", "rejected", "truncated", "unreadable"],
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
    expect(await read([answered(lines[0]!, says("A"))])).toMatchObject({ again: 1, verdicts: 0 });
    const after = scriptedModel(() => "tie");
    await judgeStudy(context, requestFor({ settings: { orders: "both" } }), meansFor(after));
    expect(after.asked).toHaveLength(6);
  });
});
