import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import {
  BETTER_BELOW,
  dealtAnswers,
  type DealtAnswers,
  expectedAbove,
  isBelowOthers,
  powerOfDeals,
} from "../../statistics/tests/dealt-answers.ts";
import { kappaOf } from "../../statistics/agreement/chance.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import type { Others } from "./other-annotators.ts";
import { pick, pickBytes, pickScores, placesWithNumbers } from "../rows/gather.ts";

type AgainstChance = NonNullable<AnnotatorFigures["againstChance"]>;

/** Where one who answers by lot would be found less often than this, those found are mostly honest: nobody is pointed out. */
const POWER_LEAST = 0.2;

/** An annotator's agreement with the others beside their own answers dealt anew; `at`: the annotator's rows. */
export function dealtOf(at: Int32Array, others: Others, seed: string): DealtAnswers | NotEstimable {
  const shared = pick(at, placesWithNumbers(pickScores(others.agreement, at)));
  const worth = others.worth(shared);
  return dealtAnswers({ said: pickBytes(others.said, shared), worth, random: seededRandom(seed) });
}

/** Judged by one annotator: `isPerson`, and so one of the others to everybody else. */
interface Dealt {
  readonly made: DealtAnswers | NotEstimable;
  readonly isPerson: boolean;
}

/**
 * Who is shown to be better than chance, who is not although the others are that far above it, and who cannot be told.
 * @param looks how often the study is looked at by its protocol, the end counted: all looks together err in 5 %
 */
export function againstChanceOf(all: readonly Dealt[], looks: number): AgainstChance[] {
  const known = all.flatMap(({ made, isPerson }) => (isRefused(made) ? [] : [{ net: made.net, isPerson }]));
  const expected = expectedAbove(known);
  let next = 0;
  return all.map(({ made }) => {
    if (isRefused(made)) return made;
    const { net, ...told } = made;
    const reader = expected[next++]!;
    const power = powerOfDeals(reader, looks * known.length);
    const isBelow = power >= POWER_LEAST && isBelowOthers(net.above, reader, looks * known.length);
    return {
      ...told,
      kappa: kappaOf(made.agreement, made.chance),
      power,
      found: made.p < BETTER_BELOW ? "better" : isBelow ? "not shown" : "cannot tell",
    };
  });
}
