import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { ModelServer } from "../../../server/model-servers/model-call.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { hideInterimP } from "../../../server/reports/interim-p.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type Asked, meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";
import { exported, loadInto, rowsOf } from "./export-support.ts";

const verdict = ({ a, b, calls }: Asked) => {
  if (calls % 5 === 4) return { text: "Both are fine, I think." };
  return a.length === b.length ? "tie" : a.length > b.length ? "A" : "B";
};

/** A server that answers as two models in turn. */
function asTwo(model: ReturnType<typeof scriptedModel>): ModelServer {
  let calls = 0;
  return {
    ...model,
    ask: async (request, signal) => {
      const reportedModel = calls++ % 2 === 0 ? "m-2026" : "m-2027";
      return { ...(await model.ask(request, signal)), reportedModel };
    },
  };
}

/** A study that two models have judged as one, in both orders and again, with replies that could not be read. */
async function judged(context: Context): Promise<void> {
  await openStudy(context, { prompts: 6, baselines: 2, annotators: 1 });
  const request = requestFor({ settings: { orders: "both", repeats: 1 } });
  await judgeStudy(context, request, meansFor(asTwo(scriptedModel(verdict))));
}

async function again(context: Context, from: Context, ...files: string[]): Promise<void> {
  const { pairs, seed } = await from.database.read(async ({ db }) => {
    const study = await db.selectFrom("study").select("seed").executeTakeFirstOrThrow();
    const protocol = await db.selectFrom("protocol").select("body").executeTakeFirstOrThrow();
    return { ...study, ...(JSON.parse(protocol.body) as { pairs: { target: string; baselines: string[] } }) };
  });
  await createStudy(context, { name: "again", seed, ...pairs });
  await loadInto(context, "again", files, null, { made: true });
}

const figures = async (context: Context, study: string) => {
  const { judges, byAnnotator } = await buildFullReport(context, { study });
  return JSON.stringify(hideInterimP({ judges, byAnnotator }, true)); // one of the two studies is open
};

describe.each(DATABASES)("what a model's calls came to, exported and loaded again on %s", (kind) => {
  it.each(["jsonl", "csv"] as const)("comes with %s, and gives the same figures", async (as) => {
    const context = await testContext(kind);
    await judged(context);
    const { file, text } = await exported(context, as, { study: "s" });
    const other = await testContext(kind);
    const texts = await exported(context, "texts", { study: "s" });
    await again(other, context, texts.file, file);
    const { judges } = await buildFullReport(other, { study: "again" });
    const { calls = 0, failures } = judges.judges[0]?.calls ?? {};
    expect(calls).toBeGreaterThan(36);
    expect(failures).toEqual([{ kind: "unreadable", count: calls - 36 }]);
    const versions = judges.judges[0]?.calls?.versions ?? [];
    expect(versions.map(({ model }) => model)).toEqual(["m-2026", "m-2027"]);
    expect(versions.reduce((sum, { verdicts }) => sum + verdicts, 0)).toBe(36);
    expect(await figures(other, "again")).toBe(await figures(context, "s"));
    if (as === "csv") return;
    expect(rowsOf(text).filter((row) => row.model_calls !== null)).toHaveLength(1);
    const lines = rowsOf((await exported(other, as, { study: "again" })).text);
    expect(lines.map((row) => row.model_calls)).toEqual(rowsOf(text).map((row) => row.model_calls));
  });

  it("is refused where it is not as an export writes it", async () => {
    const context = await testContext(kind);
    await judged(context);
    const { file, text } = await exported(context, "jsonl", { study: "s" });
    fs.writeFileSync(file, text.replace('"promptTokens":', '"tokens":'));
    const other = await testContext(kind);
    await expect(again(other, context, file)).rejects.toThrow("ModelCallsWrong");
  });
});
