import type { Verdicts } from "../../../server/contract/loading.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("en-US");

/** The words about what is loaded, on the dashboard. */
export const material = {
  has: (prompts: number, systems: number, loaded: number) =>
    `${counted(prompts, "prompt")} and ${counted(systems, "system")}` +
    (loaded > 0 ? `, with ${counted(loaded, "judgment")} made elsewhere.` : "."),
  system: "System",
  role: "Role",
  responses: "Outputs",
  roles: { target: "target", baseline: "baseline", contender: "contender" },
  missing: (count: number) => `${counted(count, "prompt")} without an output`,
  empty: "Nothing is loaded yet.",
  loads: "Loads",
  allLoaded: (count: number) => `${counted(count, "file")} loaded`,
  earlierLoads: (count: number) => `Earlier loads: ${number(count)}`,
  loadStates: { running: "running", published: "loaded", failed: "refused", unloaded: "unloaded" },
  loadedBy: (number: number, who: string) => `Load ${number}, by ${who}.`,
  takeBack: "To take back what it brought:",
  unload: (study: string, number: number) => `npx tiebreak unload ${asWord(study)} ${number}`,
  noReport: "There is no loading report yet.",
  refused: "Nothing in this file was loaded. Correct what is listed, and load it again.",
  read: "Read",
  fresh: "New",
  unchanged: "Unchanged",
  kinds: { prompts: "Prompts", responses: "Outputs", judgments: "Judgments" },
  rows: (rows: number) => counted(rows, "row"),
  format: (format: string) => `read as ${format}`,
  repeats: (count: number) => counted(count, "repeat"),
  leftOut: (count: number) => `${counted(count, "row")} skipped`,
  kept: (columns: readonly string[]) => `Kept as metadata: ${columns.join(", ")}`,
  chosen: ({ won, others, tie, both_bad: bad, inconsistent }: Verdicts) =>
    `Chosen: ${[
      ...won.map(({ system, judgments }) => `${system} ${number(judgments)}`),
      ...(others > 0 ? [`others ${number(others)}`] : []),
      `tie ${number(tie)}${inconsistent > 0 ? ` (${number(inconsistent)} of them inconsistent)` : ""}`,
      `both bad ${number(bad)}`,
    ].join(", ")}`,
  sides: ({ left, right, tie, both_bad: bad, sidesUnknown }: Verdicts) =>
    sidesUnknown === left + right + tie + bad
      ? "Sides not recorded: these judgments are excluded from figures about position"
      : `Left ${number(left)}, right ${number(right)}` +
        (sidesUnknown > 0 ? `; sides of ${number(sidesUnknown)} unknown` : ""),
  sameRows: (rows: number) => `${number(rows)} rows, the first:`,
  errors: (count: number) => counted(count, "error"),
  warnings: (count: number) => counted(count, "warning"),
  showAll: (remarks: string) => `Show all ${remarks}`,
  more: (count: number) => `and ${count.toLocaleString("en-US")} more`,
  line: (line: number) => `line ${String(line)}`,
  row: (row: number) => `row ${String(row)}`,
  wholeFile: "whole file",
};
