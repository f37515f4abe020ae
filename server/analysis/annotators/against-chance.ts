import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import { BETTER_BELOW, dealtAnswers, type DealtAnswers } from "../../statistics/tests/dealt-answers.ts";
import {
  agreementOfReaders,
  isBelowReaders,
  powerAmongReaders,
  READS_BELOW,
  type ReaderAgreement,
} from "../../statistics/tests/agreement-of-readers.ts";
import { kappaOf } from "../../statistics/agreement/chance.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { type ComparedRows, halvesOfFirst } from "../agreement/agreement-sides.ts";
import type { Others } from "./other-annotators.ts";
import { pick, pickBytes, pickScores, placesWithNumbers } from "../rows/gather.ts";

type AgainstChance = NonNullable<AnnotatorFigures["againstChance"]>;

/** Where one who answers by lot would be found less often than this, those found are mostly honest: nobody is pointed out. */
const POWER_LEAST = 0.3;

/** An annotator's agreement with the others beside their own answers dealt anew; `at`: the annotator's rows. */
export function dealtOf(at: Int32Array, others: Others, seed: string): DealtAnswers | NotEstimable {
  const shared = pick(at, placesWithNumbers(pickScores(others.agreement, at)));
  const worth = others.worth(shared);
  return dealtAnswers({ said: pickBytes(others.said, shared), worth, random: seededRandom(seed) });
}

/** How far annotators agree with the people who `counts` by code, beside what these show among themselves. */
export function readersOf(
  { comparison, outcome, rows }: ComparedRows,
  counts: Uint8Array,
): ReaderAgreement[] {
  const score = Int8Array.from(outcome, (one) => halvesOfFirst(one) - 1);
  return agreementOfReaders({ comparison, annotator: rows.annotator, score, counts });
}

/** Whether an annotator, one of `among`, is pointed out as agreeing less with the others than readers do. */
export const isPointedOutByChance = (reader: ReaderAgreement, among: number): boolean =>
  powerAmongReaders(reader, among) >= POWER_LEAST && isBelowReaders(reader, among);

/** What is known of one annotator's agreement. */
interface Dealt {
  readonly made: DealtAnswers | NotEstimable;
  readonly reader: ReaderAgreement;
}

/**
 * Who is shown to be better than chance, who agrees less than readers do, and who cannot be told.
 * @param looks how often the study is looked at by its protocol, the end counted: all looks together err in 5 %
 */
export function againstChanceOf(all: readonly Dealt[], looks: number): AgainstChance[] {
  const among = looks * all.filter(({ made }) => !isRefused(made)).length;
  return all.map(({ made, reader }) => {
    if (isRefused(made)) return made;
    return {
      ...made,
      kappa: kappaOf(made.agreement, made.chance),
      power: powerAmongReaders(reader, among),
      found: foundOf(made.p < BETTER_BELOW, made.p >= READS_BELOW && isPointedOutByChance(reader, among)),
    };
  });
}

const foundOf = (isBetter: boolean, isBelow: boolean) =>
  isBelow ? (isBetter ? "below" : "not shown") : isBetter ? "better" : "cannot tell";
