import type { Agreement } from "../../contract/report-agreement.ts";
import { DASH, estimateCell, number, refused, whole } from "../cells.ts";
import { type Block, type Cell, heading, list, paragraph, tableBlock } from "../document.ts";
import { counted, decimal, perCent } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { CONSTANT } from "./agreement-words.ts";

type Alternative = Agreement["alternativeAnnotator"][number];
type Made = Exclude<Alternative, { notEstimable: string }>;

const GUIDE =
  "The alternative-annotator test (Calderon, Reichart and Dror, 2025), as published: each annotator is left out in turn, and " +
  "the share of the others who say the same as the model is compared with the share who say the same as the annotator. It wins " +
  "against an annotator where its share is shown to be as high, less ε for the price of people, and passes where it wins " +
  "against at least half of them. Power: how often a model that is exactly as good as these annotators would pass.";

/** May the model stand in for an annotator? What can be said, why, and the figures behind it. */
export function alternativeBlocks(tested: Agreement["alternativeAnnotator"]): Block[] {
  if (tested.length === 0) return [];
  const scoredTwice = tested.some((one) => "tieDiscounted" in one);
  return [
    heading("May the model stand in for an annotator?"),
    paragraph(GUIDE),
    list(tested.map(alternativeSays)),
    tableBlock(alternativeTable(tested)),
    ...(scoredTwice ? [tableBlock(tieDiscountedTable(tested))] : []),
  ];
}

function alternativeSays(one: Alternative): string {
  if ("notEstimable" in one) return `${one.model}: not estimable, ${one.notEstimable}.`;
  const { model, verdict, passes } = one;
  const answer = verdict === "cannot tell" ? "cannot be told" : (verdict ?? (passes ? "yes" : "no"));
  return `${model}: ${answer}. ${reasonSays(one)}`;
}

function reasonSays({ reason, constant, winningRate, annotators, power, epsilon }: Made): string {
  const won = `It wins against ${perCent(winningRate)}\u00A0% of ${counted(annotators, "annotator")}`;
  switch (reason) {
    case "constant":
      return `It is constant: ${constant ? CONSTANT[constant] : "it always says the same"}. A constant judge cannot pass.`;
    case "worse":
      return `${won}, and is shown to be worse by more than ${decimal(epsilon)} than at least half of them.`;
    case "lost":
      return `${won}, where a model as good as they are would pass in ${perCent(power ?? 0, 0)}\u00A0% of studies.`;
    case "little power":
      return `${won}, but a model as good as they are would pass in only ${perCent(power ?? 0, 0)}\u00A0% of studies like this one.`;
    case "not beyond chance":
      return `${won}, but its exact agreement with people is not shown to be beyond chance, so verdicts made without reading could do as well.`;
    case "won":
      return `${won}, and its exact agreement with people is beyond chance.`;
    case undefined:
      return `${won}.`;
  }
}

const made =
  (cell: (given: Made) => Cell) =>
  (given: Alternative): Cell =>
    "notEstimable" in given ? refused(given) : cell(given);

const winsCell = (rate: number): Cell => ({ text: perCent(rate) });

const alternativeTable = (rows: readonly Alternative[]) =>
  tableOf<Alternative>({
    ...{ key: "agreement-alternative", caption: "Alternative-annotator test", rows },
    ...{ first: "model", name: ({ model }) => model },
    columns: [
      { label: "ε", cell: made(({ epsilon }) => number(epsilon)) },
      { label: "annotators", cell: made(({ annotators }) => whole(annotators)) },
      { label: "wins %", cell: made(({ winningRate }) => winsCell(winningRate)) },
      {
        label: "advantage probability",
        cell: made(({ advantageProbability }) => estimateCell(advantageProbability)),
      },
      {
        label: "n",
        cell: made(({ advantageProbability: of }) => ("n" in of ? whole(of.n!) : { text: DASH })),
      },
      {
        label: "power %",
        cell: made(({ power }) => ({ text: power === undefined ? DASH : perCent(power, 0) })),
      },
      {
        label: "passes",
        cell: made(({ verdict, passes }) => ({ text: verdict ?? (passes ? "yes" : "no") })),
      },
    ],
  });

const tieDiscountedTable = (rows: readonly Alternative[]) =>
  tableOf<Alternative>({
    key: "agreement-alternative-tie-discounted",
    caption: "The same scored by tie-discounted agreement, which favours ties: it decides nothing",
    ...{ rows, first: "model", name: ({ model }) => model },
    columns: [
      {
        label: "wins %",
        cell: made(({ tieDiscounted: of }) => (of ? winsCell(of.winningRate) : { text: DASH })),
      },
      {
        label: "advantage probability",
        cell: made(({ tieDiscounted: of }) => (of ? estimateCell(of.advantageProbability) : { text: DASH })),
      },
    ],
  });
