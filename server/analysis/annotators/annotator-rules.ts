import type { AnnotatorFigures, AnnotatorRule } from "../../contract/report-annotators.ts";
import { REASONS } from "../../contract/reasons.ts";
import type { Others } from "./other-annotators.ts";
import type { AnnotatorRows } from "./rows-by-annotator.ts";
import { shareOf } from "./share-of.ts";

/** Nobody reads a prompt and two responses in less. */
const FLOOR_MS = 2000;
const [TIMED_MIN, FAST_FROM] = [5, 0.5];
const [DECISIVE_MIN, SIDE_BEYOND] = [10, 2 / 3];
const [ANSWERS_MIN, ANSWER_BEYOND] = [10, 0.8];
const [CHECKS_MIN, PASSED_FROM] = [3, 0.5];

type Figures = Pick<AnnotatorFigures, "left" | "checks"> &
  Required<Pick<AnnotatorFigures, "againstChance" | "fast" | "oneAnswer">>;

/** The share of an annotator's judgments that took less than 2 seconds. */
export function fastOf({ activeMs }: AnnotatorRows, at: Int32Array): Figures["fast"] {
  let [known, fast] = [0, 0];
  for (const i of at) {
    if (activeMs[i]! >= 0) known++;
    if (activeMs[i]! >= 0 && activeMs[i]! < FLOOR_MS) fast++;
  }
  return shareOf(fast, known, REASONS.noActiveTime);
}

const ANSWERS = ["loss", "tie", "win"] as const; // as Others.said

/** The answer that an annotator gives most often, beside how often others give it on the same pairs of systems. */
export function oneAnswerOf(at: Int32Array, { said, onPairs }: Others): Figures["oneAnswer"] {
  const counts = [0, 0, 0];
  for (const i of at) counts[said[i]!]!++;
  const most = counts.indexOf(Math.max(...counts));
  const others = onPairs(at);
  let [share, judged] = [0, 0];
  for (let j = 0; j < at.length; j++) {
    const all = others[3 * j]! + others[3 * j + 1]! + others[3 * j + 2]!;
    if (all === 0) continue;
    judged++;
    share += others[3 * j + most]! / all;
  }
  if (judged === 0) return { notEstimable: REASONS.nobodyElseOnPairs };
  const own = shareOf(counts[most]!, at.length, REASONS.noJudgments);
  return "rate" in own ? { answer: ANSWERS[most]!, ...own, others: share / judged } : own;
}

/** By which rules an annotator stands out, and for which too little is known. No model is asked how fast it reads. */
export function rulesOf(
  { againstChance, fast, left, oneAnswer, checks }: Figures,
  isModel: boolean,
): { pointedOut: AnnotatorRule[]; notLookedAt: AnnotatorRule[] } {
  const found: Record<AnnotatorRule, boolean | null> = {
    chance:
      "found" in againstChance && againstChance.found !== "cannot tell"
        ? againstChance.found !== "better"
        : null,
    speed: "rate" in fast && fast.of >= TIMED_MIN ? fast.rate >= FAST_FROM : null,
    side:
      "rate" in left && left.of >= DECISIVE_MIN
        ? left.low > SIDE_BEYOND || left.high < 1 - SIDE_BEYOND
        : null,
    answer:
      "rate" in oneAnswer && oneAnswer.of >= ANSWERS_MIN
        ? oneAnswer.low > Math.max(ANSWER_BEYOND, oneAnswer.others)
        : null,
    checks: checks.of >= CHECKS_MIN ? checks.passed / checks.of < PASSED_FROM : null,
  };
  const rules = (Object.keys(found) as AnnotatorRule[]).filter((rule) => rule !== "speed" || !isModel);
  return {
    pointedOut: rules.filter((rule) => found[rule] === true),
    notLookedAt: rules.filter((rule) => found[rule] === null),
  };
}
