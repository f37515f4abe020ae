import type { Judge } from "../../contract/report-judges.ts";
import { counted, decimal, interval, perCent, pSays } from "../numbers.ts";
import { beyondChanceSays, CONSTANT } from "./agreement-words.ts";

/** What a judge is called: its group too, where another group has a judge of the same name. */
export function judgeName({ annotator, group }: Judge, all: readonly Judge[]): string {
  const alike = all.filter((one) => one.annotator === annotator).length;
  return alike > 1 ? `${annotator} (${group})` : annotator;
}

/** What is to be known of a judge before its verdicts are used, in a few plain sentences. */
export function judgeSays(judge: Judge, all: readonly Judge[]): string {
  const says = [
    ...constantSays(judge),
    orderSays(judge),
    placeSays(judge),
    lengthSays(judge),
    ...ownSays(judge),
    peopleSays(judge),
  ];
  return `${judgeName(judge, all)}: ${counted(judge.verdicts, "verdict")}. ${says.join(" ")}`;
}

const constantSays = ({ constant }: Judge): string[] =>
  constant === undefined || constant === null ? [] : [`Flag: it is constant, ${CONSTANT[constant]}.`];

function orderSays({ consistency, bothOrders }: Judge): string {
  if (!("value" in consistency))
    return "Asked in one order alone, so nothing tells whether it holds to a verdict.";
  return `With the sides changed it said the same in ${shareSays(consistency)} of ${counted(bothOrders, "comparison")}.`;
}

function placeSays({ positionBias, firstPosition, positionP }: Judge): string {
  if (!("value" in firstPosition))
    return `Whether it leans to a side cannot be told: ${firstPosition.notEstimable}.`;
  const first = `the response that stood first in ${shareSays(firstPosition)} of its decisions`;
  const p = positionP === null ? "" : ` (${pSays(positionP)})`;
  return positionBias
    ? `Flag: it chooses by place, ${first}${p}.`
    : `Not flagged for place: it preferred ${first}${p}.`;
}

function lengthSays({ length: { longerPreferred, p, prefersLength } }: Judge): string {
  if (!("value" in longerPreferred))
    return `Whether it leans to length cannot be told: ${longerPreferred.notEstimable}.`;
  const longer = `the longer response in ${shareSays(longerPreferred)} of its decisions`;
  const says = p === null ? "" : ` (${pSays(p)})`;
  return prefersLength
    ? `Flag: its choice goes with length, ${longer}${says}.`
    : `Not flagged for length: it preferred ${longer}${says}.`;
}

function ownSays({ ownSystem }: Judge): string[] {
  if (ownSystem === null || !("value" in ownSystem.rate)) return [];
  const { system, rate, people, difference } = ownSystem;
  const beside =
    "value" in people && "value" in difference
      ? `, people ${scoreSays(people)}, a difference of ${scoreSays(difference)}`
      : "";
  return [`${system} is by its name the judge’s own system: half-tie rate ${scoreSays(rate)}${beside}.`];
}

/** `.419 [.324, .513]`; without an interval the value alone. */
function scoreSays({ value, low, high }: { value: number; low?: number; high?: number }): string {
  const ends = low === undefined || high === undefined ? "" : ` ${interval(low, high)}`;
  return `${decimal(value)}${ends}`;
}

function peopleSays({ besidePeople: { comparisons, agreement, beyondChance, opposite } }: Judge): string {
  if (!("value" in agreement)) return `Agreement with people cannot be told: ${agreement.notEstimable}.`;
  const beside = beyondChance === undefined ? "" : `; ${beyondChanceSays(beyondChance)}`;
  return (
    `With the plurality of people it agrees ${scoreSays(agreement)} (tie-discounted) on ` +
    `${counted(comparisons, "comparison")}${beside}. On ${opposite} of them it says the opposite.`
  );
}

/** `62.5 % [40.1, 80.2]`; without an interval the share alone. */
function shareSays(share: { value: number; low?: number; high?: number }): string {
  const { value, low, high } = share;
  const ends = low === undefined || high === undefined ? "" : ` [${perCent(low)}, ${perCent(high)}]`;
  return `${perCent(value)}\u00A0%${ends}`;
}
