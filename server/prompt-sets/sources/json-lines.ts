import { linesOf } from "../../loading/reading/lines.ts";
import type { Input } from "./input.ts";
import type { SourceTally } from "./tally.ts";

/** One JSON object of a file with one per line. */
export type JsonRow = Readonly<Record<string, unknown>> & { readonly [LINE]: number };
export const LINE = Symbol("line");

/** The objects of a file, one per line; what is none is counted as unreadable. Empty lines are nothing. */
export async function* jsonRows(input: Input, tally: SourceTally): AsyncGenerator<JsonRow> {
  for await (const lines of linesOf(input.bytes()))
    for (const line of lines) {
      const fault = (why: string): void => tally.fault({ file: input.name, line: line.number, why });
      if ("fault" in line) {
        tally.rows++;
        fault(line.fault === "TooLong" ? "is too long" : "is not UTF-8");
        continue;
      }
      if (line.text.trim() === "") continue;
      tally.rows++;
      const row = objectIn(line.text);
      if (row === null) fault("is not a JSON object");
      else yield { ...row, [LINE]: line.number };
    }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export const textIn = (row: Readonly<Record<string, unknown>>, name: string): string | null =>
  typeof row[name] === "string" ? row[name] : null;

export const numberIn = (row: Readonly<Record<string, unknown>>, name: string): number | null =>
  typeof row[name] === "number" && Number.isFinite(row[name]) ? row[name] : null;
