import type { Counted } from "./tally.ts";

export interface ExportedFile {
  /** Null: standard output. */
  readonly path: string | null;
  /** Null: it is no file of rows. */
  readonly rows: number | null;
}

/** What an export came to. */
export interface ExportSummary {
  readonly study: string;
  readonly as: string;
  /** The only group whose judgments were taken; null: all. */
  readonly group: string | null;
  readonly files: readonly ExportedFile[];
  /** Judgments looked at. */
  readonly judgments: number;
  /** Judgments that are not in the file, by the reason. */
  readonly leftOut: readonly Counted[];
  /** Judgments that are in the file in other words than they have. */
  readonly changed: readonly Counted[];
  /** Cells that got an apostrophe, so that no spreadsheet takes them for a formula. */
  readonly cellsChanged: number;
  /** What this kind of file has no place for. */
  readonly notCarried: readonly string[];
}

/** Of files that hold no rows, more than these are counted. */
const OTHERS_LISTED = 3;

/** The same in words, a line each. */
export function summaryLines(summary: ExportSummary): string[] {
  const { files, leftOut, changed, cellsChanged, notCarried, as } = summary;
  const others = files.filter(({ rows }) => rows === null);
  const parts =
    others.length > OTHERS_LISTED
      ? [
          ...files.filter(({ rows }) => rows !== null).map(written),
          `${others.length} more files in that folder`,
        ]
      : files.map(written);
  return [
    `Wrote ${parts.join(parts.length > 2 ? ", " : " and ")}.`,
    ...leftOut.map(({ what, judgments }) => `Not exported: ${count(judgments, "judgment")} (${what}).`),
    ...changed.map(({ what, judgments }) => `Changed: ${count(judgments, "judgment")} (${what}).`),
    ...(cellsChanged > 0
      ? [`Put an apostrophe in front of ${count(cellsChanged, "cell")} that a spreadsheet would run.`]
      : []),
    ...(notCarried.length > 0 ? [`${as} cannot carry: ${notCarried.join("; ")}.`] : []),
  ];
}

const written = ({ path, rows }: ExportedFile): string => {
  if (rows === null) return String(path);
  return `${count(rows, "row")}${path === null ? "" : ` in ${path}`}`;
};

const count = (n: number, what: string): string => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
