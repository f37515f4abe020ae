import type { ExclusionEffect } from "../../contract/report-annotators.ts";
import { estimateCell, whole } from "../cells.ts";
import { list, paragraph, type Section, sectionOf, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { RATE_FIRST } from "../words.ts";

/** What excluding annotators did to the headline figures. */
export function exclusionsSection({ annotators, judgments, rules, pairs }: ExclusionEffect): Section {
  if (annotators === 0) return sectionOf("exclusions", "No annotator is excluded.", []);
  const extent = `${counted(annotators, "annotator")} with ${counted(judgments, "judgment")}`;
  return sectionOf("exclusions", `Excluded from every other figure: ${extent}.`, [
    paragraph("By the rules:"),
    list(rules),
    ...(pairs.length > 0 ? [tablePart(effect(pairs))] : []),
  ]);
}

function effect(pairs: ExclusionEffect["pairs"]) {
  const target = targetOf({ pairs });
  return tableOf<ExclusionEffect["pairs"][number]>({
    ...{
      key: "exclusions",
      caption: `${RATE_FIRST}, mean over prompts, with and without excluded judgments`,
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
}
