import type { Agreement } from "../../contract/report-agreement.ts";
import { estimateCell, nCell, NOT_KEPT, number, refused, whole, words } from "../cells.ts";
import { type Cell, guide, heading, list, type Part, tablePart } from "../document.ts";
import { counted, decimal, percent } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { CONSTANT } from "./agreement-words.ts";

type Alternative = Agreement["alternativeAnnotator"][number];
type Made = Exclude<Alternative, { notEstimable: string }>;

const GUIDE =
  "The alternative-annotator test (Calderon, Reichart and Dror, 2025), as published: each annotator is left out in turn, and " +
  "the share of the others who choose the same as the model is compared with the share who choose the same as the annotator. It wins " +
  "against an annotator where its share is shown to be as high, less ε, because a model is cheaper than people, and passes where it wins " +
  "against at least half of them. Power: how often a model that is exactly as good as these annotators would pass, by simulation.";

/** May the model stand in for an annotator? The answer, its reason, and the figures behind it. */
export function alternativeParts(tested: Agreement["alternativeAnnotator"]): Part[] {
  if (tested.length === 0) return [];
  const scoredTwice = tested.some((one) => "tieDiscounted" in one);
  return [
    heading("May the model stand in for an annotator?"),
    guide(GUIDE),
    list(tested.map(alternativeText)),
    tablePart(alternativeTable(tested)),
    ...(scoredTwice ? [tablePart(tieDiscountedTable(tested))] : []),
  ];
}

function alternativeText(one: Alternative): string {
  if ("notEstimable" in one) return `${one.model}: not estimable, ${one.notEstimable}.`;
  const { model, verdict, passes } = one;
  const answer = verdict === "cannot tell" ? "undecided" : (verdict ?? (passes ? "yes" : "no"));
  return `${model}: ${answer}. ${reasonText(one)}`;
}

function reasonText({ reason, constant, winningRate, annotators, power, epsilon }: Made): string {
  const won = `It wins against ${percent(winningRate)} of ${counted(annotators, "annotator")}`;
  switch (reason) {
    case "constant":
      return `It is constant: ${constant ? CONSTANT[constant] : "its verdict is always the same"}. A constant judge cannot pass.`;
    case "worse":
      return `${won}, and is shown to be worse by more than ${decimal(epsilon)} than at least half of them.`;
    case "lost":
      return `${won}, where a model as good as they are would pass in ${percent(power ?? 0)} of studies simulated from this one.`;
    case "little power":
      return `${won}, but a model as good as they are would pass in only ${percent(power ?? 0)} of studies simulated from this one.`;
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

const alternativeTable = (rows: readonly Alternative[]) =>
  tableOf<Alternative>({
    ...{ key: "agreement-alternative", caption: "Alternative-annotator test", rows },
    ...{ first: "model", name: ({ model }) => model },
    columns: [
      { label: "ε", cell: made(({ epsilon }) => number(epsilon)) },
      { label: "annotators", cell: made(({ annotators }) => whole(annotators)) },
      { label: "wins %", cell: made(({ winningRate }) => number(winningRate, "share")) },
      {
        label: "advantage probability",
        cell: made(({ advantageProbability }) => estimateCell(advantageProbability)),
      },
      {
        label: "n",
        cell: made(({ advantageProbability }) => nCell(advantageProbability)),
      },
      {
        label: "power %",
        cell: made(({ power }) => (power === undefined ? NOT_KEPT : number(power, "share"))),
      },
      {
        label: "passes",
        cell: made(({ verdict, passes }) => words(verdict ?? (passes ? "yes" : "no"))),
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
        cell: made(({ tieDiscounted: of }) => (of ? number(of.winningRate, "share") : NOT_KEPT)),
      },
      {
        label: "advantage probability",
        cell: made(({ tieDiscounted: of }) => (of ? estimateCell(of.advantageProbability) : NOT_KEPT)),
      },
    ],
  });
