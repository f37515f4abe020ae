import type { Estimate } from "../../contract/report-estimates.ts";
import { REASONS } from "../../contract/reasons.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";
import { sideAdjustedRate } from "../../statistics/intervals/side-adjusted.ts";
import type { Cell } from "../rows/cell.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";

/** Codes of the side that a system stood on. */
const UNKNOWN = 0;
const ON_LEFT = 1;
const ON_RIGHT = 2;

/**
 * On which side `system` stood in each judgment of a cell; takes what cellOf takes, so that element i belongs to
 * judgment i of the cell.
 */
export function sidesOf(
  rows: JudgmentRows,
  of: { from: number; to: number; system: number; inGroups: (group: number) => boolean },
): Uint8Array {
  const sides = new Uint8Array(of.to - of.from);
  let count = 0;
  for (let i = of.from; i < of.to; i++) {
    if (!of.inGroups(rows.group[i]!)) continue;
    const side = rows.left[i] === of.system ? ON_LEFT : ON_RIGHT;
    sides[count++] = rows.sideKnown[i] === 1 ? side : UNKNOWN;
  }
  return sides.subarray(0, count);
}

/** The side-adjusted rate over the judgments whose side is known; `n` is their number. */
export function sideAdjusted(given: { cell: Cell; sides: Uint8Array; sampling: Sampling }): Estimate {
  const { cell, sides, sampling } = given;
  if (sides.length !== cell.judgments) {
    throw new RangeError(`${sides.length} sides for ${cell.judgments} judgments.`);
  }
  if (cell.judgments === 0) return { notEstimable: REASONS.noJudgments };
  const known = knownPart(cell, sides);
  const n = known.halves.length;
  if (n === 0) return { notEstimable: REASONS.noSide };
  const estimate = sideAdjustedRate({
    scores: halfTieScores(known.halves),
    onLeft: known.onLeft,
    sampling: n === cell.judgments ? sampling : describePart(known, sampling),
  });
  if (!isRefused(estimate)) return estimate;
  const { value, notEstimable } = estimate;
  return value === undefined ? { notEstimable } : { value, n, notEstimable };
}

interface KnownPart extends Pick<Cell, "halves" | "prompt" | "annotator"> {
  readonly onLeft: Uint8Array;
}

function knownPart({ halves, prompt, annotator }: Cell, sides: Uint8Array): KnownPart {
  const at = new Int32Array(sides.length);
  let count = 0;
  for (let i = 0; i < sides.length; i++) if (sides[i] !== UNKNOWN) at[count++] = i;
  const onLeft = new Uint8Array(count);
  for (let k = 0; k < count; k++) onLeft[k] = sides[at[k]!] === ON_LEFT ? 1 : 0;
  if (count === sides.length) return { halves, prompt, annotator, onLeft };
  const part = {
    halves: new Uint8Array(count),
    prompt: new Int32Array(count),
    annotator: new Int32Array(count),
  };
  for (let k = 0; k < count; k++) {
    part.halves[k] = halves[at[k]!]!;
    part.prompt[k] = prompt[at[k]!]!;
    part.annotator[k] = annotator[at[k]!]!;
  }
  return { ...part, onLeft };
}

function describePart({ prompt, annotator }: KnownPart, { fixedAnnotators }: Sampling): Sampling {
  return describeSampling({
    prompts: prompt,
    annotators: annotator,
    promptCount: 1 + prompt.reduce((most, code) => Math.max(most, code), -1),
    annotatorCount: 1 + annotator.reduce((most, code) => Math.max(most, code), -1),
    fixedAnnotators,
  });
}
