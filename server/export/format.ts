import type { StudyFacts } from "../analysis/rows/study-structure.ts";
import type { Texts } from "./conversations.ts";
import type { ExportedJudgment } from "./exported-judgment.ts";
import type { Tally } from "./tally.ts";

/** What a format may look at besides the judgment itself. */
export interface Around {
  readonly facts: StudyFacts;
  readonly texts: Texts;
  readonly tally: Tally;
}

/** How judgments become the rows of one kind of file. */
export interface ExportFormat {
  readonly container: "jsonl" | "json" | "csv" | "parquet";
  /** Whether its rows hold prompts and responses. */
  readonly needsTexts: boolean;
  /** Whether it has rows for judgments that are in no figure of the report. */
  readonly takesAll: boolean;
  /** What is known of a judgment and has no place in such a file, in words. */
  readonly notCarried: readonly string[];
  /** @throws ExportWrong where a study of this kind cannot be written so */
  readonly require?: (facts: StudyFacts) => void;
  /** @returns the rows that a judgment makes, or in words what kind of judgment makes none */
  readonly rowsOf: (judgment: ExportedJudgment, around: Around) => readonly object[] | string;
}
