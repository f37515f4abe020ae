import type { Agreement } from "../../contract/report-agreement.ts";
import { type AnnotatorPair, largestOverlaps } from "../../statistics/agreement/annotator-pairs.ts";
import { cohenKappaEstimate } from "../../statistics/agreement/cohen-kappa.ts";
import { judgmentsOf } from "./agreement-sides.ts";
import type { ComparedStudy } from "./agreement-study.ts";
import { withCount } from "../rows/with-count.ts";

/** So many pairs of annotators are listed, those with most comparisons in common. */
const CAP = 1000;

/** People of the headline who judged the same comparisons, two by two. Reconstructed judgments were nobody's. */
export function agreementOfAnnotators({
  data,
  compared,
  people,
}: ComparedStudy): Pick<Agreement, "betweenAnnotators" | "betweenAnnotatorsListed"> {
  const judgments = judgmentsOf(compared, people);
  const annotatorCount = data.annotators.length;
  const { pairs, sharing } = largestOverlaps({ ...judgments, annotatorCount }, CAP);
  const nameOf = (code: number) => data.annotators[code]!.name;
  return {
    betweenAnnotators: pairs.map((pair) => ({
      annotators: [nameOf(pair.a), nameOf(pair.b)],
      ...agreementOfPair(pair),
    })),
    betweenAnnotatorsListed: { pairs: sharing, listed: pairs.length, cap: CAP },
  };
}

function agreementOfPair({ comparisons, table }: AnnotatorPair) {
  let [exact, halves] = [0, 0];
  table.forEach((count, cell) => {
    const apart = Math.abs(Math.floor(cell / 3) - (cell % 3));
    exact += apart === 0 ? count : 0;
    halves += count * (2 - apart);
  });
  return {
    comparisons,
    tieDiscounted: halves / (2 * comparisons),
    exact: exact / comparisons,
    cohenKappa: withCount(cohenKappaEstimate(table, { categories: 3, weighting: "unweighted" }), comparisons),
    linearKappa: withCount(cohenKappaEstimate(table, { categories: 3, weighting: "linear" }), comparisons),
  };
}
