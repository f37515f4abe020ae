import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import {
  BETTER_BELOW,
  dealtAnswers,
  type DealtAnswers,
  isBelowOthers,
  powerOfDeals,
} from "../../statistics/tests/dealt-answers.ts";
import { kappaOf } from "../../statistics/agreement/chance.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import type { Others } from "./other-annotators.ts";
import { pickBytes } from "../rows/gather.ts";

type AgainstChance = NonNullable<AnnotatorFigures["againstChance"]>;

/** An annotator's agreement with the others beside their own answers dealt anew; `at`: the annotator's rows. */
export function dealtOf(at: Int32Array, others: Others, seed: string): DealtAnswers | NotEstimable {
  const shared = at.filter((i) => !Number.isNaN(others.agreement[i]!));
  const worth = new Float64Array(3 * shared.length);
  for (let j = 0; j < shared.length; j++) {
    for (let k = 0; k < 3; k++) worth[3 * j + k] = others.agreementOf(shared[j]!, k);
  }
  return dealtAnswers({ said: pickBytes(others.said, shared), worth, random: seededRandom(seed) });
}

/** Judged by one annotator: `isPerson`, and so one of the others to everybody else. */
interface Dealt {
  readonly made: DealtAnswers | NotEstimable;
  readonly isPerson: boolean;
}

/** Who is shown to be better than chance, who is not although the others are that far above it, and who cannot be told. */
export function againstChanceOf(all: readonly Dealt[]): AgainstChance[] {
  let [beyond, judgments] = [0, 0];
  const beyondOf = ({ made, isPerson }: Dealt) =>
    isPerson && !isRefused(made)
      ? { beyond: made.judgments * (made.agreement - made.chance), judgments: made.judgments }
      : { beyond: 0, judgments: 0 };
  for (const one of all) {
    beyond += beyondOf(one).beyond;
    judgments += beyondOf(one).judgments;
  }
  const among = all.filter(({ made }) => !isRefused(made)).length;
  return all.map((one) => {
    const { made } = one;
    if (isRefused(made)) return made;
    const own = beyondOf(one);
    const others = judgments - own.judgments;
    const typical = others === 0 ? 0 : (beyond - own.beyond) / others;
    const { deviation, ...told } = made;
    const isBetter = made.p < BETTER_BELOW;
    return {
      ...told,
      kappa: kappaOf(made.agreement, made.chance),
      power: powerOfDeals(typical, deviation, among),
      found: isBetter ? "better" : isBelowOthers(made, typical, among) ? "not shown" : "cannot tell",
    };
  });
}
