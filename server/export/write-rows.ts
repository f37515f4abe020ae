import type { Reader } from "../storage/database.ts";
import type { StudyFacts } from "../analysis/rows/study-structure.ts";
import { JUDGMENT_COLUMNS } from "./columns.ts";
import { NO_TEXTS, textsOf } from "./conversations.ts";
import { csvLine } from "./csv-line.ts";
import type { ExportedJudgment, Status } from "./exported-judgment.ts";
import type { ExportFormat } from "./format.ts";
import type { Names } from "./names.ts";
import { judgmentChunks } from "./read-judgments.ts";
import type { Tally } from "./tally.ts";

/** Judgments read at once: few enough that memory stays flat, fewer where each brings its texts along. */
const CHUNK = 1000;
const CHUNK_WITH_TEXTS = 200;

interface RowsToWrite {
  readonly facts: StudyFacts;
  readonly names: Names;
  readonly format: ExportFormat;
  /** Only this group's judgments; null: those of all. */
  readonly group: string | null;
  readonly spreadsheetSafe: boolean;
  readonly tally: Tally;
  /** Called with the judgments that are written, and how much of the study that is, from 0 to 1. */
  readonly onJudgments?: OnJudgments | undefined;
}

export type OnJudgments = (done: number, share: number) => void;

/** The text of one file, piece by piece, counted in `tally`. All of it must be read within one `database.read`. */
export async function* textOf(reader: Reader, given: RowsToWrite): AsyncGenerator<string> {
  const writer = writerOf(given);
  let place = 0;
  yield writer.begin;
  for await (const rows of rowsOf(reader, given)) {
    const text = rows.map((row) => writer.row(row, place++)).join("");
    if (text !== "") yield text;
  }
  yield writer.end;
}

/** The rows of one file, some at a time, counted in `tally`. All of them must be read within one `database.read`. */
export async function* rowsOf(reader: Reader, given: RowsToWrite): AsyncGenerator<object[]> {
  const { format, facts, names, group, tally } = given;
  const study = facts.study.id;
  const size = format.needsTexts ? CHUNK_WITH_TEXTS : CHUNK;
  for await (const chunk of judgmentChunks(reader, study, { names, size })) {
    const texts = format.needsTexts ? await textsOf(reader, study, chunk) : NO_TEXTS;
    const made: object[] = [];
    for (const judgment of chunk.judgments) {
      if (group !== null && judgment.group !== group) continue;
      tally.judgments++;
      const rows = whyOutside(format, judgment) ?? format.rowsOf(judgment, { facts, texts, tally });
      if (typeof rows === "string") tally.leaveOut(rows);
      else for (const row of rows) made.push(row);
      tally.rows += typeof rows === "string" ? 0 : rows.length;
    }
    yield made;
    given.onJudgments?.(tally.judgments, chunk.share);
  }
}

const OUTSIDE: Record<Exclude<Status, "counted">, string> = {
  excluded: "of excluded annotators",
  repeat: "repeats",
  other_order: "a model's other order",
  surplus: "surplus",
  check: "checks",
  practice: "practice",
  unloaded: "unloaded",
  corrected: "of texts corrected since",
};

function whyOutside({ takesAll }: ExportFormat, { status }: ExportedJudgment): string | null {
  return takesAll || status === "counted" ? null : OUTSIDE[status];
}

interface Writer {
  readonly begin: string;
  readonly end: string;
  row(row: object, place: number): string;
}

function writerOf({ format, ...options }: RowsToWrite): Writer {
  if (format.container === "jsonl") return { begin: "", end: "", row: jsonLine };
  if (format.container === "json") {
    // Indented, or the last row, which no comma follows, would look like a file of JSON lines.
    return {
      begin: "[",
      end: "\n]\n",
      row: (row, place) => `${place === 0 ? "" : ","}\n ${JSON.stringify(row)}`,
    };
  }
  return {
    begin: `${JUDGMENT_COLUMNS.join(",")}\n`,
    end: "",
    row: (row) =>
      csvLine(
        JUDGMENT_COLUMNS.map((name) => (row as Record<string, unknown>)[name]),
        options,
      ),
  };
}

export const jsonLine = (row: object): string => `${JSON.stringify(row)}\n`;
