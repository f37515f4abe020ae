import type { Estimate } from "../../contract/report-estimates.ts";
import type { StyleEffects } from "../../contract/report-effects.ts";
import { REASONS } from "../../contract/reasons.ts";
import { type ControlledRate, controlledRate } from "../../statistics/regression/controlled-rate.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import {
  type InfluenceSums,
  sumInfluences,
  varianceWithOwn,
} from "../../statistics/intervals/influence-sums.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { nameOfRobust } from "../../statistics/intervals/method-name.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import { scoreLimits } from "../../statistics/intervals/score-limits.ts";
import { type MeasuredVariance, measuredVariance } from "../../statistics/intervals/two-way.ts";
import { ofUneven } from "../../statistics/intervals/uneven-clusters.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { type StyleModel, whyUntold } from "./style-model.ts";
import { LENGTH } from "./style-rows.ts";
import { withCount } from "../rows/with-count.ts";

type LengthControlled = Extract<StyleEffects, { lengthControlled: unknown }>["lengthControlled"];

/** A pair's judgments in the model, seen from `system`. */
interface PairInModel {
  /** Judgments, and rows of the model. */
  readonly from: number;
  readonly to: number;
  readonly rowFrom: number;
  readonly rowTo: number;
  /** The model's successes are of the system with the lower code: true where that is `against`. */
  readonly isTurned: boolean;
}

/** The sums of influences by prompt and, where annotators repeat, by annotator and by both. */
interface Sums {
  readonly prompt: InfluenceSums;
  readonly annotator: InfluenceSums | null;
  readonly crossed: InfluenceSums | null;
}

/**
 * The half-tie rate of each listed pair as it was, and had its responses been equally long. Both are over the judgments
 * in the model. Pairs without any are left out.
 */
export function lengthControlled(data: StudyData, model: StyleModel): LengthControlled {
  const sums = sumsOf(model);
  const ranges = rangesOf(data, model);
  return listPairs(data.facts, new PairRanges(data.rows)).flatMap(({ system, against }) => {
    if (system.code === null || against.code === null) return [];
    const isTurned = system.code > against.code;
    const [low, high] = isTurned ? [against.code, system.code] : [system.code, against.code];
    const range = ranges.get(low * data.facts.systems.length + high);
    if (!range) return [];
    const pair = { ...range, isTurned };
    const part = {
      prompt: model.rows.prompt.subarray(range.from, range.to),
      annotator: model.rows.annotator.subarray(range.from, range.to),
    };
    const sampling = samplingOf(part, { fixedAnnotators: model.sampling.fixedAnnotators });
    return [
      {
        system: system.label,
        against: against.label,
        raw: rawOf(model, pair, sampling),
        controlled: controlledOf(model, pair, { sampling, sums }),
      },
    ];
  });
}

/** By both codes of a pair where its judgments and its rows stand in the model. */
function rangesOf({ facts }: StudyData, { rows }: StyleModel): Map<number, Omit<PairInModel, "isTurned">> {
  const { plus, minus } = rows.data;
  const { row } = rows.trials;
  const ranges = new Map<number, Omit<PairInModel, "isTurned">>();
  const pairOf = (k: number) => plus[row[k]!]! * facts.systems.length + minus[row[k]!]!;
  for (let from = 0; from < row.length;) {
    let [to, rowTo] = [from, 0];
    for (; to < row.length && pairOf(to) === pairOf(from); to++) rowTo = Math.max(rowTo, row[to]! + 1);
    ranges.set(pairOf(from), { from, to, rowFrom: row[from]!, rowTo });
    from = to;
  }
  return ranges;
}

function rawOf({ rows }: StyleModel, { from, to, isTurned }: PairInModel, sampling: Sampling): Estimate {
  const own = rows.trials.success.subarray(from, to);
  const scores = isTurned ? own.map((one) => 1 - one) : own;
  return withCount(scoreInterval({ scores, sampling }), to - from);
}

function controlledOf(
  model: StyleModel,
  pair: PairInModel,
  { sampling, sums }: { sampling: Sampling; sums: Sums },
): Estimate {
  const untold = whyUntold(model, LENGTH);
  if (untold !== null) {
    return { notEstimable: untold === REASONS.notToldApart ? REASONS.lengthNotToldApart : untold };
  }
  const { data } = model.rows;
  const rate = controlledRate({
    features: data.features,
    coefficients: model.fit.terms.subarray(data.strengths),
    controlled: LENGTH,
    ...{ trials: data.trials, successes: data.successes, from: pair.rowFrom, to: pair.rowTo },
  });
  if (rate === null) return { notEstimable: REASONS.sameWay };
  const n = pair.to - pair.from;
  const value = pair.isTurned ? 1 - rate.value : rate.value;
  if (sampling.refused !== null) return { value, n, ...sampling.refused };
  const measured = varianceOf(model, { pair, rate, sums, sampling });
  if (isRefused(measured)) return { value, n, ...measured };
  const method = `${model.name}, ${nameOfRobust(model.sampling, measured.df, "score, t")}`;
  return { value, ...scoreLimits(value, measured), method, n };
}

function sumsOf({ influences, sampling }: StyleModel): Sums {
  const { clusteredBy, prompts, annotators, crossed } = sampling;
  const repeats = clusteredBy === "annotator" || clusteredBy === "both";
  const over = (clusters: Sampling["prompts"]) => sumInfluences(influences, clusters);
  return {
    prompt: over(prompts),
    annotator: repeats ? over(annotators) : null,
    crossed: crossed === null ? null : over(crossed),
  };
}

/** As samplingVariance: two-way where both repeat, but prompts alone where one annotator judged all of the pair. */
function varianceOf(
  { rows }: StyleModel,
  given: { pair: PairInModel; rate: ControlledRate; sums: Sums; sampling: Sampling },
): MeasuredVariance | NotEstimable {
  const { pair, rate, sums } = given;
  const own = new Float64Array(pair.to - pair.from);
  for (let k = 0; k < own.length; k++) {
    const at = rows.trials.row[pair.from + k]! - pair.rowFrom;
    const off = rows.trials.success[pair.from + k]! - rate.fitted[at]!;
    own[k] = rate.perSuccess * off + rate.shift[at]!;
  }
  const variance = (of: InfluenceSums) => varianceWithOwn(of, { slopes: rate.slopes, own, from: pair.from });
  const byPrompt = variance(sums.prompt);
  if (byPrompt === null) return { notEstimable: REASONS.oneCluster };
  const { fixedAnnotators, annotators } = given.sampling;
  const even = fixedAnnotators || sums.annotator === null ? null : variance(sums.annotator);
  const byAnnotator = even && ofUneven(even, annotators.size);
  const crossed = sums.crossed === null ? null : variance(sums.crossed);
  return byAnnotator === null || crossed === null
    ? measuredVariance({ main: byAnnotator ?? byPrompt, annotators: null, crossed: 0 })
    : measuredVariance({ main: byPrompt, annotators: byAnnotator, crossed: crossed.variance });
}
