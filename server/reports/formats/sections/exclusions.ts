import type { FullReport } from "../../../contract/report.ts";
import type { ExclusionEffect } from "../../../contract/report-annotators.ts";
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
      ...{ key: "exclusions", caption: "Half-tie rate, mean over prompts, before and after leaving out" },
      ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target) },
      most: { ...MOST_PAIRS, weight: ({ before }) => before.judgments },
      columns: [
        { label: "n before", cell: ({ before }) => whole(before.judgments) },
        { label: "before", cell: ({ before }) => estimateCell(before.halfTieRateByPrompt) },
        { label: "n after", cell: ({ after }) => whole(after.judgments) },
        { label: "after", cell: ({ after }) => estimateCell(after.halfTieRateByPrompt) },
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
