import { hash } from "node:crypto";
import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import type { JudgmentRecord } from "../records.ts";
import { idIn } from "../values.ts";
import { judgedBy, type JudgmentFields } from "./judged.ts";

/** A row with what its format's reader is given. */
export interface Given {
  readonly row: Fields;
  readonly at: number;
  readonly options: FileOptions;
}

/** One comparison and what was chosen, as a published format has it; what is left out is in no file of the format. */
interface Verdict {
  readonly promptId?: string | null;
  readonly promptTurns?: string[] | null;
  readonly systems: readonly [left: string, right: string];
  readonly texts?: readonly [left: readonly string[], right: readonly string[]];
  readonly choice: Choice;
  /** Default: false. */
  readonly sideKnown?: boolean;
  /** Default: the row's `strength`. */
  readonly strength?: number | null;
  /** The name of whoever judged, where no field of the row is it. */
  readonly annotator?: string | null;
  readonly rationale?: string | null;
  readonly judgmentId?: string | null;
  /** What is kept besides the rest of the row. */
  readonly metadata?: Fields;
}

/** A verdict as a judgment. Fields of ours in the row, such as `annotator`, come before the format's own. */
export function judgmentOf(
  { row, at, options }: Given,
  fields: JudgmentFields,
  verdict: Verdict,
): JudgmentRecord {
  const { systems, texts, annotator } = verdict;
  const named = annotator == null ? row : { annotator, ...row };
  const judged = judgedBy(named, options, fields);
  return {
    kind: "judgment",
    row: at,
    promptId: idIn(row, "prompt_id") ?? verdict.promptId ?? null,
    promptTurns: verdict.promptTurns ?? null,
    leftSystem: systems[0],
    rightSystem: systems[1],
    sideKnown: verdict.sideKnown ?? false,
    choice: verdict.choice,
    ...judged,
    strength: verdict.strength ?? judged.strength,
    rationale: verdict.rationale ?? judged.rationale,
    judgmentId: judged.judgmentId ?? verdict.judgmentId ?? null,
    leftTurns: texts ? [...texts[0]] : null,
    rightTurns: texts ? [...texts[1]] : null,
    metadata: { ...judged.metadata, ...verdict.metadata },
  };
}

/** Where a mapping names the two systems of a format that has no names for them. */
export const SYSTEM_FIELDS = ["system_a", "system_b"];

/** The two systems as they are mapped, else as the format calls their texts. */
export const systemsIn = (row: Fields, first: string, second: string): [string, string] => [
  idIn(row, "system_a") ?? first,
  idIn(row, "system_b") ?? second,
];

/** The higher of two numbers wins. */
export const higherWins = (left: number, right: number): Choice =>
  left === right ? "tie" : left > right ? "left" : "right";

/**
 * The id of a prompt in sets that have some texts for it in one row and others in the next, and name no systems: made of the
 * prompt and these texts, so that every comparison stays one of its own.
 */
export const idOfTexts = (prompt: readonly string[], ...texts: readonly (readonly string[])[]): string =>
  `text-${hash("sha256", JSON.stringify([...prompt, ...texts.flat()])).slice(0, 12)}`;
