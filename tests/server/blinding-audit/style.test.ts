import { describe, expect, it } from "vitest";
import type { ToldApart } from "../../../server/contract/blinding.ts";
import { habitsOf, telltales } from "../../../server/blinding-audit/style/habits.ts";
import { StyleSample } from "../../../server/blinding-audit/style/sample.ts";
import { STYLE_SIZE, styleOf } from "../../../server/blinding-audit/style/style.ts";
import { FIRST, times } from "../../support/effort.ts";
import { alike } from "./texts.ts";

/** @param change makes the second system's text another */
async function tell(seed: string, prompts: number, change = (text: string) => text) {
  const sample = new StyleSample();
  for (const { prompt, first, second } of alike(seed, prompts)) {
    sample.add({ system: "north", prompt, text: first });
    sample.add({ system: "south", prompt, text: change(second) });
  }
  const [told] = await sample.toldApart([["north", "south"]], seed);
  return { told: told!, telltales: telltales(sample.habits) };
}

const isTold = ({ corrected }: ToldApart): boolean => corrected !== null && corrected <= 0.05;

describe("style", () => {
  it("does not tell one system's answers under two names apart, but for its declared error", async () => {
    const seeds = times(12);
    let told = 0;
    for (let k = FIRST; k < FIRST + seeds; k++) {
      const study = await tell(`two names ${k}`, 60);
      if (isTold(study.told)) told++;
      expect(study.telltales.flatMap(({ openings, formats }) => [...openings, ...formats])).toEqual([]);
    }
    expect(told / seeds).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / seeds));
  });

  it.each<[string, (text: string) => string, { openings: string[]; formats: string[] }]>([
    ["longer answers", (text) => `${text} ${text}`, { openings: [], formats: [] }],
    ["an opening", (text) => `Sure, I can! ${text}`, { openings: ["sure i can"], formats: [] }],
    ["bold text", (text) => text.replace(/(\w+)\.$/, "**$1**."), { openings: [], formats: ["bold text"] }],
  ])("tells a system with %s from one without", async (_, change, { openings, formats }) => {
    const study = await tell("habits", 60, change);
    expect(isTold(study.told)).toBe(true);
    const south = study.telltales.find(({ system }) => system === "south")!;
    expect([[...south.openings], [...south.formats]]).toEqual([openings, formats]);
  });

  it("has the forms of lists, tables and rules, indented or not, on any line", () => {
    const forms = [" - a", "\t12) b", "  | a | b | ", "*** ", "|a|"].map((line) => `x\n\n${line}\n\ny`);
    expect(forms.map((text) => habitsOf(text).formats)).toEqual([
      ...[["bulleted lists"], ["numbered lists"], ["tables"], ["rules (---)"], []],
    ]);
  });

  it("says that it cannot tell by fewer than 50 prompts", async () => {
    const { told } = await tell("few", 49, (text) => text.toUpperCase());
    expect(told).toMatchObject({
      accuracy: { notEstimable: "fewer than 50 prompts" },
      p: null,
      corrected: null,
    });
  });

  it("is a row of finite numbers for any text", () => {
    for (const text of [
      "",
      " ",
      "?",
      "一二三，四。",
      "😀",
      "```\n```",
      "# A\n\n| a | b |",
      "x".repeat(50_000),
      `a${"\n".repeat(19_000)}b`, // an output that got stuck: looking at each line again would take minutes
      `a${"\n".repeat(300_000)}b`,
    ]) {
      habitsOf(text);
      const style = styleOf(text);
      expect(style).toHaveLength(STYLE_SIZE);
      expect(style.every(Number.isFinite), text.slice(0, 20)).toBe(true);
    }
  });
});
