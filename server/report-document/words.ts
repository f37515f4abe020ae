import { NO_JUDGMENTS } from "../contract/reasons.ts";
import type { Declared } from "../contract/report.ts";
import type { SkipReason } from "../contract/words.ts";

/** A text as a sentence, a heading or a caption begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The rate that a report concludes from; JSON and CSV call it the half-tie rate. */
export const RATE = "win rate (ties count ½)";
export const RATE_FIRST = capital(RATE);

/** Where a report first names that rate. */
export const RATE_GUIDE = `${RATE_FIRST}, also called half-tie rate: a win counts 1, a tie ½ and a loss 0, so that .500 is an even match.`;

/** Over what the declared rate is a mean. */
export const MEANS: Record<Declared["estimate"], string> = {
  halfTieRateByPrompt: "mean over prompts",
  halfTieRate: "mean over judgments",
};

export const TEST_NAMES = {
  permutationTest: "permutation test",
  signTest: "sign test",
  tTest: "t test",
} as const;

/** A declared test with those of whom its conclusions are. */
export const DECLARED_TESTS: Record<Declared["test"], string> = {
  tTest:
    "the t test, about annotators like these (of a model, or of one or two annotators: the permutation test)",
  permutationTest: "the permutation test, about these annotators",
  signTest: "the sign test, about these annotators",
};

/** Why a pair could not be judged; annotators read their own wording. */
export const SKIP_REASONS: Record<SkipReason, string> = {
  ...{ language: "unknown language", unreadable: "unreadable", missing: "something missing" },
  ...{ offensive: "offensive", other: "other" },
};

export const ALL_PEOPLE = "all people";
export const NO_JUDGMENTS_YET = `${capital(NO_JUDGMENTS)}.`;
export const NOT_ESTIMABLE = (reason: string): string => `Not estimable: ${reason}.`;
/** Above what must be known before any figure. */
export const NOTES_TITLE = "Read this first";
/** What the sentences before the figure are called where they have no heading. */
export const VERDICTS_LABEL = "In short";
