import { expect, test } from "vitest";
import { type Choice, sideChosen } from "../../../../server/contract/words.ts";
import { CHOICES, ORIGINS } from "../../../../server/analysis/rows/judgment-columns.ts";
import {
  codeOfChoice,
  codeOfOrigin,
  halvesFor,
  isReconstructed,
  NEITHER,
  outcomeFor,
  preferenceOf,
  preferredIn,
  scoreFor,
  sidePreferred,
  someReconstructed,
} from "../../../../server/analysis/rows/outcomes.ts";

const [LOW, HIGH] = [3, 5];

/** One judgment of systems 3 and 5. */
const judged = (choice: Choice, left: number) => ({
  low: Int32Array.of(LOW),
  high: Int32Array.of(HIGH),
  left: Int32Array.of(left),
  choice: Uint8Array.of(codeOfChoice(choice)),
});

test.each<[Choice, number, number]>([
  ["left", LOW, LOW],
  ["left", HIGH, HIGH],
  ["right", LOW, HIGH],
  ["right", HIGH, LOW],
  ["tie", LOW, NEITHER],
  ["tie", HIGH, NEITHER],
  ["both_bad", LOW, NEITHER],
  ["both_bad", HIGH, NEITHER],
])("%s with system %i on the left prefers %i, from either side", (choice, left, preferred) => {
  const rows = judged(choice, left);
  expect(preferredIn(rows, 0)).toBe(preferred);
  const other = preferred === LOW ? HIGH : LOW;
  const halves = preferred === NEITHER ? [1, 1] : [2, 0];
  const winner = preferred === NEITHER ? LOW : preferred;
  expect([halvesFor(rows, 0, winner), halvesFor(rows, 0, other === winner ? HIGH : other)]).toEqual(halves);
  expect(scoreFor(rows, 0, LOW) + scoreFor(rows, 0, HIGH)).toBe(1);
  const outcomes = [LOW, HIGH].map((system) => outcomeFor(preferredIn(rows, 0), system));
  expect(outcomes.map((outcome) => ({ win: 1, tie: 0.5, loss: 0 })[outcome])).toEqual([
    scoreFor(rows, 0, LOW),
    scoreFor(rows, 0, HIGH),
  ]);
});

test("a choice and its code prefer the same side", () => {
  for (const choice of CHOICES) expect(sidePreferred(codeOfChoice(choice))).toBe(preferenceOf(choice));
  expect(CHOICES.map(sideChosen)).toEqual(["left", null, "right", null]);
  expect(CHOICES.map(preferenceOf)).toEqual([1, 0, -1, 0]);
});

test("of all origins only percentages make a judgment reconstructed", () => {
  const rows = { origin: Uint8Array.from(ORIGINS, codeOfOrigin) };
  const all = Int32Array.from(ORIGINS.keys());
  expect(ORIGINS.filter((_, i) => isReconstructed(rows, i))).toEqual(["reconstructed"]);
  expect([someReconstructed(rows, all), someReconstructed(rows, all.subarray(0, 3))]).toEqual([true, false]);
});
