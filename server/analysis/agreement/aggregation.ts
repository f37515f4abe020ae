import type { Aggregation } from "../../contract/report-annotators.ts";
import type { Outcome } from "../../contract/words.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { dawidSkene, type DawidSkene } from "../../statistics/agreement/dawid-skene.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { majorityOutcome } from "../../statistics/judgments/majority.ts";
import { someReconstructed } from "../rows/outcomes.ts";
import { type ListedPair, listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { type ComparedRows, comparedRows, halvesOfFirst } from "./agreement-sides.ts";
import { countDistinct, pick, pickBytes, rowsOfGroups } from "../rows/gather.ts";
import { hasUnnamed } from "../rows/only-rows.ts";
import { peopleGroups } from "../rows/study-structure.ts";

const OUTCOMES: readonly Outcome[] = ["loss", "tie", "win"];

/**
 * What people said of each comparison, made one label by majority and by Dawid and Skene's model. Labels are of
 * systems, never of sides of the screen: with a target they are its win, tie and loss; without one, which of two systems
 * comes first means nothing, and what the model learns of one order holds for the other turned round.
 */
export function aggregationOf(data: StudyData): Aggregation {
  const judged = peopleOf(data);
  const refused = judged.reconstructed
    ? NOT_IN_PERCENTAGES.oneComparison
    : judged.hasUnnamed
      ? REASONS.notNamed
      : null;
  const labels = refused === null ? modelLabels(data, judged) : { notEstimable: refused };
  const majority = new Uint8Array(judged.comparisons);
  for (let c = 0; c < majority.length; c++) majority[c] = majorityOf(judged.counts, c);
  const listed = judged.reconstructed ? [] : listPairs(data.facts, new PairRanges(data.rows));
  const pairs = listed.map((pair) => {
    const own = judged.ofPair(pair);
    return {
      system: pair.system.label,
      against: pair.against.label,
      comparisons: own.length,
      majority: countLabels(own, majority, judged.isFirst(pair)),
      dawidSkene: isRefused(labels)
        ? { notEstimable: labels.notEstimable }
        : countLabels(own, labels.label, judged.isFirst(pair)),
    };
  });
  return {
    pairs,
    dawidSkene: isRefused(labels) ? labels : told(labels, { majority, counts: judged.counts }),
  };
}

interface JudgedByPeople {
  readonly compared: ComparedRows;
  readonly comparisons: number;
  /** [3 × comparison + label]: how many said 0 the second system, 1 neither, 2 the first. */
  readonly counts: Int32Array;
  /** Positions of people's rows. */
  readonly at: Int32Array;
  readonly reconstructed: boolean;
  /** Some votes have no name, so the model cannot learn how reliable their annotators are. */
  readonly hasUnnamed: boolean;
  /** The comparisons of a pair that people judged. */
  readonly ofPair: (pair: ListedPair) => number[];
  /** Whether the pair's `system` is the first of its comparisons. */
  readonly isFirst: (pair: ListedPair) => boolean;
}

function peopleOf({ rows, facts }: StudyData): JudgedByPeople {
  const compared = comparedRows(rows, facts);
  const comparisons = (compared.comparison[rows.count - 1] ?? -1) + 1;
  const counts = new Int32Array(3 * comparisons);
  const at = rowsOfGroups(rows, peopleGroups(facts));
  for (const i of at) counts[3 * compared.comparison[i]! + halvesOfFirst(compared.outcome[i]!)]!++;
  const ranges = new PairRanges(rows);
  const isJudged = (c: number) => counts[3 * c]! + counts[3 * c + 1]! + counts[3 * c + 2]! > 0;
  const target = facts.pairs === "all" ? null : facts.pairs.target;
  return {
    ...{ compared, comparisons, counts, at },
    reconstructed: someReconstructed(rows, at),
    hasUnnamed: hasUnnamed(rows, peopleGroups(facts)),
    ofPair: (pair) => {
      const { from, to } = ranges.of(pair);
      const [first, last] = [compared.comparison[from] ?? 0, compared.comparison[to - 1] ?? -1];
      const all = to > from ? Array.from({ length: last - first + 1 }, (_, k) => first + k) : [];
      return all.filter(isJudged);
    },
    isFirst: ({ system, against }) =>
      target === null
        ? (system.code ?? 0) < (against.code ?? 0)
        : facts.systems[system.code ?? -1]?.name === target,
  };
}

function majorityOf(counts: Int32Array, c: number): number {
  const [loss, tie, win] = [counts[3 * c]!, counts[3 * c + 1]!, counts[3 * c + 2]!];
  return OUTCOMES.indexOf(majorityOutcome({ loss, tie, win }, "plurality") ?? "tie");
}

type Labels = DawidSkene & { readonly label: Uint8Array; readonly annotators: number };

function modelLabels(
  { rows, facts }: StudyData,
  { at, compared, comparisons }: JudgedByPeople,
): Labels | NotEstimable {
  const annotators = pick(rows.annotator, at);
  const labels = pickBytes(compared.outcome, at);
  for (let k = 0; k < labels.length; k++) labels[k] = halvesOfFirst(labels[k]!);
  const model = dawidSkene({
    items: pick(compared.comparison, at),
    annotators,
    labels,
    itemCount: comparisons,
    annotatorCount: compared.annotatorCount,
    classes: OUTCOMES.length,
    mirrored: facts.pairs === "all",
  });
  if (isRefused(model)) return model;
  const label = new Uint8Array(comparisons);
  for (let c = 0; c < comparisons; c++) label[c] = likeliest(model.posterior, c);
  return { ...model, label, annotators: countDistinct(annotators) };
}

/** The likeliest label; a tie where the first and the second system are equally likely. */
function likeliest(posterior: Float64Array, c: number): number {
  const [loss, tie, win] = [posterior[3 * c]!, posterior[3 * c + 1]!, posterior[3 * c + 2]!];
  if (win > tie && win > loss) return 2;
  return loss > tie && loss > win ? 0 : 1;
}

function countLabels(own: readonly number[], label: Uint8Array, isFirst: boolean): Record<Outcome, number> {
  const counts = { win: 0, tie: 0, loss: 0 };
  for (const c of own) counts[OUTCOMES[isFirst ? label[c]! : 2 - label[c]!]!]++;
  return counts;
}

function told(
  { label, annotators, iterations, logLikelihood }: Labels,
  { majority, counts }: { majority: Uint8Array; counts: Int32Array },
): Aggregation["dawidSkene"] {
  let [comparisons, differsFromMajority] = [0, 0];
  for (let c = 0; c < label.length; c++) {
    if (counts[3 * c]! + counts[3 * c + 1]! + counts[3 * c + 2]! === 0) continue;
    comparisons++;
    if (label[c] !== majority[c]) differsFromMajority++;
  }
  return { comparisons, annotators, iterations, converged: true, logLikelihood, differsFromMajority };
}
