import { REASONS } from "../../contract/reasons.ts";
import { type Estimate, type Interval, isRefused, type NotEstimable, UPPER } from "../estimate.ts";
import { quantileSorted } from "../quantile.ts";
import { type PromptDraws, RESAMPLES } from "../resampling/prompt-draws.ts";
import { bundled, type PromptSums, resampledSums, takingPart, totals } from "./prompt-sums.ts";
import type { ScoreRange } from "./score-limits.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import { wilson } from "./wilson.ts";

/** A figure that is made of sums over prompts. */
export interface FigureOfSums {
  readonly value: (sums: Float64Array) => number | NotEstimable;
  /** The column that is above 0 in the rows of the prompts that the figure rests on. */
  readonly support: number;
  readonly range: ScoreRange;
  /** Whether it is a share of things that happen or do not, so that at 0 or 1 Wilson's interval can stand. */
  readonly isShare: boolean;
  /** What the figure counts, of judgments or pairs of judgments; told beside it. */
  readonly n: number;
}

/** With fewer prompts resampling is too narrow. */
const PROMPTS_TO_RESAMPLE = 50;
/** More prompts than these are resampled in so many bundles. */
const BUNDLES = 2000;

const ROUNDING = 1e-12;
/** A figure that this share of resamples cannot have rests on too few prompts. */
const MOST_UNDEFINED = 0.05;

type Figures<Name extends string> = Readonly<Record<Name, FigureOfSums>>;

/**
 * Figures that are made of sums over prompts, each with its 95 % interval: what would they be in studies with other
 * prompts, under the same annotators?
 *
 * From 50 prompts on prompts are drawn with replacement, each with all that it adds to the sums, 1,000 times over; the
 * limits are the quantiles at 2.5 % and 97.5 %. Above 2,000 prompts they are drawn in 2,000 bundles, see bundled.
 * Below 50 each prompt is left out in turn: θ ± t √((P − 1)/P · Σ_p (θ_without p − θ)²), t with P − 1 degrees of
 * freedom. Either is cut off at the range of the figure. Assumes that prompts are independent; annotators are taken as
 * they are. Sources: B. Efron, Annals of Statistics 7 (1979); jackknife: J. Tukey, Annals of Mathematical Statistics
 * 29 (1958).
 * Edges: a figure that cannot be had is refused with its reason; with one prompt, or where leaving any out or drawing
 * changes nothing, the value stands without interval, except that a share of 0 or 1 has Wilson's on the number of
 * prompts. Where one prompt is all that defines the figure, or more than 1 in 20 resamples have none, there is none.
 */
export function figuresByPrompt<Name extends string>(
  sums: PromptSums,
  { figures, draws }: { figures: Figures<Name>; draws: PromptDraws },
): Record<Name, Estimate> {
  const rows = takingPart(sums);
  const whole = totals(rows);
  const drawn = lazily(() => drawStudies(rows, draws));
  const names = Object.keys(figures) as Name[];
  const made = names.map((name): [Name, Estimate] => {
    const figure = figures[name];
    const value = figure.value(whole);
    if (typeof value !== "number") return [name, value];
    const interval = intervalOf(figure, { rows, whole, value, drawn });
    return [name, isRefused(interval) ? { value, ...interval } : { value, n: figure.n, ...interval }];
  });
  return Object.fromEntries(made) as Record<Name, Estimate>;
}

interface Drawn {
  readonly sums: Float64Array;
  readonly method: string;
}

interface Made {
  readonly rows: PromptSums;
  readonly whole: Float64Array;
  readonly value: number;
  readonly drawn: () => Drawn;
}

function drawStudies(rows: PromptSums, draws: PromptDraws): Drawn {
  const bundles = bundled(rows, BUNDLES);
  const inBundles = bundles === rows ? "" : ` in ${BUNDLES.toLocaleString("en")} bundles`;
  return {
    sums: resampledSums(bundles, draws(bundles.prompts)),
    method: `prompts resampled ${RESAMPLES.toLocaleString("en")} times${inBundles}, percentiles`,
  };
}

function intervalOf(figure: FigureOfSums, made: Made): Interval | NotEstimable {
  const prompts = supportOf(figure, made.rows);
  if (prompts < 2) return { notEstimable: REASONS.onePrompt };
  const interval = prompts < PROMPTS_TO_RESAMPLE ? leftOut(figure, made, prompts) : resampled(figure, made);
  if (isRefused(interval)) return interval;
  const { low, high, method } = interval;
  if (high - low <= ROUNDING) return intervalOfSame(figure, made.value, prompts);
  return { low: Math.max(low, figure.range.low), high: Math.min(high, figure.range.high), method };
}

function supportOf({ support }: FigureOfSums, { width, values }: PromptSums): number {
  let prompts = 0;
  for (let at = support; at < values.length; at += width) if (values[at]! > 0) prompts++;
  return prompts;
}

/** Only shares at an end of their range have an interval where nothing varies. */
function intervalOfSame(figure: FigureOfSums, value: number, prompts: number): Interval | NotEstimable {
  const end = Math.round(value);
  if (!figure.isShare || Math.abs(value - end) > ROUNDING) return { notEstimable: REASONS.promptsSayTheSame };
  const share = wilson(end * prompts, prompts);
  return isRefused(share) ? share : { ...share, method: `Wilson (${prompts} prompts)` };
}

function leftOut(
  { value: figure }: FigureOfSums,
  { rows, whole, value }: Made,
  prompts: number,
): Interval | NotEstimable {
  const without = new Float64Array(rows.width);
  let squares = 0;
  for (let p = 0; p < rows.prompts; p++) {
    for (let k = 0; k < rows.width; k++) without[k] = whole[k]! - rows.values[p * rows.width + k]!;
    const other = figure(without);
    if (typeof other !== "number") return { notEstimable: REASONS.restsOnFew };
    squares += (other - value) ** 2;
  }
  const reach = studentTQuantile(UPPER, prompts - 1) * Math.sqrt(((prompts - 1) / prompts) * squares);
  const half = reach <= ROUNDING ? 0 : reach;
  return { low: value - half, high: value + half, method: `jackknife by prompt (t, ${prompts - 1} df)` };
}

function resampled({ value: figure }: FigureOfSums, { rows, drawn }: Made): Interval | NotEstimable {
  const { sums, method } = drawn();
  const values: number[] = [];
  for (let r = 0; r < RESAMPLES; r++) {
    const other = figure(sums.subarray(r * rows.width, (r + 1) * rows.width));
    if (typeof other === "number") values.push(other);
  }
  if (values.length < RESAMPLES * (1 - MOST_UNDEFINED)) return { notEstimable: REASONS.restsOnFew };
  const sorted = Float64Array.from(values).sort();
  return { low: quantileSorted(sorted, 1 - UPPER), high: quantileSorted(sorted, UPPER), method };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
