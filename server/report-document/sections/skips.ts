import type { FullReport } from "../../contract/report.ts";
import { NO_SKIPS, type ReasonCounts, type Skips } from "../../contract/report-skips.ts";
import { SKIP_REASONS, type SkipReason } from "../../contract/words.ts";
import { estimateCell, whole } from "../cells.ts";
import { type Block, type DocumentSection, paragraph, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { onlyGroup, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { firstOf, MOST_PAIRS } from "./pairs.ts";

const REASONS: Record<SkipReason, string> = {
  ...{ language: "language", unreadable: "broken", missing: "something missing" },
  ...{ offensive: "offensive", other: "other" },
};

const BOUNDS =
  "Each counts as one further judgment. Whatever those who skipped would have said, the rate lies between the one with " +
  "all as losses and the one with all as wins.";

/** What annotators could not judge, and how far it could move the headline. */
export function skipsSection(report: FullReport): DocumentSection {
  const skips = report.skips ?? NO_SKIPS;
  return {
    key: "skips",
    title: "Could not be judged",
    blocks:
      skips.skipped === 0
        ? [paragraph("No annotator who counts said of a pair that it cannot be judged.")]
        : [paragraph(extent(skips)), tableBlock(systemTable(skips)), ...bounds(report, skips)],
  };
}

function extent({ skipped, comparisons, annotators, neverJudged }: Skips): string {
  const never =
    neverJudged === 0
      ? ""
      : ` Of ${counted(neverJudged, "comparison")} of these there is no judgment at all.`;
  const who = `${counted(annotators, "annotator")} could not judge what they were shown`;
  return `${counted(skipped, "time")}, on ${counted(comparisons, "comparison")}: ${who}. None is in a rate.${never}`;
}

function systemTable({ bySystem }: Skips) {
  return tableOf<Skips["bySystem"][number]>({
    ...{
      key: "skips-systems",
      caption: "Pairs that could not be judged, by system and reason",
      first: "system",
    },
    ...{ rows: bySystem, name: ({ system }) => system },
    columns: [
      { label: "all", cell: ({ skipped }) => whole(skipped) },
      ...SKIP_REASONS.map((reason: keyof ReasonCounts) => ({
        label: REASONS[reason],
        cell: ({ reasons }: Skips["bySystem"][number]) => whole(reasons[reason]),
      })),
    ],
  });
}

type PairBounds = Skips["pairs"][number];

function bounds(report: FullReport, skips: Skips): Block[] {
  const pairs = skips.pairs.filter(({ group }) => group === null || !onlyGroup(report, group));
  if (pairs.length === 0) return [];
  const target = targetOf(report);
  const { estimate } = report.analysis;
  const over = estimate === "halfTieRate" ? "over judgments" : "over prompts";
  const table = tableOf<PairBounds>({
    key: "skips",
    caption: `Half-tie rate, mean ${over}: as judged, and with all that could not be judged as losses and as wins`,
    ...{ first: firstOf(target), rows: pairs, name: (pair) => nameOf(pair, target) },
    most: { ...MOST_PAIRS, weight: ({ skipped }) => skipped },
    columns: [
      { label: "not judged", cell: ({ skipped }) => whole(skipped) },
      { label: "judgments", cell: ({ asJudged }) => whole(asJudged.judgments) },
      { label: "as judged", cell: ({ asJudged }) => estimateCell(asJudged[estimate]) },
      { label: "all losses", cell: ({ allLosses }) => estimateCell(allLosses[estimate]) },
      { label: "all wins", cell: ({ allWins }) => estimateCell(allWins[estimate]) },
    ],
  });
  return [paragraph(BOUNDS), tableBlock(table)];
}

const nameOf = (pair: PairBounds, target: string | null): string =>
  `${rowName(pair, target)}, ${pair.group ?? "all people"}`;
