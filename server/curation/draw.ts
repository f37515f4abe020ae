import type { Context } from "../context.ts";
import type { PromptSetItem, PromptsWanted, SetDraw, SetDrawn } from "../contract/prompt-sets.ts";
import { counted } from "../report-document/numbers.ts";
import { chance } from "../prompt-sets/chance.ts";
import { PromptSetWrong } from "./errors.ts";
import { wholeVersion } from "./store.ts";
import { usedOf } from "./used.ts";

/**
 * The prompts that are meant: of a split, or all; with `draw`, some of them by chance. The same version, seed and studies give the same
 * prompts.
 * @throws PromptSetNotFound, VersionNotFound, PromptSetWrong where there are fewer than wanted
 */
export async function promptsOf(context: Context, set: string, wanted: PromptsWanted): Promise<SetDrawn> {
  const { split, draw } = wanted;
  return context.database.read(async (reader) => {
    const whole = await wholeVersion(reader, set, wanted.version);
    const { version, hash } = whole.version;
    const from = whole.items.filter((item) => split === undefined || item.split === split);
    const name = `${set}@${version}`;
    if (from.length === 0) throw new PromptSetWrong(`${name} has no prompts in the split ${split}.`);
    const used = await usedOf(reader, from);
    const pool = draw?.unused ? from.filter(({ id }) => !used.ids.has(id)) : from;
    if (draw && draw.size > pool.length)
      throw new PromptSetWrong(tooFew(name, { draw, from: from.length, left: pool.length }));
    return {
      ...{ set: whole.set, version, hash, split: split ?? null },
      ...{ from: from.length, used: used.ids.size, usedBy: [...used.usedBy] },
      items: draw ? drawn(pool, draw) : from,
    };
  });
}

/** The prompts with the smallest numbers that follow from seed and id, in the order of the set. */
function drawn(pool: readonly PromptSetItem[], { size, seed }: SetDraw): PromptSetItem[] {
  const numbered = pool.map((item) => ({ id: item.id, at: chance(seed, item.id) }));
  const taken = new Set(
    numbered
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .slice(0, size)
      .map(({ id }) => id),
  );
  return pool.filter(({ id }) => taken.has(id));
}

function tooFew(name: string, { draw, from, left }: { draw: SetDraw; from: number; left: number }): string {
  const used = draw.unused
    ? `, and ${(from - left).toLocaleString("en")} of them ${from - left === 1 ? "is" : "are"} in studies already`
    : "";
  const there = `${name} has ${counted(from, "such prompt")}${used}.`;
  return left === 0
    ? `${there} None is left to draw.`
    : `${there} Ask for ${left.toLocaleString("en")} at most, not ${draw.size.toLocaleString("en")}.`;
}
