import { TiebreakError } from "../../contract/errors.ts";
import type { FullReport } from "../../contract/report.ts";
import { drawFigure } from "../../report-document/figures/index.ts";
import { figureNamed, tableNamed } from "../../report-document/paper/items.ts";
import { methodsOf, type Sentence } from "../../report-document/paper/methods.ts";
import { FIGURE_WIDTHS, type FigureFormat, type FigureWidth } from "../../report-document/paper/sizes.ts";
import { bibtexOf, type MethodsFormat, writeMethods } from "../../report-document/paper/write.ts";
import { latexFile } from "../../report-document/write/table-files.ts";
import { softwareCited } from "./software.ts";
import type { ChartToTypeset } from "./typeset.ts";

interface FigureWanted {
  readonly name: string;
  readonly format: FigureFormat;
  readonly width: FigureWidth;
  /** When the file is made, where the report is not a kept one. */
  readonly now: Date;
}

/**
 * One figure of a report as a file for a paper. The same report at the same time gives the same bytes.
 * @param typesetIn makes PDF and PNG, which takes up to seconds: on a server not in the thread that takes judgments
 * @throws ItemNotFound, and GlyphsMissing where PDF or PNG would need a character that no font here has
 */
export async function figureFile(
  report: FullReport,
  { name, format, width, now }: FigureWanted,
  typesetIn: (chart: ChartToTypeset) => Promise<Buffer>,
): Promise<string | Buffer> {
  const svg = drawFigure(figureNamed(report, name), { width: FIGURE_WIDTHS[width], id: "figure" });
  if (format === "svg") return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
  const made = report.snapshot === null ? now.toISOString() : report.snapshot.takenAt;
  return typesetIn({ svg, format, made, creator: `Tiebreak ${softwareCited().version}` });
}

/** One table of a report as LaTeX. @throws ItemNotFound */
export const tableFile = (report: FullReport, name: string): string =>
  latexFile(tableNamed(report, name), report.study);

class NothingJudged extends TiebreakError {
  constructor(study: string) {
    super("NothingJudged", 409, `The methods of ${study} can be written with its first judgment.`);
  }
}

/** The methods paragraph of a report. @throws NothingJudged */
export function methodsFile(report: FullReport, format: MethodsFormat): string {
  const software = softwareCited();
  return writeMethods(methodsOfJudged(report, software.version), format, software);
}

/** What the methods paragraph cites, as BibTeX. @throws NothingJudged */
export function referencesFile(report: FullReport): string {
  const software = softwareCited();
  return bibtexOf(methodsOfJudged(report, software.version), software);
}

function methodsOfJudged(report: FullReport, version: string): Sentence[] {
  if (report.judgments === 0) throw new NothingJudged(report.study);
  return methodsOf(report, version);
}
