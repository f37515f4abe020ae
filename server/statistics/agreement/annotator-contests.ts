import type { OutcomeCounts } from "./counts.ts";
import { type Points, pointsWith } from "./model.ts";

/** Judgments of people, in the order of their comparisons; one element a judgment. */
interface JudgmentsOfPeople {
  readonly comparison: Int32Array;
  readonly annotator: Int32Array;
  /** FIRST, TIED or SECOND. */
  readonly outcome: Uint8Array;
  readonly annotatorCount: number;
}

/** People, and a model that judged the same comparisons. */
export interface PeopleAndModel {
  readonly people: JudgmentsOfPeople;
  /** What the same people said, counted by comparison; and the model. */
  readonly counts: OutcomeCounts;
  readonly model: OutcomeCounts;
  readonly promptOf: Int32Array;
}

/** One element for each judgment of a person that can be held against the model's. */
export interface Contests {
  readonly count: number;
  readonly annotator: Int32Array;
  readonly prompt: Int32Array;
  /** 1 where only the person, −1 where only the model is at least as near to the others, 0 where both are alike. */
  readonly difference: Int8Array;
  /** By annotator: contests, and sums over them of the differences and of their squares. */
  readonly size: Int32Array;
  readonly sums: Int32Array;
  readonly squares: Int32Array;
}

/**
 * Holds the model and each person against all others who judged the same comparison: who is nearer to them, by the mean
 * of the points that agreement with each of them gives? Comparisons that nobody else judged are left out; several
 * judgments of the model about one comparison count by their mean.
 */
export function contestsOf({ people, counts, model, promptOf }: PeopleAndModel, points: Points): Contests {
  const { comparison, annotator, outcome, annotatorCount } = people;
  const column = () => new Int32Array(comparison.length);
  const byAnnotator = () => new Int32Array(annotatorCount);
  const contests = {
    ...{ annotator: column(), prompt: column(), difference: new Int8Array(comparison.length) },
    ...{ size: byAnnotator(), sums: byAnnotator(), squares: byAnnotator() },
  };
  let [count, inCounts, inModel] = [0, 0, 0];
  const [others, saidByModel] = [new Int32Array(3), new Int32Array(3)];
  for (let i = 0; i < comparison.length; i++) {
    while (counts.comparison[inCounts]! < comparison[i]!) inCounts++;
    while (inModel < model.comparison.length && model.comparison[inModel]! < comparison[i]!) inModel++;
    if (model.comparison[inModel] !== comparison[i]) continue;
    for (let k = 0; k < 3; k++) {
      others[k] = counts.counts[3 * inCounts + k]!;
      saidByModel[k] = model.counts[3 * inModel + k]!;
    }
    others[outcome[i]!]!--;
    if (others[0]! + others[1]! + others[2]! === 0) continue;
    const d = differenceOf(outcome[i]!, { model: saidByModel, others, points });
    const who = annotator[i]!;
    contests.annotator[count] = who;
    contests.prompt[count] = promptOf[comparison[i]!]!;
    contests.difference[count++] = d;
    contests.size[who]!++;
    contests.sums[who]! += d;
    contests.squares[who]! += d * d;
  }
  return { count, ...contests };
}

/** The model may have judged several times: then the person's judgment counts as often. */
function differenceOf(
  said: number,
  { model, others, points }: { model: Int32Array; others: Int32Array; points: Points },
): number {
  const times = model[0]! + model[1]! + model[2]!;
  let own = 0;
  for (let k = 0; k < 3; k++) own += others[k]! * points[Math.abs(said - k)]!;
  return Math.sign(times * own - pointsWith(model, others, points));
}

/** The contests of some annotators. */
export function contestsWith({ count, size, ...all }: Contests, some: readonly number[]) {
  const isTaken = new Uint8Array(size.length);
  for (const code of some) isTaken[code] = 1;
  const at = Int32Array.from({ length: count }, (_, i) => i).filter((i) => isTaken[all.annotator[i]!] === 1);
  return {
    annotator: Int32Array.from(at, (i) => all.annotator[i]!),
    prompt: Int32Array.from(at, (i) => all.prompt[i]!),
    difference: Int8Array.from(at, (i) => all.difference[i]!),
  };
}
