import type { BlockName, Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import { isHeadline } from "../../../server/report-document/headline.ts";

/** Which rows a reader wants: all of them, those of all people together, or those of one group. */
export type Shown = "every" | { people: true } | { group: string };

/** Whether a row belongs to what is asked for. */
function isShown({ group }: { group: string | null }, shown: Shown): boolean {
  if (shown === "every") return true;
  return "people" in shown ? group === null : group === shown.group;
}

/** A report with its tests as far as they are known, and with the rows that are asked for. */
export function shownReport(report: Report, tests: Blocks["tests"] | null, shown: Shown) {
  // a report and a block of different moments may differ in length until both are fetched again
  const pairs = report.pairs.map((pair, i): Report["pairs"][number] & Partial<FullPair> => ({
    ...pair,
    ...tests?.[i],
  }));
  return { ...report, pairs: pairs.filter((pair) => isShown(pair, shown)) };
}

/** A block with the rows that are asked for: of annotators and models, those of a group; other blocks are whole. */
export function shownBlock<Name extends BlockName>(
  name: Name,
  block: Blocks[Name],
  { report, shown }: { report: Report; shown: Shown },
): Blocks[Name] {
  const change = FILTERS[name];
  return change === undefined || shown === "every" ? block : change(block, groupsShown(report, shown));
}

type Filters = { [Name in BlockName]?: (block: Blocks[Name], groups: ReadonlySet<string>) => Blocks[Name] };

const FILTERS: Filters = {
  byAnnotator: (block, groups) => block.filter(({ group }) => groups.has(group)),
  judges: (block, groups) => {
    const judges = block.judges.filter(({ group }) => groups.has(group));
    const juries = block.juries.filter(({ group }) => groups.has(group));
    return judges.length > 0 ? { ...block, judges, juries } : block;
  },
};

function groupsShown({ groups }: Report, shown: Exclude<Shown, "every">): ReadonlySet<string> {
  if ("group" in shown) return new Set([shown.group]);
  return new Set(groups.filter(isHeadline).map(({ name }) => name));
}
