import type { Pair, Report } from "../../../server/contract/report.ts";

/** Which rows a reader wants: all of them, those of all people together, or those of one group. */
export type Shown = "every" | { people: true } | { group: string };

/** The pairs of one system against one other. */
export interface Block {
  system: string;
  against: string;
  pairs: Pair[];
}

/** The report's pairs by what is compared, in their order, with the rows that are asked for, people before models. */
export function blocksOf(report: Report, shown: Shown): Block[] {
  const blocks = new Map<string, Block>();
  for (const pair of rowsOf(report, shown)) {
    const key = JSON.stringify([pair.system, pair.against]);
    const block = blocks.get(key) ?? { system: pair.system, against: pair.against, pairs: [] };
    block.pairs.push(pair);
    blocks.set(key, block);
  }
  return [...blocks.values()];
}

/** Where every group is shown, one outside the headline gets rows once it has judged. */
function rowsOf(report: Report, shown: Shown): Pair[] {
  const models = new Set(report.groups.filter(({ kind }) => kind === "model").map(({ name }) => name));
  const outside = new Set(report.groups.filter(({ headline }) => !headline).map(({ name }) => name));
  const isModel = ({ group }: Pair) => group !== null && models.has(group);
  const isIdle = ({ group, judgments }: Pair) => group !== null && outside.has(group) && judgments === 0;
  const rows = report.pairs.filter((pair) => isShown(pair, shown) && !(shown === "every" && isIdle(pair)));
  return [...rows.filter((pair) => !isModel(pair)), ...rows.filter(isModel)];
}

/** The one system that every pair is about, or null where there are several. */
export function targetOf(report: Report): string | null {
  const systems = new Set(report.pairs.map((pair) => pair.system));
  return systems.size === 1 ? (report.pairs[0]?.system ?? null) : null;
}

/** The rows worth a bar. Where one group is all the people there are, its bar would repeat theirs. */
export function figurePairs(report: Report, shown: Shown): Pair[] {
  const rows = rowsOf(report, shown);
  if (shown !== "every") return rows;
  const people = report.groups.filter((group) => group.kind !== "model" && group.headline);
  const repeated = people.length === 1 ? people[0]?.name : undefined;
  return rows.filter((pair) => pair.group === null || pair.group !== repeated);
}

/** The pair whose words stand for a block: the first that was judged, people before models. */
export function speakingPair(block: Block): Pair | undefined {
  return block.pairs.find((pair) => pair.judgments > 0) ?? block.pairs[0];
}

/** Whether a row belongs to what is asked for. */
export function isShown(pair: Pick<Pair, "group">, shown: Shown): boolean {
  if (shown === "every") return true;
  return "people" in shown ? pair.group === null : pair.group === shown.group;
}
