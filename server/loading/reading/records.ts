import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Choice, GroupKind, Origin } from "../../contract/words.ts";

export type Metadata = Record<string, unknown>;

/** In place of an annotator's name: nobody is named. The judgment is a vote without a name, never a person's. */
export const UNNAMED = null;

/** What one row of a file says, whatever its format. `row`: its line, or its place in a JSON list, from 1. */
export type LoadRecord = (PromptRecord | ResponseRecord | JudgmentRecord | AnswerRecord) & {
  /** True where the prompt's id is from a column that was not mapped as one: a prompt with the same text takes precedence. */
  readonly isIdAdopted?: boolean;
};

export interface PromptRecord {
  readonly kind: "prompt";
  readonly row: number;
  readonly promptId: string | null;
  readonly turns: string[];
  readonly metadata: Metadata;
  readonly source?: string;
  readonly split?: string;
}

/** `promptTurns`: the prompt's text, where it came along. @internal */
export interface ResponseRecord {
  readonly kind: "response";
  readonly row: number;
  readonly promptId: string | null;
  readonly promptTurns: string[] | null;
  readonly system: string;
  readonly turns: string[];
  readonly metadata: Metadata;
}

/** `sideKnown` false: left and right are only how the file names the two systems, not how they were shown. */
export interface JudgmentRecord {
  readonly kind: "judgment";
  readonly row: number;
  readonly promptId: string | null;
  readonly promptTurns: string[] | null;
  readonly leftSystem: string;
  readonly rightSystem: string;
  /** True where the two systems are named by the ids of their answers, which the answers' files know. */
  readonly isByAnswers?: boolean;
  readonly sideKnown: boolean;
  readonly choice: Choice;
  /** By how much, in whole steps from 0; null: nobody said. Figures go by the choice alone. */
  readonly strength?: number | null;
  /** From 1; null: the last turn of the prompt. */
  readonly turn: number | null;
  /** `UNNAMED` where nothing says who judged. */
  readonly annotator: string | typeof UNNAMED;
  readonly group: GroupName | null;
  readonly rationale: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly judgmentId: string | null;
  readonly leftTurns: string[] | null;
  readonly rightTurns: string[] | null;
  /** Milliseconds that the annotator worked on it, where the file says so. */
  readonly activeMs?: number | null;
  /** The language of the wording that the annotator was shown, where the file says so. */
  readonly language?: string | null;
  /** Where it comes from, if not simply from this file. */
  readonly origin?: Origin | null;
  /** Why it is in no figure, where that cannot be found out from the judgments themselves. */
  readonly outside?: "surplus" | "check" | "practice" | "unloaded" | "corrected" | null;
  /** The rule by which its annotator is left out. */
  readonly excludedBy?: string | null;
  /** The calls behind all judgments of its annotator, a model, where the file says so. */
  readonly modelCalls?: ModelCalls | null;
  /** True where nobody said that its annotator is a model, and the row looks like one's. */
  readonly takenForModel?: boolean;
  /** A tie because two orders of the same pair came to different verdicts. */
  readonly inconsistent?: boolean;
  /** True where the choice rounds a probability, which is kept as metadata. */
  readonly rounded?: boolean;
  /** Whether its group enters the figures of all people, where the group is new. */
  readonly headline?: boolean | null;
  readonly metadata: Metadata;
}

/** What a careful annotator says of a comparison. `turn`: from 1; null: the last turn of the prompt. */
export interface AnswerRecord {
  readonly kind: "answer";
  readonly row: number;
  readonly promptId: string | null;
  readonly promptTurns: string[] | null;
  readonly leftSystem: string;
  readonly rightSystem: string;
  readonly turn: number | null;
  readonly expected: "left" | "right" | "tie";
}

/** `kind` null: nobody said; that of the group if there is one of this name, else crowd. */
export interface GroupName {
  readonly name: string;
  readonly kind: GroupKind | null;
}

/** What is wrong with one row (0: with the file as a whole), and what to do. */
export interface RowProblem {
  readonly row: number;
  readonly column: string | null;
  readonly name: string;
  readonly message: string;
}

/** What is wrong with a file as a whole. */
export const fileProblem = (name: ProblemName, message: string): RowProblem => ({
  row: 0,
  column: null,
  name,
  message,
});

export type ProblemName =
  | "FileNotText"
  | "FileTooLarge"
  | "FileDamaged"
  | "CellsCutOff"
  | "FileEmpty"
  | "FormatUnknown"
  | "FormatNotRead"
  | "ColumnsUnclear"
  | "EncodingWrong"
  | "RowNotJson"
  | "RowNotAnObject"
  | "RowNotCsv"
  | "RowRagged"
  | "RowTooLong"
  | "HeaderWrong"
  | "NoSuchField"
  | "FieldMissing"
  | "ValueUnknown"
  | "TextNotText"
  | "ChoiceUnknown"
  | "PreferenceNotAChoice"
  | "StrengthWrong"
  | "GameFailed"
  | "AnnotatorMissing"
  | "SystemMissing"
  | "TurnWrong"
  | "TimeWrong"
  | "GroupWrong"
  | "ModelCallsWrong"
  | "ConversationWrong";

/** What should be known of a row, or with the row 0 of the file as a whole, which is loaded all the same. */
export interface RowRemark {
  readonly row: number;
  readonly name: string;
  readonly message: string;
}

export type ReadItem =
  { readonly record: LoadRecord } | { readonly problem: RowProblem } | { readonly remark: RowRemark };

/**
 * A reader's remark on its row, with which nothing is wrong: a verdict that nobody gave, say, a request that failed, a
 * further sample of a prompt, or an image that is not shown. Rows with the same message are counted together.
 */
export class RowNote {
  constructor(
    readonly name:
      | "VerdictMissing"
      | "NotCompared"
      | "ImageNotShown"
      | "AnnotatorAssumed"
      | "PromptAssumed"
      | "OutputFailed"
      | "SampleNotTaken"
      | "OutputAgain"
      | "PartNotKept",
    readonly message: string,
  ) {}
}

/** What should be known of a file that is read, and speaks against nothing in it. */
export interface FileRemark {
  readonly name: "ReadAsRecipe" | "ValuesRead" | "RowsNotMeant" | "ColumnsTakenAs";
  readonly message: string;
}

/** Thrown while one row is read, and kept as that row's problem. */
export class RowFault extends Error {
  constructor(
    override readonly name: ProblemName,
    message: string,
    readonly column: string | null = null,
  ) {
    super(message);
  }
}
