import type {
  PairTests,
  PermutationTestResult,
  SignTestResult,
  TTestResult,
} from "../../contract/report-pair-tests.ts";
import type { Analysis } from "../../contract/studies.ts";
import type { Estimate, NotEstimable, TestStatus } from "../../contract/report-estimates.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { halfTieScores, LOSS } from "../../statistics/judgments/half-tie.ts";
import { holm } from "../../statistics/tests/holm.ts";
import { judgmentsNeeded } from "../../statistics/planning/judgments-needed.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { resampledByPrompt } from "../../statistics/resampling/prompt-resampling.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { rateInterval } from "../../statistics/intervals/rate-interval.ts";
import { ofTheseAnnotators, type Sampling } from "../../statistics/judgments/sampling.ts";
import { signTest } from "../../statistics/tests/sign-test.ts";
import type { Cell } from "../rows/cell.ts";
import { withCount } from "../rows/with-count.ts";
import { aimOf, concludeFrom } from "./conclusion.ts";
import { concludeMargins } from "./margin.ts";
import { sideAdjusted } from "./side-adjusted.ts";
import {
  eitherOf,
  type Levelled,
  type Margins,
  promptScores,
  type Targets,
  twoTargets,
  whoOf,
} from "./two-targets.ts";

interface PairToTest {
  readonly cell: Cell;
  /** On which side the cell's system stood, judgment by judgment; see sidesOf. */
  readonly sides: Uint8Array;
  /** How the cell's judgments hang together, as for its rates. */
  readonly sampling: Sampling;
  /** The study's seed with the names of the pair and of the groups: what random numbers are drawn from. */
  readonly seed: string;
  readonly status: TestStatus;
  /** The half-tie rate that was declared to be concluded from, and the test. */
  readonly estimate: Analysis["estimate"];
  readonly test: Analysis["test"];
  /** The declared margin. */
  readonly margin?: number | undefined;
  /** The level of the tests at a declared look. */
  readonly level?: number | undefined;
}

/** The levels at which tests are made at a declared look. */
interface LookLevels {
  readonly number: number;
  readonly of: number;
  readonly level: number;
  readonly levelAmong: (comparisons: number) => number;
}

type Refused = NotEstimable & { status: TestStatus };
/** A test before its p value is corrected with the others of its family. */
type Made<Result> = Omit<Extract<Result, { p: unknown }>, "p" | "pHolm"> & { readonly p: number };
type SignTestMade = Made<SignTestResult>;
type PermutationTestMade = Made<PermutationTestResult>;
type TTestMade = Made<TTestResult>;

export type UncorrectedPairTests = Omit<
  PairTests,
  "signTest" | "permutationTest" | "tTest" | "conclusion"
> & {
  signTest: SignTestMade | Refused;
  permutationTest: PermutationTestMade | Refused;
  tTest: TTestMade | Refused;
  targets: Targets;
  /** What else the declared analysis asks for. */
  beside: { margins: Margins; levelled: Levelled };
};

/** The half-width of the interval that `judgmentsNeeded` speaks of. */
const HALF_WIDTH = 0.05;

/**
 * What stands beside the rates of one row, each test with its own p value. Judgments that were reconstructed from
 * percentages keep what the percentages tell; whatever joins the judgments of one prompt is refused.
 */
export function pairTests(given: PairToTest): UncorrectedPairTests {
  const { cell, sampling, seed } = given;
  if (cell.judgments > 0 && cell.reconstructed > 0) return testsOfReconstructed(given);
  const scores = halfTieScores(cell.halves);
  const prompts = promptScores(cell.halves, sampling);
  const random = (of: string) => seededRandom(`${seed} ${of}`);
  const { estimate, margin, level } = given;
  const { permutationTest, tTest, margins, levelled, ...targets } = twoTargets({
    ...{ scores, prompts, sampling, who: cell, estimate, margin, level, random },
  });
  return {
    ...shares(given),
    sideAdjusted: sideAdjusted(given),
    signTest: signTestOf(prompts.sums, given.status),
    permutationTest: { ...permutationTest, status: given.status },
    tTest: { ...tTest, status: given.status },
    targets,
    beside: { margins, levelled },
    resampledByPrompt: resampledByPrompt({
      means: prompts.means,
      random: random("prompts resampled"),
    }),
    judgmentsNeeded: judgmentsNeeded({
      ...{ scores, halfWidth: HALF_WIDTH },
      sampling: isOfOthers(given, targets) ? sampling : ofTheseAnnotators(sampling),
    }),
  };
}

/** Whether the conclusion is about other annotators, too: what a precision takes is for those it is about. */
const isOfOthers = (declared: Pick<PairToTest, "test">, { annotatorsAre }: Targets): boolean =>
  aimOf(declared, annotatorsAre).target === "annotators like these";

/**
 * Corrects the p values of one family by Holm and concludes. The tests that rows are concluded from are corrected together,
 * whatever their kind (see aimOf); the others, which are exploratory, each kind on its own. A family that was declared
 * beforehand is all rows given: a test that could not be made counts as one with p = 1, so that the correction does not
 * grow while the judgments come in. Where nothing was declared it is the rows that were judged.
 */
export function correctFamily(
  family: readonly UncorrectedPairTests[],
  {
    analysis,
    isDeclared,
    look = null,
  }: { analysis: Analysis; isDeclared: boolean; look?: LookLevels | null },
): PairTests[] {
  const isIn = family.map(({ targets }) => isDeclared || isJudged(targets));
  const comparisons = isIn.filter(Boolean).length;
  const own = family.map(({ targets }) => aimOf(analysis, targets.annotatorsAre).test);
  const ownHolm = holmOf(
    family.map((row, i) => row[own[i]!]),
    isIn,
  );
  const corrected = <T extends { p: number }>(name: Analysis["test"], tests: readonly (T | Refused)[]) => {
    const kindHolm = holmOf(tests, isIn);
    return tests.map((test, i) => {
      const isOwn = name === own[i];
      const told = isOwn ? test : { ...test, status: "exploratory" as const };
      return "p" in told ? { ...told, pHolm: (isOwn ? ownHolm : kindHolm)[i]! } : told;
    });
  };
  const signTests = corrected<SignTestMade>(
    "signTest",
    family.map((row) => row.signTest),
  );
  const permutationTests = corrected<PermutationTestMade>(
    "permutationTest",
    family.map((row) => row.permutationTest),
  );
  const tTests = corrected<TTestMade>(
    "tTest",
    family.map((row) => row.tTest),
  );
  const levels = look && {
    level: look.level,
    levelAfterCorrection: look.levelAmong(Math.max(1, comparisons)),
  };
  const lookAt = (levelled: Levelled) => (levels && levelled ? { ...levels, levelled } : null);
  const concluded = family.map(({ targets, beside, ...row }, i) => {
    const tests = { signTest: signTests[i]!, permutationTest: permutationTests[i]!, tTest: tTests[i]! };
    return {
      ...row,
      ...tests,
      conclusion: concludeFrom(tests, targets, { analysis, comparisons, look: lookAt(beside.levelled) }),
    };
  });
  return withMargins(concluded, family, { analysis, isAtEnd: look === null || look.number === look.of });
}

/** The same with what stands of the tests against the margin, where one was declared, for the target of each row: once, at the end. */
function withMargins(
  rows: readonly PairTests[],
  family: readonly UncorrectedPairTests[],
  { analysis: { margin }, isAtEnd }: { analysis: Analysis; isAtEnd: boolean },
): PairTests[] {
  if (margin === undefined) return [...rows];
  const tests = rows.map(({ conclusion }, i) => ({
    test: family[i]!.beside.margins![eitherOf(conclusion.target)],
    isConfirmatory: conclusion.verdict !== null && isAtEnd,
  }));
  const concluded = concludeMargins(tests, margin);
  return rows.map((row, i) => ({ ...row, conclusion: { ...row.conclusion, margin: concluded[i]! } }));
}

const isJudged = ({ annotators, unnamed = 0 }: Targets): boolean => annotators + unnamed > 0;

/** The p values of one test in each row, corrected over the rows that are in; 1 for the others, where nothing was judged. */
function holmOf(tests: readonly ({ p: number } | Refused)[], isIn: readonly boolean[]): number[] {
  const corrected = holm(tests.flatMap((test, i) => (isIn[i] ? ["p" in test ? test.p : 1] : [])));
  let at = 0;
  return isIn.map((one) => (one ? corrected[at++]! : 1));
}

/** Net preference, and "equal or better": both per judgment, as the rates of win, tie and loss. */
function shares(given: PairToTest): Pick<PairTests, "netPreference" | "equalOrBetter"> {
  const { cell, sampling } = given;
  if (cell.judgments === 0) {
    return {
      netPreference: { notEstimable: REASONS.noJudgments },
      equalOrBetter: { notEstimable: REASONS.noJudgments },
    };
  }
  const net = new Float64Array(cell.judgments);
  const notLost = new Uint8Array(cell.judgments);
  let kept = 0;
  for (let i = 0; i < cell.judgments; i++) {
    net[i] = cell.halves[i]! - 1;
    kept += notLost[i] = cell.halves[i] === LOSS ? 0 : 1;
  }
  const interval = rateInterval({ outcomes: notLost, outcome: 1, sampling });
  const n = cell.judgments;
  return {
    netPreference: withCount(scoreInterval({ scores: net, sampling, range: { low: -1, high: 1 } }), n),
    equalOrBetter: { value: kept / n, n, ...interval },
  };
}

function signTestOf(sums: Int32Array, status: TestStatus): SignTestMade | Refused {
  if (sums.length === 0) return { notEstimable: REASONS.noJudgments, status };
  const [wins, losses] = [sums.filter((sum) => sum > 0).length, sums.filter((sum) => sum < 0).length];
  const test = signTest(wins, losses);
  if ("notEstimable" in test) return { ...test, status };
  return { ...test, wins, losses, ties: sums.length - wins - losses, status };
}

function testsOfReconstructed(given: PairToTest): UncorrectedPairTests {
  const onPrompts = { notEstimable: NOT_IN_PERCENTAGES.prompts };
  const repeats = { notEstimable: NOT_IN_PERCENTAGES.repeats };
  const told = shares(given);
  const known = (estimate: Estimate): Estimate =>
    given.sampling.clusteredBy === "nothing" || !("value" in estimate)
      ? estimate
      : { value: estimate.value, n: given.cell.judgments, ...repeats };
  return {
    netPreference: known(told.netPreference),
    equalOrBetter: known(told.equalOrBetter),
    sideAdjusted: { notEstimable: NOT_IN_PERCENTAGES.sides },
    signTest: { ...onPrompts, status: given.status },
    permutationTest: { ...onPrompts, status: given.status },
    tTest: { ...repeats, status: given.status },
    targets: targetsOfReconstructed(given, repeats),
    beside: {
      levelled: given.level === undefined ? null : forBoth(repeats),
      margins: given.margin === undefined ? null : forBoth(repeats),
    },
    resampledByPrompt: onPrompts,
    judgmentsNeeded: onPrompts,
  };
}

const forBoth = (refused: NotEstimable) => ({
  "these annotators": refused,
  "annotators like these": refused,
});

/** No interval of reconstructed judgments can tell one target from the other. */
function targetsOfReconstructed({ cell, sampling }: PairToTest, refused: NotEstimable): Targets {
  return { ...whoOf(cell, sampling), theseAnnotators: refused, annotatorsLikeThese: refused };
}
