import { counted, pSays } from "./results-numbers.ts";

/** What a verdict is made of: of how many annotators (null: it holds for all alike), the rate with its interval, the test. */
export interface By {
  by: number | null;
  rate: string;
  ends: string;
  test: string;
  p: number;
}

/** Verdicts on one pair, each with the interval and the test of the annotators that it is about. */
export const verdict = {
  better: (by: By) => ` ${begin(by, `it was preferred significantly more often ${whole(by)}`)}`,
  worse: (by: By) => ` ${begin(by, `it was preferred significantly less often ${whole(by)}`)}`,
  neither: (by: By) =>
    ` ${begin(by, `the difference is not significant (${made(by)})`)}: these judgments do not say which is better.`,
  noTest: (reason: string) => ` The declared test cannot be made: ${reason}.`,
  rates: { halfTieRateByPrompt: "mean over prompts", halfTieRate: "half-tie rate per judgment" },
  /** What ends a verdict on these annotators. */
  others: {
    none: ".",
    says: {
      too: (ends: string, p: number) => `; the same holds for annotators like these ${tTest(ends, p)}.`,
      notShown: (ends: string, p: number) =>
        `; for annotators like these that is not shown ${tTest(ends, p)}.`,
      refused: (reason: string) => `; for annotators like these it cannot be tested, as ${reason}.`,
    },
  },
  /** The test is significant, but an interval beside it does not agree. */
  open: {
    held: (by: By, rate: string, ends: string) =>
      `${rejects(by)} the interval of the ${rate}, ${ends}, does not leave one half out on the same side.`,
    without: (by: By, rate: string, reason: string) =>
      `${rejects(by)} the ${rate} has no interval: ${reason}.`,
    ofOthers: (by: By & { above: boolean }, others: string) =>
      ` No verdict on annotators in general: ${whose(by)} the rate lies ${by.above ? "above" : "below"} one half ${whole(by)}, but ${others}.`,
    holdsHalf: (ends: string) => `the interval for annotators like these, ${ends}, holds one half`,
    noInterval: (reason: string) => `for annotators like these there is no interval: ${reason}`,
  },
};

const made = ({ test, p }: By): string => `${test}, ${pSays(p)} after correction`;
const whole = (by: By): string => `(${by.rate} ${by.ends}, ${made(by)})`;
const tTest = (ends: string, p: number): string => `(${ends}, t test, ${pSays(p)} after correction)`;

const whose = ({ by }: By): string =>
  by === null ? "" : by === 1 ? "by this annotator" : `by these ${counted(by, "annotator")}`;

function begin(by: By, says: string): string {
  const sentence = `${whose(by)} ${says}`.trim();
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const rejects = (by: By): string =>
  ` No verdict: ${`${whose(by)} the test rejects an even match`.trim()} (${made(by)}), but`;
