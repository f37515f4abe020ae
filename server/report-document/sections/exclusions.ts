import type { FullReport } from "../../contract/report.ts";
import type { ExclusionEffect } from "../../contract/report-annotators.ts";
import { estimateCell, whole } from "../cells.ts";
import { type DocumentSection, list, paragraph, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { firstOf, MOST_PAIRS } from "./pairs.ts";

/** What leaving annotators out did to the headline figures. */
export function exclusionsSection(report: FullReport): DocumentSection {
  const { annotators, judgments, rules, pairs } = report.exclusions;
  const target = targetOf(report);
  const table = () =>
    tableOf<ExclusionEffect["pairs"][number]>({
      ...{
        key: "exclusions",
        caption: "Half-tie rate, mean over prompts, with what is left out and without",
      },
      ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target) },
      most: { ...MOST_PAIRS, weight: ({ before }) => before.judgments },
      columns: [
        { label: "n with", cell: ({ before }) => whole(before.judgments) },
        { label: "with", cell: ({ before }) => estimateCell(before.halfTieRateByPrompt) },
        { label: "n without", cell: ({ after }) => whole(after.judgments) },
        { label: "without", cell: ({ after }) => estimateCell(after.halfTieRateByPrompt) },
      ],
    });
  return {
    key: "exclusions",
    title: "Exclusions",
    blocks:
      annotators === 0
        ? [paragraph("Nobody is left out.")]
        : [
            paragraph(
              `Left out of every other figure: ${counted(annotators, "annotator")} with ${counted(judgments, "judgment")}, by the rules`,
            ),
            list(rules),
            ...(pairs.length > 0 ? [tableBlock(table())] : []),
          ],
  };
}
