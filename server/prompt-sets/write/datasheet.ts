import { SPLITS, type Split } from "../../contract/prompt-recipes.ts";
import type { Built, Item, SourceBuilt } from "../build.ts";
import { shortName } from "../short-name.ts";
import { isUnanswered, licenceOf } from "./prompts.ts";
import { passedOver, screenSections, strataTable } from "./screens.ts";
import { count, table } from "./tables.ts";

/** How a prompt set came to be, for those who use it: composition, rules with their counts, licences, files. Markdown. */
export function datasheetOf(built: Built): string {
  const { recipe, seed, sources, items } = built;
  return [
    `# ${recipe.title ?? recipe.name}`,
    "",
    ...(recipe.about === undefined ? [] : [recipe.about.trim(), ""]),
    `${count(items.length)} prompts, built from the recipe “${recipe.name}” with the seed ${seed}. The same files, recipe and seed give the same set.`,
    "",
    "## Composition",
    "",
    ...composition(built),
    `Lengths are means, in words between white space. “Wanted” is what the recipe asks for.${unansweredWords(items)}`,
    "",
    "## How each source became prompts",
    "",
    ...sources.flatMap(sourceSection),
    ...screenSections(built),
    "## Licences",
    "",
    ...licences(items),
    "## What this datasheet cannot say",
    "",
    "That a text is true, harmless, or unknown to a model: rules look at words. Nobody has read the prompts unless a source says so.",
    "",
    "## Files",
    "",
    ...table(
      ["file", "bytes, unpacked", "SHA-256"],
      [...sources.flatMap(({ files }) => files), ...(built.overlap?.files ?? [])].map(
        ({ name, bytes, sha256 }) => [shortName(name), count(bytes), sha256],
      ),
    ),
  ].join("\n");
}

function composition({ recipe, sources, items }: Built): string[] {
  const rows: string[][] = [];
  for (const split of SPLITS)
    for (const source of recipe.sources) {
      const wanted = source.draw.into[split];
      const own = items.filter((item) => item.split === split && item.source === source);
      if (wanted === 0) continue;
      const isRead = sources.some((one) => one.source === source);
      const left = isRead ? count(own.length) : "left out";
      rows.push([
        split,
        source.name,
        left,
        count(wanted),
        meanWords(own, "prompt"),
        split === "train" ? meanWords(own, "response") : "–",
      ]);
    }
  return table(["split", "source", "prompts", "wanted", "length of prompts", "length of responses"], rows);
}

function unansweredWords(items: readonly Item[]): string {
  const n = items.filter(isUnanswered).length;
  return n === 0
    ? ""
    : ` ${count(n)} of the prompts for training have no response, and are not in train.conversations.jsonl.`;
}

function meanWords(items: readonly Item[], field: "prompt" | "response"): string {
  const texts = items.flatMap(({ candidate: { texts } }) => texts[field] ?? []);
  if (texts.length === 0) return "–";
  const words = texts.reduce((sum, text) => sum + text.split(/\s+/).filter((word) => word !== "").length, 0);
  return (words / texts.length).toFixed(1);
}

function sourceSection(one: SourceBuilt): string[] {
  const { source, tally, candidates, steps, eligible, drawn } = one;
  const wanted = SPLITS.reduce((sum, split) => sum + source.draw.into[split], 0);
  const got = SPLITS.reduce((sum, split) => sum + drawn[split], 0);
  return [
    `### ${source.name} (${source.kind})`,
    "",
    `${count(tally.rows)} rows were read; ${count(candidates)} of them are candidates${leftOf(one)}.`,
    "",
    ...table(
      ["step", "came in", "dropped", "went on"],
      steps.map(({ words, came, dropped }) => {
        const gone = [...dropped.values()].reduce((sum, { count: n }) => sum + n, 0);
        return [words, count(came), count(gone), count(came - gone)];
      }),
    ),
    ...reasons(one),
    `${count(eligible)} were left, and ${count(got)} were drawn${got < wanted ? `, ${count(wanted - got)} fewer than wanted` : ""}. ${drawWords(one)}`,
    "",
    ...strataTable(one),
    ...passedOver(one),
    ...(tally.remarks.length === 0 ? [] : [...tally.remarks.map(remarkLine), ""]),
    ...(source.terms.notes === undefined ? [] : [source.terms.notes.trim(), ""]),
  ];
}

function leftOf({ tally }: SourceBuilt): string {
  const parts = [...tally.notTaken]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([why, n]) => `${count(n)} ${why}`);
  if (tally.unreadable > 0) {
    const [first] = tally.unreadableRows;
    parts.push(
      `${count(tally.unreadable)} unreadable (${shortName(first?.file ?? "")}, line ${first?.line}: ${first?.why})`,
    );
  }
  return parts.length === 0 ? "" : `; the rest: ${parts.join(", ")}`;
}

function reasons({ steps }: SourceBuilt): string[] {
  const lines = steps.flatMap(({ name, dropped }) =>
    [...dropped]
      .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
      .map(([why, { count: n }]) => `- ${name}: ${count(n)} × ${why}`),
  );
  return lines.length === 0 ? [] : [...lines, ""];
}

const remarkLine = (remark: string): string => `- Its reader remarks: ${remark}`;

function drawWords({ source: { draw }, tally }: SourceBuilt): string {
  const within = draw.pick === "best" ? "in the order of their scores, the highest first" : "by chance";
  if (draw.strata.length > 0)
    return `From each combination of ${draw.strata.join(", ")} its share was drawn (${draw.shares === "equal" ? "the same for all" : "proportional to what the steps left"}, by the largest remainder), ${within}; what one lacks was divided among the others.`;
  if (draw.groups === "none") return `They were drawn ${within}.`;
  if (draw.groups !== "once" && tally.groups.size === 1)
    return `They were drawn ${within}, as all are of one group (${[...tally.groups.keys()].join()}).`;
  const size = draw.size === "held" ? "its number of candidates" : "what the steps left of it";
  const groups = {
    temperature: `with a probability proportional to ${size} to the power of 1/${draw.temperature}`,
    evenly: "all as likely",
    once: "each at most once",
  }[draw.groups];
  return `For each, a group was drawn, ${groups}; within it, ${within}.`;
}

function licences(items: readonly Item[]): string[] {
  const bySplit = new Map<string, Record<Split, number>>();
  for (const item of items) {
    const licence = licenceOf(item) ?? "none stated";
    const counts = bySplit.get(licence) ?? { train: 0, dev: 0, test: 0 };
    counts[item.split]++;
    bySplit.set(licence, counts);
  }
  const rows = [...bySplit]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, by]) => [licence, ...SPLITS.map((split) => count(by[split]))]);
  return [
    ...table(["licence", ...SPLITS], rows),
    "The set as a whole has no licence of its own: each text keeps its own.",
    "",
  ];
}
