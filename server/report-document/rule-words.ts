import type { Consequence, MinimumTime, Rule, Seen, Signal, SignsOfAnnotator } from "../contract/quality.ts";
import { perCentOfBar, wholeNumber } from "./numbers.ts";

/** The words for rules about how people work, for the dashboard and the command line. */

export const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  gold: "gold pairs",
  attention: "attention checks",
  repeats: "repeated pairs",
  speed: "speed",
  straight: "equal choices in a row",
};

const CONSEQUENCE_WORDS: Readonly<Record<Consequence, string>> = {
  note: "note it",
  warn: "warn the annotator once",
  pause: "pause until a person has looked",
  end: "pause, and propose an end",
};

const number = wholeNumber;
const percent = (share: number): string => `${perCentOfBar(share)} %`;

/** What has to happen for a rule to find something. */
export function ruleSays({ signal, threshold, after }: Rule): string {
  const below = `fewer than ${percent(threshold)} of`;
  const says: Record<Signal, string> = {
    gold: `${below} gold pairs answered as expected, after ${number(after)}`,
    attention: `${below} attention checks answered as instructed, after ${number(after)}`,
    repeats: `${below} repeated pairs judged as before, after ${number(after)}`,
    speed: `half of the pairs judged faster than ${number(threshold)} words per minute, after ${number(after)} pairs`,
    straight: `${number(threshold)} equal choices in a row, after ${number(after)} pairs`,
  };
  return says[signal];
}

/** What follows, and for how many people at most. */
export const thenSays = ({ then, cap }: Rule): string =>
  cap === undefined ? CONSEQUENCE_WORDS[then] : `${CONSEQUENCE_WORDS[then]} (at most ${number(cap)} people)`;

/** How often pairs come again. */
export const repeatsSay = ({ every }: { readonly every: number }): string =>
  `one pair that was judged before is shown again in every ${number(every)}`;

/** How long a pair is visible before it can be judged. */
export function minimumTimeSays({ seconds, per100Words }: MinimumTime): string {
  const parts = [
    ...(seconds > 0 ? [`${number(seconds)} s`] : []),
    ...(per100Words > 0 ? [`${number(per100Words)} s per 100 words`] : []),
  ];
  return `a pair can be judged once it has been visible for ${parts.join(" and ")}`;
}

export const SIGNS_SAY = "signs of a chatbot are noted of annotators who agree";

/** What a rule saw. */
export function seenSays({ signal, threshold }: Rule, { value, of }: Seen): string {
  const share = `${percent(value)} of ${number(of)}`;
  const says: Record<Signal, string> = {
    gold: `${share} gold pairs answered as expected`,
    attention: `${share} attention checks answered as instructed`,
    repeats: `${share} repeated pairs judged as before`,
    speed: `${share} pairs judged faster than ${number(threshold)} words per minute`,
    straight: `${number(value)} equal choices in a row, in ${number(of)} pairs`,
  };
  return says[signal];
}

/** What was noted of somebody who agreed to it. */
export function signsSay({ pairs, leftPairs, copiedPairs, agreement }: SignsOfAnnotator): string {
  const at = `at ${number(pairs)} pairs: left the page at ${number(leftPairs)}, copied a text at ${number(copiedPairs)}`;
  if (agreement === null) return at;
  return `${at}; agreement: ${agreementSays(agreement)}`;
}

/** How somebody agrees with a model, beside the others. */
export function agreementSays(found: NonNullable<SignsOfAnnotator["agreement"]>): string {
  const { model, agreement, expected, pairs, standsOut } = found;
  const shares = `${percent(agreement)} of ${number(pairs)} pairs with ${model}, others ${percent(expected)}`;
  return standsOut ? `${shares}: stands out` : shares;
}
