import { SPLITS } from "../../contract/prompt-recipes.ts";
import type { PromptSetItem, VersionCounts } from "../../contract/prompt-sets.ts";

const NAMES_MAX = 200;
type Tally = VersionCounts["tags"];

/** How many prompts a version has, by split, and by source, group, tag and licence; the most frequent first. */
export function countsOf(items: readonly PromptSetItem[]): VersionCounts {
  const [train, dev, test] = SPLITS.map((split) => items.filter((item) => item.split === split).length);
  return {
    ...{ prompts: items.length, train: train!, dev: dev!, test: test! },
    sources: tallyOf(items, ({ source }) => [source ?? "none stated"]),
    groups: tallyOf(items, ({ group }) => (group === null ? [] : [group])),
    tags: tallyOf(items, ({ tags }) => [...new Set(tags)]),
    licences: tallyOf(items, ({ licence }) => [licence ?? "none stated"]),
  };
}

function tallyOf(
  items: readonly PromptSetItem[],
  valuesOf: (item: PromptSetItem) => readonly string[],
): Tally {
  const found = new Map<string, Tally[number]>();
  for (const item of items)
    for (const name of valuesOf(item)) {
      const tally = found.get(name) ?? { name, train: 0, dev: 0, test: 0 };
      tally[item.split]++;
      found.set(name, tally);
    }
  const all = (one: Tally[number]) => one.train + one.dev + one.test;
  return [...found.values()]
    .sort((a, b) => all(b) - all(a) || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES_MAX);
}
