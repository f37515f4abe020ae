import type { Report } from "../contract/report.ts";
import { none, pCell } from "./cells.ts";
import type { Cell } from "./document.ts";

/** How p values are shown; null: it is withheld. */
export type ShowP = (p: number | null) => Cell;

const WITHHELD = none("p values are shown once the planned judgments are there or the study is closed");

/** Not before the planned judgments, or those of a declared look, are there, so that nobody stops on a small one. */
export const shownIn =
  ({ analysis: { status } }: Pick<Report, "analysis">): ShowP =>
  (p) =>
    p === null || status === "interim" ? WITHHELD : pCell(p);
