import { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { candidate, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import { nameOf } from "../steps/wikihow-titles.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";

/** The one group of all articles where no file has categories. */
const NO_CATEGORY = "no category";
const COLUMNS = ["headline", "title", "text"] as const;
const TITLE_BYTES_MAX = 1 << 20;

/**
 * The articles of wikihowAll.csv (headline, title, text). The file has no categories: a second one with title,category gives them.
 * Articles that it does not have are left out.
 * @throws BuildRefused where columns are missing, or the file cannot be read as CSV
 */
export async function* readWikihow(
  inputs: readonly Input[],
  { categories, tally }: { categories: Input | null; tally: SourceTally },
): AsyncGenerator<Candidate> {
  const categoryOf = categories === null ? null : await readCategories(categories);
  const seen = new Map<string, number>();
  for (const input of inputs)
    for await (const row of csvRows(input, COLUMNS)) {
      tally.rows++;
      const title = row.title?.trim() ?? "";
      const text = row.text?.trim() ?? "";
      const category =
        categoryOf === null ? NO_CATEGORY : (categoryOf.get(title) ?? categoryOf.get(nameOf(title)));
      if (title === "") tally.leave("without a title");
      else if (text === "") tally.leave("without a text");
      else if (category === undefined) tally.leave("without a category");
      else yield articleOf({ title, text, headline: row.headline ?? "" }, { seen, category });
    }
}

function articleOf(
  { title, text, headline }: { title: string; text: string; headline: string },
  { seen, category }: { seen: Map<string, number>; category: string },
): Candidate {
  const count = (seen.get(title) ?? 0) + 1;
  seen.set(title, count);
  const slug = nameOf(title)
    .replace(/^how to /i, "")
    .replaceAll(" ", "-");
  return candidate({
    id: `wikihow/${title}${count > 1 ? `/${count}` : ""}`,
    group: category,
    texts: { title, body: headline.trim(), prompt: title, response: text },
    licence: "CC BY-NC-SA 3.0",
    url: `https://www.wikihow.com/${encodeURIComponent(slug)}`,
    authors: [
      { of: "prompt", name: "wikiHow", url: null, licence: null },
      { of: "response", name: "wikiHow", url: null, licence: null },
    ],
  });
}

async function readCategories(input: Input): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { title, category } of csvRows(input, ["title", "category"] as const))
    if (title && category) found.set(title.trim(), category.trim());
  return found;
}

async function* csvRows<Column extends string>(
  input: Input,
  wanted: readonly Column[],
): AsyncGenerator<Partial<Record<Column, string>>> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      const names = header.map((name) => name.trim().toLowerCase());
      const missing = wanted.filter((name) => !names.includes(name));
      if (missing.length === 0) return names;
      throw new BuildRefused(
        `${input.name} has no column ${missing.map((name) => `“${name}”`).join(" and ")}; it has ${names.slice(0, 8).join(", ")}. ` +
          `Its columns must be ${wanted.join(", ")}.`,
      );
    },
    // A row with more columns has a text that is not in quotes, of which only the beginning would be read.
    relax_column_count_less: true,
    skip_empty_lines: true,
    max_record_size: 32 * TITLE_BYTES_MAX,
  });
  const stream = Readable.from(input.bytes()).on("error", (error) => parser.destroy(error));
  try {
    yield* stream.pipe(parser) as AsyncIterable<Partial<Record<Column, string>>>;
  } catch (error) {
    const { code, message } = error as CsvError;
    if (!String(code).startsWith("CSV_")) throw error;
    throw new BuildRefused(`${input.name} cannot be read as CSV: ${message}`);
  } finally {
    stream.destroy();
  }
}
