import { containerOf, type RawRow, rawRows } from "./containers.ts";
import { type Fields, mappedColumns, renamer } from "./field-map.ts";
import { readAlpacaAnnotations, readAlpacaOutputs } from "./formats/alpaca-eval.ts";
import { readArenaHardAnswer, readArenaHardGames } from "./formats/arena-hard.ts";
import { readLima, readMessages } from "./formats/chats.ts";
import { readBattle, readFastchatAnswer, readFastchatQuestion } from "./formats/fastchat.ts";
import { readFastchatPair } from "./formats/fastchat-pairs.ts";
import { readPlain } from "./formats/plain.ts";
import { readWide } from "./formats/wide.ts";
import type { FileOptions, FormatName } from "./options.ts";
import { type LoadRecord, type ReadItem, RowFault, type RowProblem } from "./records.ts";
import { type Head, headOf, MissingColumns } from "./head.ts";

/** A fault in the list is of a part of the row, of which the rest can be taken. */
type RowReader = (row: Fields, at: number, options: FileOptions) => (LoadRecord | RowFault)[];

const READERS: Record<FormatName, RowReader> = {
  alpaca_eval_outputs: readAlpacaOutputs,
  alpaca_eval_annotations: readAlpacaAnnotations,
  fastchat_questions: readFastchatQuestion,
  fastchat_answers: readFastchatAnswer,
  fastchat_judgments: readBattle,
  fastchat_pairs: readFastchatPair,
  arena_battles: readBattle,
  arena_hard_answers: readArenaHardAnswer,
  arena_hard_judgments: readArenaHardGames,
  lima: readLima,
  messages: readMessages,
  plain: readPlain,
  wide: readWide,
};

/**
 * Reads a file as records, in batches, whatever its size; what is wrong with a row comes as a problem in its
 * place. Nothing is thrown but what the file system throws.
 */
export async function* readFile(path: string, options: FileOptions): AsyncGenerator<ReadItem[]> {
  const head = await openHead(path, options);
  try {
    if ("problems" in head) {
      yield head.problems.map((problem) => ({ problem }));
      return;
    }
    const read = recordReader(READERS[head.format], options);
    const missing = new MissingColumns(mappedColumns(options.map));
    for await (const rows of head.rows) {
      for (const row of rows) if ("fields" in row) missing.see(row.fields);
      const items = read(rows);
      if (items.length > 0) yield items;
    }
    const problems = missing.problems();
    if (problems.length > 0) yield problems.map((problem) => ({ problem }));
  } finally {
    await head.close();
  }
}

/** The format of a file by its first rows, as mapped; null where there is none or it is not to be told. */
export async function tellFormat(path: string, options: FileOptions): Promise<FormatName | null> {
  if (options.format !== null) return options.format;
  const head = await openHead(path, options);
  await head.close();
  return "format" in head ? head.format : null;
}

async function openHead(path: string, options: FileOptions): Promise<Head> {
  const container = containerOf(path, options.fileName);
  if (container !== null) return headOf(rawRows(path, container), container, options);
  const problem: RowProblem = { row: 0, column: null, name: "FileEmpty", message: "The file is empty." };
  return { problems: [problem], close: () => Promise.resolve() };
}

function recordReader(read: RowReader, options: FileOptions): (rows: readonly RawRow[]) => ReadItem[] {
  const rename = renamer(options.map);
  return (rows) => {
    const items: ReadItem[] = [];
    for (const row of rows) {
      if ("problem" in row) items.push(row);
      else {
        try {
          for (const record of read(rename(row.fields), row.at, options)) {
            if (record instanceof RowFault) items.push({ problem: problemOf(record, row.at, options) });
            else items.push({ record });
          }
        } catch (error) {
          items.push({ problem: problemOf(error, row.at, options) });
        }
      }
    }
    return items;
  };
}

/** A row's fault as a problem, with the name that a missing field has in the file. */
function problemOf(error: unknown, row: number, { map }: FileOptions): RowProblem {
  if (!(error instanceof RowFault)) throw error;
  const { name, message, column } = error;
  const source = column === null ? undefined : map.get(column);
  const isMapped = name === "FieldMissing" && source !== undefined && "column" in source;
  return {
    row,
    column,
    name,
    message: isMapped ? `${message} It is mapped to “${source.column}”.` : message,
  };
}
