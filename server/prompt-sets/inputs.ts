import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { BuildRefused } from "./errors.ts";
import type { ReadyRecipe, ReadySource } from "./recipes/parse.ts";
import { fileInput, type Input, type SourceInputs, STANDARD_INPUT, standardInput } from "./sources/input.ts";

interface InputsWanted {
  readonly recipe: ReadyRecipe;
  /** Folder that the recipe's own paths start from. */
  readonly folder: string;
  /** Files named on the command line, by source; they replace the recipe's. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Sources that are left out. */
  readonly without: readonly string[];
  readonly stdin: Readable;
}

/** What each kind of source reads in a folder that is named for it. */
const INSIDE: Readonly<Record<ReadySource["kind"], RegExp>> = {
  // Other tables of Stack Overflow are archives of their own.
  "stack-exchange":
    /(^|\/)posts\.xml(\.gz|\.zst)?$|(?<!-(badges|comments|posthistory|postlinks|tags|users|votes))\.7z$/i,
  reddit: /\.(jsonl|ndjson|json)(\.gz|\.zst)?$|\.zst$/i,
  wikihow: /wikihowall\.csv(\.gz|\.zst)?$/i,
  "natural-instructions": /(^|\/)task[^/]*\.json(\.gz|\.zst)?$/i,
  conversations: /\.(jsonl|json|csv|parquet)(\.gz|\.zst)?$/i,
  prompts: /\.(jsonl|json|csv|tsv|xlsx|parquet|yaml)(\.gz|\.zst)?$/i,
};

function categoriesOf({ name, categories }: ReadySource, folder: string): Input | null {
  if (categories === undefined) return null;
  const file = fromFolder(folder, categories);
  if (isFile(file)) return fileInput(file, file);
  throw new BuildRefused(`There is no file ${file}, which the categories of ${name} should be read from.`);
}

/**
 * The files of each source of a recipe. @throws BuildRefused where a source has none, a file is missing, or two sources want standard input
 */
export function inputsOf(wanted: InputsWanted): ReadonlyMap<string, SourceInputs> {
  const { recipe, named, without } = wanted;
  const known = new Set(recipe.sources.map(({ name }) => name));
  const unknown = [...named.keys(), ...without].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new BuildRefused(
      `The recipe has no source “${unknown}”. Its sources are ${[...known].join(", ")}.`,
    );
  const found = new Map<string, SourceInputs>();
  const missing: string[] = [];
  for (const source of recipe.sources) {
    if (without.includes(source.name)) continue;
    const given = named.get(source.name) ?? source.files.map((file) => fromFolder(wanted.folder, file));
    if (given.length === 0) missing.push(source.name);
    else
      found.set(source.name, {
        files: onceEach(given.flatMap((file) => inputsAt(file, source, wanted.stdin))),
        categories: categoriesOf(source, wanted.folder),
      });
  }
  if (missing.length > 0) throw new BuildRefused(noFiles(recipe, missing));
  if (found.size === 0) throw new BuildRefused("No source is left, so there is nothing to build.");
  if ([...found.values()].flatMap(({ files }) => files).filter(({ path: file }) => file === null).length > 1)
    throw new BuildRefused("Standard input can be read once, so only one source can be “-”.");
  return found;
}

/** A file that is named twice, or by itself and in its folder, is read once. */
const onceEach = (inputs: readonly Input[]): Input[] => {
  const paths = inputs.map((input) => input.path && path.resolve(input.path));
  return inputs.filter((_input, at) => paths[at] === null || paths.indexOf(paths[at]!) === at);
};

const fromFolder = (folder: string, file: string): string =>
  file === STANDARD_INPUT || path.isAbsolute(file) ? file : path.join(folder, file);

function noFiles(recipe: ReadyRecipe, missing: readonly string[]): string {
  const files = missing.map((name) => `${name}=FILE`).join(" ");
  const rest =
    recipe.sources.length > missing.length
      ? ` Or leave them out: ${missing.map((name) => `--without ${name}`).join(" ")}.`
      : "";
  return `Nothing says where the files of ${missing.join(", ")} are. Name them after the recipe: ${files}.${rest}`;
}

/** What the set is compared with, each file once. @throws BuildRefused where one is missing */
export function overlapInputsOf(recipe: ReadyRecipe, folder: string): Input[] {
  const all = (recipe.overlap?.with ?? []).flatMap((given) => {
    const file = fromFolder(folder, given);
    if (file === STANDARD_INPUT)
      throw new BuildRefused("“overlap” reads files, not standard input. Write the texts to a file first.");
    return filesAt(file, { what: "overlap", pattern: OVERLAPPING });
  });
  return onceEach(all).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const OVERLAPPING = /\.(jsonl|ndjson|json|csv|tsv|xlsx|parquet|txt|text)(\.gz|\.zst)?$/i;

const isFile = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isFile() === true;

function inputsAt(file: string, source: ReadySource, stdin: Readable): Input[] {
  if (file === STANDARD_INPUT) return [standardInput(stdin)];
  return filesAt(file, {
    what: `the source ${source.name}`,
    kind: `${source.name} (${source.kind})`,
    pattern: INSIDE[source.kind],
  });
}

/** A file, or those of a folder that can be read. */
function filesAt(
  file: string,
  { what, kind = what, pattern }: { what: string; kind?: string; pattern: RegExp },
): Input[] {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new BuildRefused(`There is no file ${file}, which ${what} should be read from.`);
  if (!stat.isDirectory()) return [fileInput(file, file)];
  const inside = fs
    .readdirSync(file, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(file, name))
    .filter((name) => pattern.test(name.replaceAll("\\", "/")) && isFile(name));
  if (inside.length === 0)
    throw new BuildRefused(`The folder ${file} holds no file that ${kind} can be read from.`);
  return inside.sort().map((name) => fileInput(name, name));
}
