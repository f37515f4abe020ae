import type { Report } from "../contract/report.ts";
import { pCell } from "./cells.ts";
import type { Cell } from "./document.ts";

/** How p values of preferences are shown. */
export type ShowP = (p: number | null) => Cell;

const WAITING: Cell = {
  value: null,
  note: {
    kind: "method",
    text: "p values are shown once the planned judgments are there or the study is closed",
  },
};

/** Not before the planned judgments, or those of a declared look, are there, so that nobody stops on a small one. */
export const shownIn = ({ analysis: { status } }: Pick<Report, "analysis">): ShowP =>
  status === "interim" ? () => WAITING : pCell;
