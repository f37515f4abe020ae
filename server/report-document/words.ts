import type { Declared } from "../contract/report.ts";

/** The rate that a report concludes from; JSON and CSV call it the half-tie rate. */
export const RATE = "win rate (ties count ½)";
/** The same where a caption begins. */
export const RATE_FIRST = "Win rate (ties count ½)";

/** Where a report first names that rate. */
export const RATE_GUIDE =
  "Win rate (ties count ½), also called half-tie rate: a win counts 1, a tie ½ and a loss 0, so that .500 is an even match.";

/** Over what the declared rate is a mean. */
export const MEANS: Record<Declared["estimate"], string> = {
  halfTieRateByPrompt: "mean over prompts",
  halfTieRate: "mean over judgments",
};
export const OTHER_MEAN = { halfTieRateByPrompt: "halfTieRate", halfTieRate: "halfTieRateByPrompt" } as const;

export const TEST_NAMES = {
  permutationTest: "permutation test",
  signTest: "sign test",
  tTest: "t test",
} as const;

export const ALL_PEOPLE = "all people";
export const NO_JUDGMENTS = "No judgments yet.";
export const NOT_ESTIMABLE = (reason: string): string => `Not estimable: ${reason}.`;
/** Above what must be known before any figure. */
export const NOTES_TITLE = "Read this first";
