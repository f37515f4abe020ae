import { describe, expect, it } from "vitest";
import { isBreakDue } from "../../../../client/pages/annotator/pace/break-due.ts";
import { minutesLeft } from "../../../../client/pages/annotator/pace/estimate.ts";

const MINUTE = 60_000;
const times = (count: number, minutes: number) => Array.from({ length: count }, () => minutes * MINUTE);

describe("how long the rest takes", () => {
  it.each([
    ["of the study, before five pairs", { own: times(4, 9), study: MINUTE }, 8, 8],
    ["their own, from five pairs on", { own: times(5, 2), study: MINUTE }, 4, 8],
    ["the latest twenty pairs", { own: [...times(50, 9), ...times(20, 1)], study: null }, 7, 7],
    ["nobody knows", { own: times(4, 1), study: null }, 7, null],
    ["nothing is left", { own: times(9, 1), study: null }, 0, null],
    ["never nothing while there is a pair", { own: times(9, 0.01), study: null }, 1, 1],
    ["in steps of five minutes", { own: [], study: MINUTE }, 43, 45],
    ["in steps of half an hour", { own: [], study: MINUTE }, 160, 150],
  ])("%s", (_, pace, pairs, minutes) => expect(minutesLeft(pace, pairs)).toBe(minutes));
});

describe("a break", () => {
  const at = { pairsLeft: 10, isMidway: false };
  const since = { pairs: 20, ms: 25 * MINUTE };

  it.each([
    [{ everyPairs: 20 }, since, at, true],
    [{ everyPairs: 21 }, since, at, false],
    [{ everyMinutes: 25 }, since, at, true],
    [{ everyMinutes: 26 }, since, at, false],
    [undefined, since, at, false],
    [{ everyPairs: 20 }, since, { ...at, isMidway: true }, false],
    [{ everyPairs: 20 }, since, { ...at, pairsLeft: 2 }, false],
  ])("%j, after %j at %j: %s", (breaks, done, place, isDue) =>
    expect(isBreakDue(breaks, done, place)).toBe(isDue),
  );
});
