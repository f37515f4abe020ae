import type { Container } from "./containers.ts";
import type { RawRow } from "./raw-row.ts";
import { adoptedId, type Detected, detect } from "./detect-format.ts";
import { judgmentAdvice } from "./judgment-advice.ts";
import { type FieldMap, type Fields, mappedColumns, renamer } from "./field-map.ts";
import { MissingColumns } from "./missing-columns.ts";
import { canonicalNames } from "./names.ts";
import { nestedAdvice } from "./nested-advice.ts";
import type { FileOptions, FormatName } from "./options.ts";
import { recipeFor } from "./recipes/built-in.ts";
import type { Recipe } from "./recipes/recipe.ts";
import { mapOfRecipe } from "./recipes/with-map.ts";
import { promptsAndOutputs } from "./prompts-and-outputs.ts";
import { RecipeRows } from "./recipes/rows.ts";
import { fileProblem, RowFault, type RowProblem } from "./records.ts";
import { MappedRows } from "./mapped-rows.ts";
import type { RowMaker } from "./row-maker.ts";
import { textAdvice } from "./text-advice.ts";
import { whyUnread } from "./unread-formats.ts";

/** A file whose first rows have been looked at: its format and all its rows, or why it cannot be read. */
export type Head = { readonly close: () => Promise<void> } & (
  | (Told & {
      readonly rows: AsyncGenerator<RawRow[]>;
      /** The first rows under the file's own names, and as they are read. */
      readonly own: readonly Fields[];
      readonly sample: readonly Fields[];
    })
  | { readonly problems: readonly RowProblem[] }
);

/** What a file is, and what makes of its rows such as the format's reader takes. */
export interface Told {
  readonly format: FormatName;
  /** The format or the recipe, as a report names it. */
  readonly name: string;
  /** Where the fields come from, as the researcher or the recipe says. */
  readonly map: FieldMap;
  readonly maker: () => RowMaker;
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
  const told = tell(sample, { options, isWhole, hasHeader: !/^json|inspect/.test(container.packed.kind) });
  if (Array.isArray(told)) return { problems: told, close };
  return {
    ...told,
    own: fieldsOf(sample),
    sample: madeOf(sample, told.maker()),
    rows: chained(first, rows),
    close,
  };
}

const fieldsOf = (sample: readonly RawRow[]): Fields[] =>
  sample.flatMap((row) => ("fields" in row ? [row.fields] : []));

/** The rows that can be made, of some to look at. */
const madeOf = (sample: readonly RawRow[], maker: RowMaker): Fields[] =>
  sample.flatMap((row) => {
    if (!("fields" in row)) return [];
    try {
      return maker.make(row.fields);
    } catch (error) {
      if (error instanceof RowFault) return [];
      throw error;
    }
  });

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
  const rows = fieldsOf(sample);
  if (rows.length === 0) return [firstProblem(sample)];
  const told = toldOf(rows, options);
  if (!("format" in told)) {
    const missing = missingOf(rows, options);
    return missing.length > 0 ? missing : [told];
  }
  if (!isWhole && !hasHeader) return told;
  const maker = told.maker();
  madeOf(sample, maker);
  const problems = maker.missing();
  return problems.length > 0 ? problems : told;
}

function missingOf(rows: readonly Fields[], { map }: FileOptions): RowProblem[] {
  const missing = new MissingColumns(mappedColumns(map));
  for (const row of rows) missing.see(row);
  return missing.problems();
}

const firstProblem = (sample: readonly RawRow[]): RowProblem =>
  sample.flatMap((row) => ("problem" in row ? [row.problem] : []))[0] ??
  fileProblem("FileEmpty", "The file holds no rows.");

function toldOf(rows: readonly Fields[], options: FileOptions): Told | RowProblem {
  const { format, map } = options;
  const recipe = options.recipe ?? (format === null ? recipeFor(rows, map) : null);
  if (recipe) return byRecipe(recipe, options);
  const tidy = canonicalNames(options.knownSystems ?? []);
  const named = rows.map(renamer(map)).map(tidy);
  const detected = format === null ? formatOf(rows, named, options) : { format };
  if (!("format" in detected)) {
    const taken =
      format === null && detected.name === "FormatUnknown" ? promptsAndOutputs(named, options) : null;
    return taken === null ? detected : asTaken(taken, { options, tidy });
  }
  const adopted: FieldMap = map.has("prompt_id") ? new Map() : adoptedId(detected.format, named);
  const own = renamer(adopted);
  const maker = () => new MappedRows(options, (row) => own(tidy(row)));
  return { format: detected.format, name: detected.format, map, maker, isIdAdopted: adopted.size > 0 };
}

/** A plain file under other names, with a remark of what was taken for what. */
function asTaken(
  { map, remark }: NonNullable<ReturnType<typeof promptsAndOutputs>>,
  { options, tidy }: { options: FileOptions; tidy: (row: Fields) => Fields },
): Told {
  const rename = renamer(map);
  const maker = () => {
    const rows = new MappedRows(options, (row) => rename(tidy(row)));
    return { ...rows, remarks: () => [remark, ...rows.remarks()] };
  };
  return { format: "plain", name: "plain", map, maker, isIdAdopted: false };
}

function byRecipe(recipe: Recipe, options: FileOptions): Told {
  const maker = () => new RecipeRows(recipe, options);
  const map = mapOfRecipe(recipe, options.map);
  return { format: recipe.read_as, name: recipe.name, map, maker, isIdAdopted: false };
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
    const advice =
      nestedAdvice(rows, fileName) ??
      judgmentAdvice(rows, fileName) ??
      (options.map.size === 0 ? textAdvice(rows, fileName) : null);
    return unknown(namesOf(rows), advice);
  }
  const isWide = first.format === "plain" && found.some((one) => one?.format === "wide");
  return isWide ? { format: "wide" } : first; // the first prompts may lack outputs
}

/** The fields of the rows, with the paths to what they hold, as a mapping takes them; without these where they are many. */
function namesOf(rows: readonly Fields[]): string {
  const paths = [...new Set(rows.flatMap((row) => pathsIn(row)))];
  const names = paths.length > NAMES_SHOWN ? rows.flatMap((row) => Object.keys(row)) : paths;
  return [...new Set(names)].slice(0, NAMES_SHOWN).join(", ") || "none";
}

const DEPTH_MAX = 6;

function pathsIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null || path.length > DEPTH_MAX) return [path.join(".")];
  const inner: [string, unknown][] = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return inner.length === 0
    ? [path.join(".")]
    : inner.flatMap(([name, one]) => pathsIn(one, [...path, name]));
}

function unknown(names: string, advice: string | null): RowProblem {
  const general =
    "Map them (FILE:prompt=THEIRS,output=THEIRS), describe them in a recipe (docs/recipes.md), or name the format (tiebreak load --help lists them).";
  return fileProblem(
    "FormatUnknown",
    `The format is not known. The fields are ${names}. ${advice ?? general}`,
  );
}
