import type { Agreement } from "../../../contract/report-agreement.ts";
import { DASH, estimateCell, number, refused, whole } from "../cells.ts";
import { type Block, type Cell, heading, paragraph, tableBlock } from "../document.ts";
import { perCent } from "../numbers.ts";
import { tableOf } from "../tables.ts";

type Alternative = Agreement["alternativeAnnotator"][number];

/** Models beside people, where there is a model: does it agree with people as they do with each other? */
export function modelBlocks({ modelAndHuman, alternativeAnnotator }: Agreement): Block[] {
  const blocks: Block[] = [];
  if (modelAndHuman.length > 0) {
    blocks.push(
      heading("Models and people"),
      paragraph(
        "Tie-discounted agreement, macro, on the comparisons that both rest on; the difference is paired by comparison.",
      ),
      tableBlock(pairedTable(modelAndHuman)),
    );
  }
  if (alternativeAnnotator.length > 0) {
    blocks.push(
      heading("May the model stand in for an annotator?"),
      paragraph(
        "Each annotator is left out in turn: does the model agree with the others at least as well, less ε for the " +
          "price of people? The model passes where that holds for at least half of the annotators.",
      ),
      tableBlock(alternativeTable(alternativeAnnotator)),
    );
  }
  return blocks;
}

const pairedTable = (rows: Agreement["modelAndHuman"]) =>
  tableOf<Agreement["modelAndHuman"][number]>({
    ...{
      key: "agreement-models",
      caption: "Agreement of models with people, beside people with people",
      rows,
    },
    ...{ first: "model", name: ({ model, against }) => `${model} with ${against ?? "all people"}` },
    columns: [
      { label: "comparisons", cell: ({ comparisons }) => whole(comparisons) },
      { label: "model–human", cell: ({ modelHuman }) => estimateCell(modelHuman) },
      { label: "human–human", cell: ({ humanHuman }) => estimateCell(humanHuman) },
      { label: "difference", cell: ({ difference }) => estimateCell(difference) },
    ],
  });

const made =
  (cell: (given: Exclude<Alternative, { notEstimable: string }>) => Cell) =>
  (given: Alternative): Cell =>
    "notEstimable" in given ? refused(given) : cell(given);

const alternativeTable = (rows: readonly Alternative[]) =>
  tableOf<Alternative>({
    ...{ key: "agreement-alternative", caption: "Alternative annotator test", rows },
    ...{ first: "model", name: ({ model }) => model },
    columns: [
      { label: "ε", cell: made(({ epsilon }) => number(epsilon)) },
      { label: "annotators", cell: made(({ annotators }) => whole(annotators)) },
      { label: "won against %", cell: made(({ winningRate }) => ({ text: perCent(winningRate) })) },
      {
        label: "advantage probability",
        cell: made(({ advantageProbability }) => estimateCell(advantageProbability)),
      },
      {
        label: "n",
        cell: made(({ advantageProbability: of }) => ("n" in of ? whole(of.n!) : { text: DASH })),
      },
      { label: "passes", cell: made(({ passes }) => ({ text: passes ? "yes" : "no" })) },
    ],
  });
