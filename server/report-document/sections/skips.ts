import type { Report } from "../../contract/report.ts";
import type { Skips } from "../../contract/report-skips.ts";
import type { SkipReason } from "../../contract/words.ts";
import { estimateCell, whole } from "../cells.ts";
import { guide, paragraph, type Part, type Section, sectionOf, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, MOST_PAIRS, onlyGroup, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { ALL_PEOPLE, MEANS, RATE_FIRST, SKIP_REASONS } from "../words.ts";

const BOUNDS =
  "Each counts as one further judgment. Whatever those who skipped would have chosen, the rate lies between the one with " +
  "all as losses and the one with all as wins.";

/** What annotators could not judge, and how far it could move the headline. */
export function skipsSection(skips: Skips, report: Pick<Report, "analysis" | "groups">): Section {
  if (skips.skipped === 0)
    return sectionOf("skips", [paragraph("No annotator who counts reported a pair that cannot be judged.")]);
  return sectionOf("skips", [
    paragraph(extent(skips)),
    tablePart(systemTable(skips)),
    ...bounds(skips, report),
  ]);
}

function extent({ skipped, comparisons, annotators, neverJudged }: Skips): string {
  const never =
    neverJudged === 0
      ? ""
      : ` Of ${counted(neverJudged, "comparison")} of these there is no judgment at all.`;
  const who = `${counted(annotators, "annotator")} could not judge what they were shown`;
  return `${counted(skipped, "time")}, on ${counted(comparisons, "comparison")}: ${who}. None is in a rate.${never}`;
}

const systemTable = ({ bySystem }: Skips) =>
  tableOf<Skips["bySystem"][number]>({
    ...{ key: "skips-systems", caption: "Pairs that could not be judged, by system and reason" },
    ...{ first: "system", rows: bySystem, name: ({ system }) => system },
    columns: [
      { label: "all", cell: ({ skipped }) => whole(skipped) },
      ...(Object.keys(SKIP_REASONS) as SkipReason[]).map((reason) => ({
        label: SKIP_REASONS[reason],
        cell: ({ reasons }: Skips["bySystem"][number]) => whole(reasons[reason]),
      })),
    ],
  });

type PairBounds = Skips["pairs"][number];

function bounds(skips: Skips, report: Pick<Report, "analysis" | "groups">): Part[] {
  const pairs = skips.pairs.filter(({ group }) => group === null || !onlyGroup(report, group));
  if (pairs.length === 0) return [];
  const target = targetOf({ pairs });
  const { estimate } = report.analysis;
  const table = tableOf<PairBounds>({
    key: "skips",
    caption: `${RATE_FIRST}, ${MEANS[estimate]}: as judged, and with all that could not be judged as losses and as wins`,
    ...{ first: firstOf(target), rows: pairs },
    name: (pair) => `${rowName(pair, target)}, ${pair.group ?? ALL_PEOPLE}`,
    most: { ...MOST_PAIRS, weight: ({ skipped }) => skipped },
    columns: [
      { label: "not judged", cell: ({ skipped }) => whole(skipped) },
      { label: "judgments", cell: ({ asJudged }) => whole(asJudged.judgments) },
      { label: "as judged", cell: ({ asJudged }) => estimateCell(asJudged[estimate]) },
      { label: "all losses", cell: ({ allLosses }) => estimateCell(allLosses[estimate]) },
      { label: "all wins", cell: ({ allWins }) => estimateCell(allWins[estimate]) },
    ],
  });
  return [guide(BOUNDS), tablePart(table)];
}
