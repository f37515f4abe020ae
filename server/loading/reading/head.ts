import type { Container, RawRow } from "./containers.ts";
import { columnsLikeOutputs, detectFormat } from "./detect-format.ts";
import { judgmentAdvice } from "./judgment-advice.ts";
import { type Fields, mappedColumns, renamer } from "./field-map.ts";
import { type FileOptions, FORMATS, type FormatName } from "./options.ts";
import type { RowProblem } from "./records.ts";

/** A file whose first rows have been looked at: its format and all its rows, or why it cannot be read. */
export type Head = { readonly close: () => Promise<void> } & (
  | { readonly format: FormatName; readonly rows: AsyncGenerator<RawRow[]> }
  | { readonly problems: readonly RowProblem[] }
);

/** Rows looked at to tell a file's format. */
const ROWS_TO_TELL = 20;
const NAMES_SHOWN = 30;

/** Looks at a file's first rows, of which none is lost. */
export async function headOf(
  rows: AsyncGenerator<RawRow[]>,
  container: Container,
  options: FileOptions,
): Promise<Head> {
  const first: RawRow[][] = [];
  let count = 0;
  let isWhole = false;
  while (count < ROWS_TO_TELL && !isWhole) {
    const next = await rows.next();
    if (next.done) isWhole = true;
    else {
      first.push(next.value);
      count += next.value.length;
    }
  }
  const close = async () => void (await rows.return(undefined));
  const sample = first.flat().slice(0, ROWS_TO_TELL);
  const told = tell(sample, { options, isWhole, hasHeader: container === "csv" || container === "tsv" });
  if (typeof told !== "string") return { problems: told, close };
  return { format: told, rows: chained(first, rows), close };
}

async function* chained<T>(first: T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  for (let one = first.shift(); one !== undefined; one = first.shift()) yield one;
  yield* rest;
}

interface Known {
  readonly options: FileOptions;
  /** Whether these are all the rows. */
  readonly isWhole: boolean;
  /** Whether every row has the same fields. */
  readonly hasHeader: boolean;
}

function tell(sample: readonly RawRow[], known: Known): FormatName | RowProblem[] {
  const { options, isWhole, hasHeader } = known;
  const rows = sample.flatMap((row) => ("fields" in row ? [row.fields] : []));
  if (rows.length === 0) return [firstProblem(sample)];
  const missing = new MissingColumns(mappedColumns(options.map));
  for (const row of rows) missing.see(row);
  const format = options.format ?? formatOf(rows, options);
  const isFinal = isWhole || hasHeader || typeof format !== "string";
  const problems = isFinal ? missing.problems() : [];
  if (problems.length > 0) return problems;
  return typeof format === "string" ? format : [format];
}

const firstProblem = (sample: readonly RawRow[]): RowProblem =>
  sample.flatMap((row) => ("problem" in row ? [row.problem] : []))[0] ??
  fileProblem("FileEmpty", "The file holds no rows.");

function formatOf(rows: readonly Fields[], options: FileOptions): FormatName | RowProblem {
  const renamed = rows.map(renamer(options.map));
  const formats = renamed.map((row) => detectFormat(row, options.knownSystems));
  const format = formats.find((one) => one !== null);
  if (!format) return unknown(namesOf(rows), judgmentAdvice(Object.keys(rows[0] ?? {}), options.fileName));
  if (format !== "plain") return format;
  if (formats.includes("wide")) return "wide"; // the first prompts may lack outputs
  const unclear = columnsLikeOutputs(renamed);
  return unclear.length === 0 ? format : unclearFormat(unclear);
}

const namesOf = (rows: readonly Fields[]): string =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, NAMES_SHOWN).join(", ") || "none";

function unknown(names: string, advice: string | null): RowProblem {
  const general = `Map them (FILE:output=THEIRS,prompt_id=THEIRS), or say --format (${FORMATS.join(", ")}).`;
  return fileProblem(
    "FormatUnknown",
    `The format is not known. The fields are ${names}. ${advice ?? general}`,
  );
}

function unclearFormat(columns: readonly string[]): RowProblem {
  const what = `Beside the prompt there are texts in ${columns.join(", ")}.`;
  const advice =
    "If systems of these names wrote them, say --format wide; if not, --format plain keeps them as metadata.";
  return fileProblem("FormatUnknown", `${what} ${advice}`);
}

const fileProblem = (name: RowProblem["name"], message: string): RowProblem => ({
  row: 0,
  column: null,
  name,
  message,
});

/** Columns that are mapped and that no row has. */
export class MissingColumns {
  readonly #missing: Set<string>;
  readonly #there = new Set<string>();

  constructor(columns: readonly string[]) {
    this.#missing = new Set(columns);
  }

  see(row: Fields): void {
    if (this.#missing.size === 0) return;
    for (const column of this.#missing) if (Object.hasOwn(row, column)) this.#missing.delete(column);
    if (this.#missing.size > 0 && this.#there.size < NAMES_SHOWN)
      Object.keys(row).forEach((name) => this.#there.add(name));
  }

  problems(): RowProblem[] {
    const there = [...this.#there].join(", ") || "none";
    return [...this.#missing].map((column) =>
      fileProblem("NoSuchField", `No row has a field “${column}”. The fields are ${there}.`),
    );
  }
}
