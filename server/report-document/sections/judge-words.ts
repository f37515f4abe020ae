import type { Judge } from "../../contract/report-judges.ts";
import { counted, estimateText, listed, pText, shareText } from "../numbers.ts";
import { RATE } from "../words.ts";
import { beyondChanceText, CONSTANT } from "./agreement-words.ts";

/** What a judge is called: its group too, where another group has a judge of the same name. */
export function judgeName({ annotator, group }: Judge, all: readonly Judge[]): string {
  const alike = all.filter((one) => one.annotator === annotator).length;
  return alike > 1 ? `${annotator} (${group})` : annotator;
}

/** What is to be known of a judge before its verdicts are used, in a few plain sentences. */
export function judgeText(judge: Judge, all: readonly Judge[]): string {
  const sentences = [
    ...constantText(judge),
    orderText(judge),
    placeText(judge),
    lengthText(judge),
    ...ownText(judge),
    peopleText(judge),
  ];
  return `${judgeName(judge, all)}: ${counted(judge.verdicts, "verdict")}. ${sentences.join(" ")}`;
}

/** Of all models that judged: which have a flag; of one alone, how far it agrees with people. */
export function judgesText(judges: readonly Judge[]): string {
  const flags = judges.flatMap((judge) => {
    const raised = flagsOf(judge);
    return raised.length === 0 ? [] : [`${judgeName(judge, judges)} (${raised.join(", ")})`];
  });
  const flagged =
    flags.length > 0
      ? `Flagged: ${listed(flags)}.`
      : "No flag was raised; a test that could not be made raises none.";
  const [only] = judges;
  if (judges.length > 1 || only === undefined) return `${counted(judges.length, "model")} judged. ${flagged}`;
  const { agreement, comparisons } = only.besidePeople;
  const agrees =
    "value" in agreement
      ? `agrees ${estimateText(agreement)} (tie-discounted) with the plurality of people on ${counted(comparisons, "comparison")}`
      : `gave ${counted(only.verdicts, "verdict")}; its agreement with people cannot be estimated`;
  return `${judgeName(only, judges)} ${agrees}. ${flagged}`;
}

const flagsOf = ({ constant, positionBias, length }: Judge): string[] => [
  ...(constant === undefined || constant === null ? [] : ["constant"]),
  ...(positionBias ? ["position"] : []),
  ...(length.prefersLength ? ["length"] : []),
];

const constantText = ({ constant }: Judge): string[] =>
  constant === undefined || constant === null ? [] : [`Flag: it is constant, ${CONSTANT[constant]}.`];

function orderText({ consistency, bothOrders }: Judge): string {
  if (!("value" in consistency))
    return "Asked in one order only, so whether its verdicts hold when the sides are swapped is unknown.";
  return `With the sides changed it gave the same verdict in ${shareText(consistency)} of ${counted(bothOrders, "comparison")}.`;
}

function placeText({ positionBias, firstPosition, positionP }: Judge): string {
  if (!("value" in firstPosition))
    return `Whether it prefers a side cannot be estimated: ${firstPosition.notEstimable}.`;
  const first = `the response shown first in ${shareText(firstPosition)} of its decisions`;
  const p = positionP === null ? "" : ` (${pText(positionP)})`;
  return positionBias
    ? `Flag: it chooses by position: ${first}${p}.`
    : `Not flagged for position: it preferred ${first}${p}.`;
}

function lengthText({ length: { longerPreferred, p, prefersLength } }: Judge): string {
  if (!("value" in longerPreferred))
    return `Whether it prefers length cannot be estimated: ${longerPreferred.notEstimable}.`;
  const longer = `the longer response in ${shareText(longerPreferred)} of its decisions`;
  const test = p === null ? "" : ` (${pText(p)})`;
  return prefersLength
    ? `Flag: its choice goes with length: ${longer}${test}.`
    : `Not flagged for length: it preferred ${longer}${test}.`;
}

function ownText({ ownSystem }: Judge): string[] {
  if (ownSystem === null || !("value" in ownSystem.rate)) return [];
  const { system, rate, people, difference } = ownSystem;
  const beside =
    "value" in people && "value" in difference
      ? `, people ${estimateText(people)}, a difference of ${estimateText(difference)}${"low" in difference ? "" : " without an interval"}`
      : "";
  return [`${system} is by its name the judge’s own system: ${RATE} ${estimateText(rate)}${beside}.`];
}

function peopleText({ besidePeople: { comparisons, agreement, beyondChance, opposite } }: Judge): string {
  if (!("value" in agreement)) return `Agreement with people cannot be estimated: ${agreement.notEstimable}.`;
  const beside = beyondChance === undefined ? "" : `; ${beyondChanceText(beyondChance)}`;
  return (
    `With the plurality of people it agrees ${estimateText(agreement)} (tie-discounted) on ` +
    `${counted(comparisons, "comparison")}${beside}. On ${opposite} of them its verdict is the opposite.`
  );
}
