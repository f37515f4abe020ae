import type { Aggregation } from "../../contract/report-annotators.ts";
import { outcomesCell, refused, whole } from "../cells.ts";
import { guide, paragraph, type Section, sectionOf, tablePart } from "../document.ts";
import { counted, decimal, wholeNumber } from "../numbers.ts";
import { firstOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";

/** One label per comparison: by the majority, and by Dawid and Skene. */
export function aggregationSection({ pairs, dawidSkene }: Aggregation): Section {
  return sectionOf("aggregation", differText(dawidSkene), [
    guide(
      "Each comparison counts once, by all judgments of people on it. Plurality: what most judgments are, a draw being a tie. " +
        "Dawid–Skene: weighs each annotator by how reliable they are estimated to be from the judgments of all.",
    ),
    ...(pairs.length > 0 ? [tablePart(labels(pairs))] : []),
    paragraph(
      pairs.length === 0 && "notEstimable" in dawidSkene
        ? `Not estimable: ${dawidSkene.notEstimable}.`
        : modelText(dawidSkene),
    ),
  ]);
}

function labels(pairs: Aggregation["pairs"]) {
  const target = targetOf({ pairs });
  return tableOf<Aggregation["pairs"][number]>({
    ...{ key: "aggregation", caption: "Comparisons won / tied / lost, one label each" },
    ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target), to: leadOf },
    most: { ...MOST_PAIRS, are: "pairs with the most comparisons", weight: ({ comparisons }) => comparisons },
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
}

/** How far the two labels differ. */
function differText(model: Aggregation["dawidSkene"]): string {
  if ("notEstimable" in model)
    return `By plurality alone: Dawid–Skene is not estimable, as ${model.notEstimable}.`;
  const { differsFromMajority: differs, comparisons, converged } = model;
  const doubt = converged ? "" : " It did not converge.";
  return `Dawid–Skene gives ${wholeNumber(differs)} of ${counted(comparisons, "comparison")} another label than the plurality.${doubt}`;
}

function modelText(model: Aggregation["dawidSkene"]): string {
  if ("notEstimable" in model) return `Dawid–Skene is not estimable: ${model.notEstimable}.`;
  const { comparisons, annotators, iterations, converged, logLikelihood, differsFromMajority } = model;
  return (
    `Dawid–Skene from ${counted(comparisons, "comparison")} and ${counted(annotators, "annotator")}, ` +
    `${converged ? "converged" : "not converged (read it with care)"} after ${counted(iterations, "iteration")}, log likelihood ` +
    `${decimal(logLikelihood)}: ${counted(differsFromMajority, "label")} ` +
    `${differsFromMajority === 1 ? "differs" : "differ"} from the majority’s.`
  );
}
