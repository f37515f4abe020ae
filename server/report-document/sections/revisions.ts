import type { ReportRevisions } from "../../contract/report-revisions.ts";
import { revisionLine } from "../amendment-words.ts";
import { estimateCell, whole, words } from "../cells.ts";
import { heading, list, type Part, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { RATE_FIRST } from "../words.ts";

interface Row {
  readonly part: string;
  readonly pair: ReportRevisions["parts"][number]["pairs"][number];
}

/** Which revisions an amended study had, and the headline before and after; nothing where it had one alone. */
export function revisionParts(revisions: ReportRevisions | undefined): Part[] {
  if (revisions === undefined) return [];
  const { list: all, parts, corrected } = revisions;
  const rows = [
    ...parts.flatMap(({ from, to, pairs }) => rowsOf(from === to ? `${from}` : `${from}–${to}`, pairs)),
    ...(corrected ? rowsOf("all, with judgments of earlier texts", corrected.pairs) : []),
  ];
  const isTold = parts.length > 1 || corrected !== undefined;
  return [
    heading("Revisions"),
    list(all.map(revisionLine)),
    ...(isTold && rows.length > 0 ? [tablePart(table(rows))] : []),
  ];
}

const rowsOf = (part: string, pairs: readonly Row["pair"][]): Row[] => pairs.map((pair) => ({ part, pair }));

function table(rows: readonly Row[]) {
  const target = targetOf({ pairs: rows.map(({ pair }) => pair) });
  return tableOf<Row>({
    ...{ key: "revisions", caption: `${RATE_FIRST}, mean over prompts, by revision, of all people` },
    ...{ first: firstOf(target), rows, name: ({ pair }) => rowName(pair, target) },
    columns: [
      { label: "revision", cell: ({ part }) => words(part), words: true },
      { label: "n", cell: ({ pair }) => whole(pair.judgments) },
      { label: "rate", cell: ({ pair }) => estimateCell(pair.halfTieRateByPrompt) },
    ],
  });
}

/** What a reader must know of the amendments before any figure. */
export function revisionNotes(revisions: ReportRevisions | null): string[] {
  if (revisions === null) return [];
  const { list: all, parts, corrected } = revisions;
  const amended = all.filter(({ reason }) => reason !== null).length;
  const of =
    parts.length > 1
      ? " Verdicts and figures are of all revisions together; “Revisions” shows each part."
      : "";
  return [
    `The study was amended ${amended === 1 ? "once" : `${amended} times`} since it opened.${of}`,
    ...(corrected
      ? [
          `${counted(corrected.judgments, "judgment")} of texts that were corrected since ${corrected.judgments === 1 ? "is" : "are"} in no figure but the last of “Revisions”.`,
        ]
      : []),
  ];
}
