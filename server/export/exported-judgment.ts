import type { ModelCalls } from "../contract/model-calls.ts";
import type { Choice, GroupKind, Origin, Purpose } from "../contract/words.ts";

/**
 * What became of a judgment in the report. `counted` enters the figures; `excluded` would, but for its annotator;
 * `other_order` is a model's second look with the sides the other way round; `surplus` came after another had
 * taken its place; what an `unloaded` one was of was taken back since, what a `corrected` one was of was corrected.
 */
export type Status =
  | "counted"
  | "excluded"
  | "repeat"
  | "other_order"
  | "surplus"
  | "check"
  | "practice"
  | "unloaded"
  | "corrected";

/** One judgment with everything that is known of it, by external names. */
export interface ExportedJudgment {
  /** The id it was loaded with, or one that stays the same in every export. */
  readonly judgmentId: string;
  readonly promptId: string;
  readonly turn: number;
  readonly leftSystem: string;
  readonly rightSystem: string;
  /** False where nobody knows which of the two stood left. */
  readonly sideKnown: boolean;
  readonly choice: Choice;
  /** The choices that the same annotator took back before this one, the first one first. */
  readonly earlierChoices: readonly Choice[];
  readonly strength: number | null;
  /** What was said besides: `{"flags": [{"flag", "of"}]}`; null: nothing. */
  readonly answers: object | null;
  readonly rationale: string | null;
  /** Null where nobody knows who judged. */
  readonly annotator: string | null;
  readonly group: string;
  readonly groupKind: GroupKind;
  /** Whether the group's people enter the figures of all people together. */
  readonly headline: boolean;
  /** ISO 8601, UTC; null where a loaded file did not say. */
  readonly createdAt: string | null;
  readonly activeMs: number | null;
  readonly language: string | null;
  readonly origin: Origin;
  readonly purpose: Purpose;
  /** What a careful annotator says, where this is a check; null: no check, or nobody knows. */
  readonly expectedChoice: "left" | "tie" | "right" | null;
  readonly status: Status;
  /** The rules by which the annotator is left out; null: none. */
  readonly excludedBy: string | null;
  /** With the first judgment of a model: the calls behind all of its judgments. */
  readonly modelCalls: ModelCalls | null;
  /** What a loaded file said besides. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** Rows of the database, for finding the texts: never written. */
  readonly keys: { readonly prompt: number; readonly left: number; readonly right: number };
}
