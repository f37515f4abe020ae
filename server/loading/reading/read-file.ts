import { type Container, containerOf, type RawRow, rawRows } from "./containers.ts";
import { detectFormat } from "./detect-format.ts";
import { type Fields, mapFields } from "./field-map.ts";
import { readAlpacaAnnotations, readAlpacaOutputs } from "./formats/alpaca-eval.ts";
import { readLima, readMessages } from "./formats/chats.ts";
import { readBattle, readFastchatAnswer, readFastchatQuestion } from "./formats/fastchat.ts";
import { readPlain, readWide } from "./formats/plain.ts";
import { type FileOptions, type FormatName, FORMATS } from "./options.ts";
import { type LoadRecord, type ReadItem, RowFault, type RowProblem } from "./records.ts";

type RowReader = (row: Fields, at: number, options: FileOptions) => LoadRecord[];

const READERS: Record<FormatName, RowReader> = {
  alpaca_eval_outputs: readAlpacaOutputs,
  alpaca_eval_annotations: readAlpacaAnnotations,
  fastchat_questions: readFastchatQuestion,
  fastchat_answers: readFastchatAnswer,
  fastchat_judgments: readBattle,
  arena_battles: readBattle,
  lima: readLima,
  messages: readMessages,
  plain: readPlain,
  wide: readWide,
};

/** Rows looked at to tell a file's format. */
const ROWS_TO_TELL = 20;

/**
 * Reads a file as records, in batches, whatever its size; what is wrong with a row comes as a problem in its
 * place. Nothing is thrown but what the file system throws.
 */
export async function* readFile(path: string, options: FileOptions): AsyncGenerator<ReadItem[]> {
  const container = containerOf(path, options.fileName);
  if (container === null) {
    yield [fileProblem("FileEmpty", "The file is empty.")];
    return;
  }
  const format = options.format ?? (await formatOf(path, options, container));
  if (typeof format !== "string") {
    yield [{ problem: format }];
    return;
  }
  const missing = new MissingColumns(options);
  for await (const rows of rawRows(path, container)) {
    const items: ReadItem[] = [];
    for (const row of rows) {
      if ("problem" in row) items.push(row);
      else {
        missing.see(row.fields);
        readRow(READERS[format], row, { options, items });
      }
    }
    if (items.length > 0) yield items;
  }
  const problems = missing.problems();
  if (problems.length > 0) yield problems;
}

/** The format of a file by its first rows, as mapped; null where there is none or it is not to be told. */
export async function tellFormat(path: string, options: FileOptions): Promise<FormatName | null> {
  const container = containerOf(path, options.fileName);
  if (container === null || options.format !== null) return options.format;
  const format = await formatOf(path, options, container);
  return typeof format === "string" ? format : null;
}

function readRow(
  read: RowReader,
  row: { at: number; fields: Fields },
  into: { options: FileOptions; items: ReadItem[] },
): void {
  try {
    for (const record of read(mapFields(row.fields, into.options.map), row.at, into.options)) {
      into.items.push({ record });
    }
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    const { name, message, column } = error;
    into.items.push({ problem: { row: row.at, column, name, message } });
  }
}

async function formatOf(
  path: string,
  options: FileOptions,
  container: Container,
): Promise<FormatName | RowProblem> {
  let firstFault: RowProblem | null = null;
  const keys = new Set<string>();
  let seen = 0;
  for await (const rows of rawRows(path, container)) {
    for (const row of rows) {
      if ("problem" in row) firstFault ??= row.problem;
      else {
        Object.keys(row.fields).forEach((key) => keys.add(key));
        const format = detectFormat(mapFields(row.fields, options.map), options.knownSystems);
        if (format) return format;
      }
      if (++seen >= ROWS_TO_TELL) return unknown(keys);
    }
  }
  return keys.size === 0 && firstFault ? firstFault : unknown(keys);
}

function unknown(keys: ReadonlySet<string>): RowProblem {
  const there = [...keys].slice(0, 30).join(", ") || "none";
  const advice = `Map them (FILE:output=THEIRS,prompt_id=THEIRS), or say --format (${FORMATS.join(", ")}).`;
  return {
    row: 0,
    column: null,
    name: "FormatUnknown",
    message: `The format is not known. The fields are ${there}. ${advice}`,
  };
}

const fileProblem = (name: RowProblem["name"], message: string): ReadItem => ({
  problem: { row: 0, column: null, name, message },
});

/** Columns that are mapped and that no row has. */
class MissingColumns {
  readonly #missing: Set<string>;
  readonly #there = new Set<string>();

  constructor({ map }: FileOptions) {
    this.#missing = new Set(
      [...map.values()].flatMap((source) => ("column" in source ? [source.column] : [])),
    );
  }

  see(row: Fields): void {
    if (this.#missing.size === 0) return;
    for (const column of this.#missing) if (Object.hasOwn(row, column)) this.#missing.delete(column);
    if (this.#missing.size > 0 && this.#there.size < 30)
      Object.keys(row).forEach((key) => this.#there.add(key));
  }

  problems(): ReadItem[] {
    const there = [...this.#there].join(", ") || "none";
    return [...this.#missing].map((column) =>
      fileProblem("NoSuchField", `No row has a field “${column}”. The fields are ${there}.`),
    );
  }
}

export type { RawRow };
