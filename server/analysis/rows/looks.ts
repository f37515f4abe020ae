import { isComplete } from "../../contract/complete.ts";
import type { Look } from "../../contract/looks.ts";
import type { Report } from "../../contract/report.ts";
import { levelsOf } from "../../statistics/tests/alpha-spending.ts";
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
 * the last, once all planned judgments are there or the study is closed. The last spends what is left of the error, unless
 * none was added since the look before: then it is that look. Null between looks, and where none were declared.
 */
export function lookOf(given: Looked): LevelledLook | null {
  const { slots, facts } = given;
  const { study, declared } = facts;
  const { looks } = declared.analysis;
  if (looks === undefined) return null;
  const taken = declared.looks ?? [];
  const latest = taken.at(-1);
  const isTaken = latest !== undefined && isAt(latest, given);
  const isLast = !isTaken && (study.state === "closed" || isComplete(slots));
  if (!isTaken && !isLast) return null;
  const now = slots.wanted === 0 ? 1 : slots.judged / slots.wanted;
  const before = taken.map(({ judged, wanted }) => judged / wanted).filter((share) => share < now);
  const fractions = [...before, now];
  const levelAmong = (comparisons: number) =>
    levelsOf({ fractions, spending: looks.spending, alpha: ALPHA / comparisons, isLast }).at(-1)!;
  const of = looks.at.length + 1;
  return {
    ...{ number: isLast ? of : taken.length, of, fraction: now },
    ...{ level: levelAmong(1), levelAmong },
  };
}

/** Whether a look is of the judgments at hand: as many, and, unless the study is closed, the same ones. */
function isAt({ judged, wanted, hash }: LookTaken, given: Looked): boolean {
  const { slots, facts } = given;
  if (judged !== slots.judged || wanted !== slots.wanted) return false;
  return facts.study.state === "closed" || hash === undefined || hash === plannedHash(given);
}
