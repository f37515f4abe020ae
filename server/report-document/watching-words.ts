import type { LookReason, WatchedAnnotator } from "../contract/watching.ts";
import { counted, decimal, percent, seconds } from "./numbers.ts";

/** Why an annotator needs a look, in words; figures stand with the rules of the report. */
export const LOOK_WORDS: Readonly<Record<LookReason, (one: WatchedAnnotator) => string>> = {
  review: () => "paused by a rule, waits for your decision",
  message: () => "wrote to you, no answer yet",
  chance: ({ agreement }) =>
    agreement === null
      ? "agreement not shown to be better than chance"
      : `agreement ${decimal(agreement.rate)} not shown to be better than chance (${decimal(agreement.chance)})`,
  speed: ({ fast }) => `${shareOf(fast)} of judgments in less than 2 s`,
  side: ({ left }) => `${shareOf(left)} of decisive judgments on the left`,
  answer: () => "gives one answer far more often than others",
  checks: ({ checks }) => `${checks.count} of ${counted(checks.of, "check")} passed`,
  results: () => "judged after seeing the results",
};

/** A share in per cent; a dash where there is nothing to take it of. */
export const shareOf = ({ count, of }: { count: number; of: number }): string =>
  of === 0 ? "–" : percent(count / of);

/** Agreement with others, and what can be told of it. */
export function agreementSays(agreement: WatchedAnnotator["agreement"]): string {
  if (agreement === null) return "–";
  const { rate, found, power } = agreement;
  if (found === "cannot tell") return `${decimal(rate)}, too early to tell (power ${percent(power)})`;
  return `${decimal(rate)}, ${found === "better" ? "better than chance" : "not shown to be better than chance"}`;
}

/** The median time for a judgment; a dash where none is recorded. */
export const medianSays = (value: number | null): string => (value === null ? "–" : seconds(value));
