import { z } from "zod";
import { columnSource, type ColumnSource } from "../column-source.ts";
import { parseGroupName } from "../group-name.ts";
import { KEPT, type Translation } from "../translation.ts";
import { faultsIn, yamlIn } from "../yaml-faults.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be a text or a number" });
const word = scalar.transform(String);
const column = z.string().min(1, "names no column");
const columns = z.array(column).min(2, "must name two columns or more");
const words = z.record(z.string(), word);
const two = z.tuple([column, column], { error: "must be a list of two columns" });

const mappedSchema = z.preprocess(
  (value) => (typeof value === "string" ? { from: value } : value),
  z
    .strictObject({
      /** A column as behind a file's name: a path, several joined by +, a translation in braces. */
      from: column.optional(),
      /** What its values are read as. */
      values: words.optional(),
      /** What all other values are read as; “*”: as themselves. */
      others: word.optional(),
      /** Columns of which exactly one is 1 or true, each with what that means; one that ends with ? may be missing. */
      one_of: words.optional(),
      /** Two columns of numbers: a where the first is higher, b where the second is. */
      higher: two.optional(),
      /** A number in `from` that a choice is made of; the number itself is kept as metadata. */
      threshold: z.number().optional(),
      above: word.optional(),
      below: word.optional(),
      /** What equal numbers, or one at the threshold, are. Default: tie. */
      equal: word.optional(),
    })
    .refine(
      ({ from, one_of, higher }) => [from, one_of, higher].filter((one) => one !== undefined).length === 1,
      {
        error: "must have one of from, one_of, higher",
      },
    )
    .refine(({ threshold, above, below }) => threshold === undefined || (above && below), {
      error: "must say what is above and what is below the threshold",
    })
    .nullable(),
);
export type Mapped = NonNullable<z.infer<typeof mappedSchema>>;

const recipeSchema = z.strictObject({
  /** One word. Default: the file's name. */
  name: z
    .string()
    .regex(/^[a-z\d][a-z\d_-]*$/i, "must be one word of letters, digits, - and _")
    .optional(),
  /** What such files are, as a message names them. */
  title: z.string().optional(),
  /** Where the format is described. */
  source: z.string().optional(),
  /** The columns by which such a file is detected. */
  detect: z
    .strictObject({
      all: z.array(column).min(1, "names no column"),
      none: z.array(column).default([]),
      lists: z.array(column).default([]),
      texts: z.array(column).default([]),
    })
    .optional(),
  /** The path to the list of rows in a JSON file. */
  rows: z.string().optional(),
  /** Only rows in which these columns have one of these values. */
  where: z.record(z.string(), z.union([word, z.array(word)])).default({}),
  /** Only rows in which these two differ. */
  apart: two.optional(),
  /** Two columns that must be equal in every row. */
  same: two.optional(),
  /** A column that is a list: a row for each of its entries, which then stands in the column. */
  each: column.optional(),
  /** Columns whose cells may hold a JSON list of texts, one per turn. */
  turns: z.array(column).default([]),
  /** A column cut into others. */
  split: z.strictObject({ column, by: z.string().min(1), into: columns }).optional(),
  /** Our fields to theirs; null: ignored. */
  map: z.record(z.string(), mappedSchema).default({}),
  /** Our fields to constants. */
  set: z.record(z.string(), word).default({}),
  /** One verdict a column: a row for each that is filled, whose annotator is called as the column. */
  annotators: z
    .strictObject({ columns: z.array(column).min(1), values: words.optional(), others: word.optional() })
    .optional(),
  /** Systems to the columns with their outputs: a response for each. */
  outputs: z.record(z.string(), column).optional(),
  /** Whether left and right are how annotators saw the two. */
  sides: z.enum(["known", "unknown"]).default("known"),
  group: z
    .string()
    .refine((text) => parseGroupName(text) !== null, "must be NAME, or NAME:crowd, NAME:author, NAME:model")
    .optional(),
  /** The reader of the rows. Default: plain. */
  read_as: z.enum(["plain", "messages", "lima"]).default("plain"),
  /** What a load of such a file should say. */
  remark: z.string().optional(),
  example: z
    .strictObject({
      rows: z.array(z.record(z.string(), z.unknown())).min(1),
      becomes: z.array(z.record(z.string(), z.unknown())),
    })
    .optional(),
});

/** How files of one kind are read. */
export type Recipe = z.infer<typeof recipeSchema> & {
  readonly name: string;
  /** As it is written. */
  readonly text: string;
};

/** Reads a recipe. @param name what it is called unless it says so itself @throws Error that says what is wrong and where */
export function parseRecipe(text: string, name: string): Recipe {
  const given = yamlIn(text, `The recipe ${name}`);
  const result = recipeSchema.safeParse(given);
  if (result.success) return { ...result.data, name: result.data.name ?? name, text };
  throw new Error([`The recipe ${name} cannot be used:`, ...faultsIn(result.error, placeOf)].join("\n"));
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? "at its top: "
    : `${path.map((part) => (typeof part === "number" ? String(part + 1) : String(part))).join(", ")}: `;

/** The column that a mapped field is read from, with its translation. Null where it is not of one column. */
export function sourceOf({ from, values, others }: Mapped): ColumnSource | null {
  if (from === undefined) return null;
  const source = columnSource(from);
  const translation = values === undefined ? source.translation : translationOf(values, others);
  return { column: source.column, ...(translation === undefined ? {} : { translation }) };
}

export const translationOf = (
  values: Readonly<Record<string, string>>,
  others: string | undefined,
): Translation => ({
  values: new Map(Object.entries(values).filter(([value]) => value !== KEPT)),
  ...(others === undefined ? {} : { others }),
});
