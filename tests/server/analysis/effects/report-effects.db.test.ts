import { describe, expect, it } from "vitest";
import { effectsSchema, positionSchema, slicesSchema } from "../../../../server/contract/report-effects.ts";
import type { Context } from "../../../../server/context.ts";
import { effectsOf } from "../../../../server/analysis/effects/effects.ts";
import { positionOf } from "../../../../server/analysis/position/position.ts";
import { readPromptFields } from "../../../../server/analysis/slices/read-prompt-fields.ts";
import { readTextFeatures } from "../../../../server/analysis/effects/read-texts.ts";
import { slicesOf } from "../../../../server/analysis/slices/slices.ts";
import { readStudy } from "../../../../server/analysis/rows/study-data.ts";
import { DATABASES, testContext } from "../../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../../support/study-rows.ts";

const PROMPTS = 24;
const promptName = (i: number) => `p${String(i).padStart(2, "0")}`;

/** Each prompt judged by three people; who is shown the longer response of the two prefers it. */
const judgments: GivenJudgment[] = Array.from({ length: PROMPTS * 3 }, (_, i) => {
  const prompt = Math.floor(i / 3);
  const isTargetLonger = prompt % 3 !== 0;
  const isLeft = i % 2 === 0;
  const disagrees = i % 7 === 0;
  const choice = i % 11 === 0 ? "tie" : (isTargetLonger === isLeft) !== disagrees ? "left" : "right";
  const [left, right] = isLeft ? ["target", "baseline"] : ["baseline", "target"];
  return { prompt: promptName(prompt), left, right, group: "crowd", annotator: `a${i % 5}`, choice } as const;
});

/** Writes texts and metadata in place of the empty ones, and times that follow the judgments' ids. */
async function fill({ database }: Context): Promise<void> {
  await database.transact(async ({ db }) => {
    const responses = await db
      .selectFrom("response as r")
      .innerJoin("prompt as p", "p.id", "r.prompt_id")
      .innerJoin("system as s", "s.id", "r.system_id")
      .select(["r.id", "p.id as promptId", "p.external_id as prompt", "s.name as system"])
      .execute();
    for (const { id, promptId, prompt, system } of responses) {
      const number = Number(prompt.slice(1));
      const isLonger = (system === "target") === (number % 3 !== 0);
      const text = `${isLonger ? "# Title\n- **one**\n- two\n" : ""}${"long 𝒂".repeat((isLonger ? 9 : 2) + (number % 4))}`;
      const turns = JSON.stringify([text, "a second turn"]);
      await db.updateTable("response").set({ turns, turn_count: 2 }).where("id", "=", id).execute();
      const metadata = JSON.stringify({
        source: number % 2 ? "forum" : "wiki",
        id: number,
        tags: ["x"],
        only: "one",
        level: number < 12,
      });
      const prompts = db
        .updateTable("prompt_text")
        .set({ turns: JSON.stringify([`q${"?".repeat(number)}`]), metadata });
      await prompts.where("prompt_id", "=", promptId).execute();
    }
    const judged = await db.selectFrom("judgment").select("id").orderBy("id").execute();
    for (const [k, { id }] of judged.entries()) {
      const judged_at = new Date(Date.UTC(2026, 0, 5) + k * 60_000).toISOString();
      await db.updateTable("judgment").set({ judged_at }).where("id", "=", id).execute();
    }
  });
}

describe.each(DATABASES)("what bends the judgments of a study on %s", (kind) => {
  async function study(firstId = 1, order = judgments) {
    const context = await testContext(kind);
    const rows = new StudyRows(
      context,
      {
        name: "bent",
        systems: ["baseline", "target", "unjudged"],
        groups: [{ name: "crowd", kind: "crowd" }],
        pairs: { target: "target", baselines: ["baseline"] },
      },
      firstId,
    );
    await rows
      .judge(...order)
      .withTexts()
      .write();
    await fill(context);
    return context;
  }

  const blocksOf = (context: Context) =>
    context.database.read(async (reader) => {
      const data = await readStudy(reader, "bent");
      const texts = await readTextFeatures(reader, data);
      const fields = await readPromptFields(reader, data);
      return {
        data,
        texts,
        position: positionOf(data),
        effects: effectsOf(data, texts),
        slices: slicesOf(data, fields),
      };
    });

  it("counts the texts that were judged, and no others", async () => {
    const { data, texts } = await blocksOf(await study());
    const systemOf = (name: string) => data.facts.systems.findIndex((system) => system.name === name);
    const features = (prompt: number, system: string, turn = 1) => {
      const at = texts.placeOf({ prompt, system: systemOf(system), turn });
      return at < 0 ? null : texts.columns.map((column) => column[at]);
    };
    expect(features(1, "target")).toEqual(["# Title\n- **one**\n- two\n".length + 60, 1, 2, 1]);
    expect(features(1, "baseline")).toEqual([18, 0, 0, 0]);
    expect(features(1, "unjudged")).toBeNull();
    expect(features(1, "target", 2)).toBeNull();
  });

  it("finds that longer responses are preferred, and slices by what files say", async () => {
    const { position, effects, slices } = await blocksOf(await study());
    positionSchema.parse(position);
    effectsSchema.parse(effects);
    slicesSchema.parse(slices);
    const count = (choice: string) => judgments.filter((one) => one.choice === choice).length;
    expect([position.left, position.right, position.ties]).toEqual([
      count("left"),
      count("right"),
      count("tie"),
    ]);
    if ("notEstimable" in effects.style) throw new Error(effects.style.notEstimable);
    expect(effects.style.judgments).toBe(judgments.length);
    const [length] = effects.style.features;
    expect("value" in length!.morePreferred && length!.morePreferred.value).toBeGreaterThan(0.8);
    expect(effects.style.lengthControlled).toHaveLength(1);
    expect(slices.map(({ field, values }) => [field, values])).toEqual([
      ["source", 2],
      ["id", 24],
      ["level", 2],
      ["prompt length", 4],
    ]);
    const [source] = slices;
    expect(source!.slices.map(({ value, prompts }) => [value, prompts])).toEqual([
      ["forum", 12],
      ["wiki", 12],
    ]);
    expect(slices.at(-1)!.slices[0]!.value).toBe("1 to 6 characters");
  });

  it("counts judgments on a turn with all text up to it, and none of a load that is not published", async () => {
    const context = await study();
    await context.database.transact(async ({ db }) => {
      await db.updateTable("comparison").set({ turn: 2 }).execute();
    });
    const second = await blocksOf(context);
    const target = second.data.facts.systems.findIndex(({ name }) => name === "target");
    const at = second.texts.placeOf({ prompt: 1, system: target, turn: 2 });
    expect(second.texts.columns[0]![at]).toBe(
      "# Title\n- **one**\n- two\n".length + 60 + "a second turn".length,
    );
    await context.database.transact(async ({ db }) => {
      await db.updateTable("comparison").set({ turn: 3 }).execute();
    });
    const third = await blocksOf(context);
    expect(third.effects.style).toEqual({ notEstimable: "no judgments of responses that were loaded" });
    await context.database.transact(async ({ db }) => {
      await db.updateTable("comparison").set({ turn: 1 }).execute();
      await db.updateTable("load").set({ state: "failed" }).execute();
    });
    const unpublished = await blocksOf(context);
    expect(unpublished.effects.style).toEqual({ notEstimable: "no judgments of responses that were loaded" });
    expect(unpublished.slices).toEqual([]);
  });

  it("is the same whatever ids the rows have and in whatever order they were stored", async () => {
    const own = await blocksOf(await study());
    const backwards = judgments.map((one) => one).reverse();
    const other = await blocksOf(await study(5000, backwards));
    expect(other.position).toEqual(own.position);
    expect(other.effects.style).toEqual(own.effects.style);
    expect(other.slices).toEqual(own.slices);
  });
});
