import { isComplete } from "../../contract/complete.ts";
import type { Look } from "../../contract/looks.ts";
import type { Report } from "../../contract/report.ts";
import { LEVEL_LEAST, levelLeft, levelsOf } from "../../statistics/tests/alpha-spending.ts";
import type { LookTaken } from "./read-looks.ts";
import { type Identified, plannedHash } from "./rows-hash.ts";
import type { StudyFacts } from "./study-structure.ts";

/** The error of the declared test over all looks. */
const ALPHA = 0.05;

/** A look with the levels at which its tests are made. */
interface LevelledLook extends Look {
  /** The level of a test that is one of so many, each with its part of the error. */
  readonly levelAmong: (comparisons: number) => number;
}

/** The judgments of a study, and how far they are towards its plan. */
export interface Looked extends Identified {
  readonly facts: Pick<StudyFacts, "study" | "declared" | "systems" | "groups">;
  readonly slots: Report["slots"];
}

/**
 * The look that the judgments at hand are: the latest one taken, as long as no further judgment came and none was changed, or
 * the last, once all planned judgments are there or the study is closed. The last spends what is left of the error; what a look
 * has spent stays spent, however many judgments are excluded after it. A study that is closed with the judgments of a look
 * keeps that look. Null between looks, and where none were declared.
 */
export function lookOf(given: Looked): LevelledLook | null {
  const {
    slots,
    facts: { study, declared },
  } = given;
  const { looks } = declared.analysis;
  if (looks === undefined) return null;
  const taken = declared.looks ?? [];
  const latest = taken.at(-1);
  const isTaken = latest !== undefined && isAt(latest, given);
  const isLast = !isTaken && (study.state === "closed" || isComplete(slots));
  if (!isTaken && !isLast) return null;
  const now = slots.wanted === 0 ? 1 : slots.judged / slots.wanted;
  const before = rising((isTaken ? taken.slice(0, -1) : taken).map(({ judged, wanted }) => judged / wanted));
  const spentAt = before.at(-1) ?? 0;
  const { spending } = looks;
  const levelAmong = (comparisons: number) => {
    const alpha = ALPHA / comparisons;
    if (now > spentAt) return levelsOf({ fractions: [...before, now], spending, alpha, isLast }).at(-1)!;
    return isLast ? levelLeft({ spentAt, spending, alpha }) : LEVEL_LEAST;
  };
  const of = looks.at.length + 1;
  return {
    ...{ number: isLast ? of : taken.length, of, fraction: now },
    ...{ level: levelAmong(1), levelAmong },
  };
}

/** Where judgments were excluded after a look, a later one may have had no more of them, and has spent nothing. */
const rising = (shares: readonly number[]): number[] =>
  shares.filter((share, k) => shares.slice(0, k).every((earlier) => earlier < share));

/** Whether a look is of the judgments at hand: as many, and, unless the study is closed, the same ones. */
function isAt({ judged, wanted, hash }: LookTaken, given: Looked): boolean {
  const { slots, facts } = given;
  if (judged !== slots.judged || wanted !== slots.wanted) return false;
  return facts.study.state === "closed" || hash === undefined || hash === plannedHash(given);
}
