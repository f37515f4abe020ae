import { type FileRemark, RowFault, type RowProblem } from "./records.ts";

/** What the values of a column are read as. */
export interface Translation {
  readonly values: ReadonlyMap<string, string>;
  /** What every other value is read as: KEPT, as itself. Undefined: another value is an error. */
  readonly others?: string;
}

/** Other values stay as they are. */
export const KEPT = "*";

/** A value in a translation; undefined where it has no meaning there. An empty one stays, unless it is listed. */
export function translate({ values, others }: Translation, value: unknown): unknown {
  const text = scalarText(value);
  if (text === null) return value;
  const listed = values.get(text) ?? values.get(text.replace(/^(-?\d+)\.0+$/, "$1"));
  if (listed !== undefined) return listed;
  if (text === "" || others === KEPT) return value;
  return others;
}

/** A text, number or truth value as a trimmed text, empty where there is none; null where it is something else. */
export function scalarText(value: unknown): string | null {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

interface Seen {
  readonly column: string;
  readonly translation: Translation;
  readonly counts: Map<string, number>;
}

const VALUES_COUNTED = 200;
const VALUES_SHOWN = 12;

/** Counts the values that were translated in one file, by the field they became. */
export class ValuesSeen {
  readonly #fields = new Map<string, Seen>();

  /** The value as translated. @throws RowFault of the name ValueUnknown, whose rows `problems` sums up */
  translate(field: string, from: { column: string; translation: Translation }, value: unknown): unknown {
    const { translation, column } = from;
    const key = `${field}=${column}`;
    let seen = this.#fields.get(key);
    if (!seen) this.#fields.set(key, (seen = { column, translation, counts: new Map() }));
    const text = scalarText(value) ?? "";
    const count = seen.counts.get(text);
    if (count !== undefined || seen.counts.size < VALUES_COUNTED) seen.counts.set(text, (count ?? 0) + 1);
    const read = translate(translation, value);
    if (read !== undefined || text === "") return read;
    throw new RowFault("ValueUnknown", `${column} is “${text}”, which has no meaning here.`, field);
  }

  /** One problem for each column with values that are not listed: all that were seen, and what each is read as. */
  problems(fileName: string): RowProblem[] {
    return [...this.#fields].flatMap(([key, { column, translation, counts }]) => {
      const field = key.slice(0, key.length - column.length - 1);
      const unknown = [...counts.keys()].filter(
        (text) => text !== "" && translate(translation, text) === undefined,
      );
      if (unknown.length === 0) return [];
      const known = [...translation.values].map(([from, to]) => `${from}:${to}`);
      const missing = unknown.slice(0, VALUES_SHOWN).map((text) => `${text}:…`);
      const advice = `Say what they mean: '${fileName}:${field}=${column}{${[...known, ...missing].join("|")}}', or “*” for all others.`;
      const message = `${field} is read from ${column}, and not all of its values are listed: ${listOf(translation, counts)}. ${advice}`;
      return [{ row: 0, column: field, name: "ValueUnknown", message }];
    });
  }

  /** What the values were read as, of each column. */
  remarks(): FileRemark[] {
    return [...this.#fields].map(([key, { column, translation, counts }]) => ({
      name: "ValuesRead",
      message: `${key.slice(0, key.length - column.length - 1)} is read from ${column}: ${listOf(translation, counts)}.`,
    }));
  }
}

function listOf(translation: Translation, counts: ReadonlyMap<string, number>): string {
  const all = [...counts].sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, VALUES_SHOWN).map(([text, count]) => {
    const read = translate(translation, text);
    const name = text === "" ? "nothing" : `“${text}”`;
    const as = read === undefined ? "unknown" : scalarText(read) || "nothing";
    return `${name} as ${as} (${count.toLocaleString("en")})`;
  });
  const more = all.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}
