import type { Container } from "./containers.ts";
import type { RawRow } from "./raw-row.ts";
import { adoptedId, type Detected, detect } from "./detect-format.ts";
import { judgmentAdvice } from "./judgment-advice.ts";
import { columnsOf, type ColumnSource, hasColumn } from "./column-source.ts";
import { type FieldMap, type Fields, mappedColumns, mergeFieldMaps, renamer } from "./field-map.ts";
import { canonicalNames } from "./names.ts";
import { nestedAdvice } from "./nested-advice.ts";
import { type FileOptions, FORMATS, type FormatName } from "./options.ts";
import type { RowProblem } from "./records.ts";
import { whyUnread } from "./unread-formats.ts";

/** A file whose first rows have been looked at: its format and all its rows, or why it cannot be read. */
export type Head = { readonly close: () => Promise<void> } & (
  | (Told & { readonly rows: AsyncGenerator<RawRow[]>; readonly sample: readonly Fields[] })
  | { readonly problems: readonly RowProblem[] }
);

/** What a file is, and what makes of its rows such as the format's reader takes. */
export interface Told {
  readonly format: FormatName;
  readonly rename: (row: Fields) => Fields;
  /** Whether prompts go by a column that was not said to be their id. */
  readonly isIdAdopted: boolean;
}

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
  const told = tell(sample, { options, isWhole, hasHeader: !container.packed.kind.startsWith("json") });
  if (Array.isArray(told)) return { problems: told, close };
  const renamed = sample.flatMap((row) => ("fields" in row ? [told.rename(row.fields)] : []));
  return { ...told, sample: renamed, rows: chained(first, rows), close };
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

function tell(sample: readonly RawRow[], known: Known): Told | RowProblem[] {
  const { options, isWhole, hasHeader } = known;
  const rows = sample.flatMap((row) => ("fields" in row ? [row.fields] : []));
  if (rows.length === 0) return [firstProblem(sample)];
  const missing = new MissingColumns(mappedColumns(options.map));
  for (const row of rows) missing.see(row);
  const told = toldOf(rows, options);
  const isFinal = isWhole || hasHeader || !("format" in told);
  const problems = isFinal ? missing.problems() : [];
  if (problems.length > 0) return problems;
  return "format" in told ? told : [told];
}

const firstProblem = (sample: readonly RawRow[]): RowProblem =>
  sample.flatMap((row) => ("problem" in row ? [row.problem] : []))[0] ??
  fileProblem("FileEmpty", "The file holds no rows.");

function toldOf(rows: readonly Fields[], options: FileOptions): Told | RowProblem {
  const tidy = canonicalNames(options.knownSystems ?? []);
  const named = rows.map(renamer(options.map)).map(tidy);
  const detected = options.format === null ? formatOf(rows, named, options) : { format: options.format };
  if (!("format" in detected)) return detected;
  const { format, map = new Map() } = detected;
  const adopted: FieldMap = options.map.has("prompt_id") ? new Map() : adoptedId(format, named);
  const own = renamer(mergeFieldMaps(map, adopted));
  const user = renamer(options.map);
  return { format, rename: (row) => own(tidy(user(row))), isIdAdopted: adopted.size > 0 };
}

function formatOf(
  rows: readonly Fields[],
  named: readonly Fields[],
  options: FileOptions,
): Detected | RowProblem {
  const unread = whyUnread(named, options);
  if (unread !== null) return fileProblem("FormatNotRead", unread);
  const found = named.map((row) => detect(row, options.knownSystems));
  const first = found.find((one) => one !== null);
  if (!first) {
    const { fileName } = options;
    const advice = nestedAdvice(rows, fileName) ?? judgmentAdvice(Object.keys(rows[0] ?? {}), fileName);
    return unknown(namesOf(rows), advice);
  }
  const isWide = first.format === "plain" && found.some((one) => one?.format === "wide");
  return isWide ? { format: "wide" } : first; // the first prompts may lack outputs
}

const namesOf = (rows: readonly Fields[]): string =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, NAMES_SHOWN).join(", ") || "none";

function unknown(names: string, advice: string | null): RowProblem {
  const general = `Map them (FILE:output=THEIRS,prompt_id=THEIRS), or use --format (${FORMATS.join(", ")}).`;
  return fileProblem(
    "FormatUnknown",
    `The format is not known. The fields are ${names}. ${advice ?? general}`,
  );
}

export const fileProblem = (name: RowProblem["name"], message: string): RowProblem => ({
  row: 0,
  column: null,
  name,
  message,
});

/** Columns that are mapped and that no row has. */
export class MissingColumns {
  readonly #sources: readonly ColumnSource[];
  readonly #missing = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #there = new Set<string>();

  constructor(sources: readonly ColumnSource[]) {
    this.#sources = sources;
    for (const { column } of sources) this.#missing.add(column);
  }

  see(row: Fields): void {
    if (this.#missing.size === 0) return;
    for (const source of this.#sources) {
      if (!this.#missing.has(source.column)) continue;
      for (const column of columnsOf(row, source)) {
        if (hasColumn(row, column)) this.#seen.add(column);
      }
      if (columnsOf(row, source).every((column) => this.#seen.has(column)))
        this.#missing.delete(source.column);
    }
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
