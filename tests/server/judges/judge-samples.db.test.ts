import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { Amendment } from "../../../server/contract/amendments.ts";
import { judgedQuerySchema } from "../../../server/contract/judged.ts";
import { judgedComparisons } from "../../../server/drill-down/judged.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { listCalls } from "../../../server/judges/shown-calls.ts";
import { resolved } from "../../../server/judges/method/presets.ts";
import { amendStudy } from "../../../server/studies/amendments/amend-study.ts";
import { DEFAULT_WORDING } from "../../../server/studies/default-wordings.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgedBy, meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

const COMPARISONS = 6;

describe.each(DATABASES)("what a verdict is made of, on %s", (kind) => {
  async function study(): Promise<Context> {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    return context;
  }
  const asking = (samples: number, limits = {}) =>
    requestFor({
      ...{
        limits,
        settings: resolved({ orders: "one", temperature: 1, structured: true, method: { samples } }),
      },
    });

  it("keeps what the model thought, where it is to, apart from its reasons and out of its verdict", async () => {
    const context = await study();
    const model = scriptedModel(() => ({
      text: '{"reasoning": "So.", "verdict": "B"}',
      thinking: "Hm\u0000.\nVerdict: A",
    }));
    await judgeStudy(context, requestFor({ annotator: "plain" }), meansFor(model));
    expect((await judgedBy(context, "plain"))[0]).toMatchObject({ rationale: "So.", metadata: null });
    const keeping = { settings: { keepThinking: true } };
    await judgeStudy(context, requestFor({ ...keeping, limits: { calls: 1 } }), meansFor(model));
    await judgeStudy(context, requestFor({ limits: { calls: 1 } }), meansFor(model)); // the same judge, for all that
    const judged = (await judgedBy(context)).filter(({ choice }) => choice !== null);
    expect(judged.map(({ choice, rationale }) => `${choice}: ${rationale}`)).toEqual([
      ...["right: So.", "right: So."],
    ]);
    expect(new Set(judged.map(({ metadata }) => metadata))).toEqual(
      new Set([null, JSON.stringify({ thinking: "Hm\ufffd.\nVerdict: A" })]),
    );

    const several = asking(2);
    const said = scriptedModel(({ calls }) => ({
      text: `{"reasoning": "${calls}.", "verdict": "A"}`,
      thinking: calls === 0 ? "The first." : null,
    }));
    const settings = { ...several.settings, keepThinking: true };
    await judgeStudy(
      context,
      { ...several, annotator: "n", settings, limits: { ...several.limits, calls: 2, concurrency: 2 } },
      meansFor(said),
    );
    const [verdict] = (await judgedBy(context, "n")).filter(({ choice }) => choice !== null);
    expect(verdict).toMatchObject({
      ...{ rationale: "0.", metadata: '{"samples":["left","left"],"thinking":"The first."}' },
    });
    const reading = { context, reports: { answer: () => Promise.reject(new Error("not sorted")) } };
    const { comparisons } = await judgedComparisons({ ...reading, render: async (turns) => turns }, "s", {
      query: judgedQuerySchema.parse({ group: "judges", annotator: "n" }),
      member: null,
    });
    const shown = comparisons[0]!.judgments.find(({ annotator }) => annotator === "n");
    expect(shown).toMatchObject({ rationale: "0.", thinking: "The first." });
    expect(comparisons[0]!.judgments.find(({ annotator }) => annotator === "plain")).not.toHaveProperty(
      "thinking",
    );
  });

  it("makes no verdict of samples about two texts, or in two wordings", async () => {
    const context = await study();
    const limits = { calls: 2, concurrency: 2 };
    const answers = async (text: "A" | "tie", calls: number | null) =>
      judgeStudy(context, asking(3, { ...limits, calls }), meansFor(scriptedModel(() => text)));
    await answers("A", 2); // of the three that make a verdict
    const first = (await judgedBy(context)).find(({ ended }) => ended === null);
    const prompt = await context.database.read(({ db }) =>
      db
        .selectFrom("comparison as c")
        .innerJoin("prompt as p", "p.id", "c.prompt_id")
        .select("p.external_id as name")
        .where("c.id", "=", first!.comparison)
        .executeTakeFirstOrThrow(),
    );
    const amend = (amendment: Amendment) =>
      amendStudy(context, { study: "s", amendment, reason: "because", by: "test" });
    await amend({ responses: [{ prompt: prompt.name, system: "t", output: "another text" }] });
    await answers("tie", 2);
    await amend({
      protocol: { wording: { en: { ...DEFAULT_WORDING, question: "Which is more helpful?" } } },
    });
    await answers("A", null);
    const judged = (await judgedBy(context)).filter(({ choice }) => choice !== null);
    expect(judged.map(({ metadata }) => metadata)).toEqual(
      Array(COMPARISONS).fill('{"samples":["left","left","left"]}'),
    );
    const { calls } = await context.database.read((reader) => listCalls(reader, "s", { limit: 200 }));
    expect(calls).toHaveLength(2 + 2 + 3 * COMPARISONS);
  });
});
