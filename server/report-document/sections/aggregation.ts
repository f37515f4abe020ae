import type { FullReport } from "../../contract/report.ts";
import type { Aggregation } from "../../contract/report-annotators.ts";
import { outcomesCell, refused, whole } from "../cells.ts";
import { type DocumentSection, paragraph, tableBlock } from "../document.ts";
import { counted, decimal } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { firstOf, MOST_PAIRS } from "./pairs.ts";

/** One label a comparison: by the majority, and by Dawid and Skene. */
export function aggregationSection(report: FullReport): DocumentSection {
  const { pairs, dawidSkene } = report.aggregation;
  const target = targetOf(report);
  const table = () =>
    tableOf<Aggregation["pairs"][number]>({
      ...{
        key: "aggregation",
        caption: "Comparisons won / tied / lost, one label each",
        first: firstOf(target),
      },
      ...{ rows: pairs, name: (pair) => rowName(pair, target) },
      most: {
        ...MOST_PAIRS,
        are: "pairs with the most comparisons",
        weight: ({ comparisons }) => comparisons,
      },
      columns: [
        { label: "comparisons", cell: ({ comparisons }) => whole(comparisons) },
        { label: "plurality", cell: ({ majority }) => outcomesCell(majority) },
        {
          label: "Dawid–Skene",
          cell: ({ dawidSkene }) =>
            "notEstimable" in dawidSkene ? refused(dawidSkene) : outcomesCell(dawidSkene),
        },
      ],
    });
  return {
    key: "aggregation",
    title: "One label a comparison",
    blocks: [
      paragraph(
        "Plurality: what most judgments say, a draw being a tie. Dawid–Skene: weighs each annotator by how reliable the " +
          "judgments of all show them to be.",
      ),
      ...(pairs.length > 0 ? [tableBlock(table())] : []),
      paragraph(modelSays(dawidSkene)),
    ],
  };
}

function modelSays(model: Aggregation["dawidSkene"]): string {
  if ("notEstimable" in model) return `Dawid–Skene is not estimable: ${model.notEstimable}.`;
  const { comparisons, annotators, iterations, converged, logLikelihood, differsFromMajority } = model;
  return (
    `Dawid–Skene from ${counted(comparisons, "comparison")} and ${counted(annotators, "annotator")}, ` +
    `${converged ? "converged" : "not converged"} after ${counted(iterations, "iteration")}, log likelihood ` +
    `${decimal(logLikelihood)}: ${counted(differsFromMajority, "label")} ` +
    `${differsFromMajority === 1 ? "differs" : "differ"} from the majority’s.`
  );
}
