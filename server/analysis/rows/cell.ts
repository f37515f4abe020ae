import type { JudgmentRows } from "./judgment-columns.ts";
import { countDistinct } from "./gather.ts";
import { codeOfChoice, halvesFor, isReconstructed } from "./outcomes.ts";

const BOTH_BAD = codeOfChoice("both_bad");

/** The judgments of one pair of systems in some groups, seen from one of the two; a column is as long as `judgments`. */
export interface Cell {
  readonly judgments: number;
  readonly prompts: number;
  /** Annotators with a name. */
  readonly annotators: number;
  /** Judgments of which nobody knows who made them. */
  readonly unnamed: number;
  readonly comparisons: number;
  readonly bothBad: number;
  /** Judgments that were reconstructed from published percentages. */
  readonly reconstructed: number;
  readonly halves: Uint8Array;
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
  /** Numbers the comparisons from 0: those of one prompt differ in their turn. */
  readonly comparison: Int32Array;
}

/**
 * Takes the rows from `from` up to `to`, all of one pair and in canonical order, that `inGroups` admits.
 * `system`: the code of the system from whose side the outcome is told.
 */
export function cellOf(
  rows: JudgmentRows,
  of: { from: number; to: number; system: number; inGroups: (group: number) => boolean },
): Cell {
  const at = new Int32Array(of.to - of.from);
  let judgments = 0;
  for (let i = of.from; i < of.to; i++) if (of.inGroups(rows.group[i]!)) at[judgments++] = i;
  const [halves, named] = [new Uint8Array(judgments), new Int32Array(judgments)];
  const column = () => new Int32Array(judgments);
  const [prompt, annotator, comparison] = [column(), column(), column()];
  let [prompts, comparisons, unnamed, bothBad, reconstructed] = [0, 0, 0, 0, 0];
  for (let k = 0; k < judgments; k++) {
    const i = at[k]!;
    prompt[k] = rows.prompt[i]!;
    annotator[k] = rows.annotator[i]!;
    halves[k] = halvesFor(rows, i, of.system);
    // canonical order keeps the judgments of one prompt together, and of one comparison
    const isNewPrompt = k === 0 || prompt[k] !== prompt[k - 1];
    if (isNewPrompt) prompts++;
    if (isNewPrompt || rows.turn[i] !== rows.turn[at[k - 1]!]) comparisons++;
    comparison[k] = comparisons - 1;
    if (rows.unnamed[i] === 1) unnamed++;
    else named[k - unnamed] = annotator[k]!;
    if (rows.choice[i] === BOTH_BAD) bothBad++;
    if (isReconstructed(rows, i)) reconstructed++;
  }
  const annotators = countDistinct(named.subarray(0, judgments - unnamed));
  return {
    ...{ judgments, prompts, annotators, unnamed, comparisons, bothBad, reconstructed },
    ...{ halves, prompt, annotator, comparison },
  };
}
