import path from "node:path";
import type { Context } from "../context.ts";
import type { Reader } from "../storage/database.ts";
import { skipsInForce } from "../studies/skips.ts";
import { readFacts, requireGroup, type StudyFacts } from "../analysis/rows/study-structure.ts";
import { dpoTiesFormat } from "./as-trl.ts";
import { type Destination, writeText } from "./destination.ts";
import { ExportWrong } from "./errors.ts";
import type { ExportFormat } from "./format.ts";
import { JUDGMENT_FORMATS, type JudgmentFormatName } from "./formats.ts";
import { type Names, readNames } from "./names.ts";
import { writeParquet } from "./parquet.ts";
import { textLines } from "./read-texts.ts";
import type { ExportedFile, ExportSummary } from "./summary.ts";
import { Tally } from "./tally.ts";
import { type OnJudgments, rowsOf, textOf } from "./write-rows.ts";

/** What is written, and where. @internal */
export interface ExportRequest {
  readonly study: string;
  readonly as: JudgmentFormatName | "texts";
  /** Only this group's judgments. */
  readonly group?: string | undefined;
  readonly to: Destination;
  /** What becomes of ties where a format has no words for them: they are counted and left out, or kept aside. */
  readonly ties: "drop" | "keep";
  readonly spreadsheetSafe: boolean;
  readonly onJudgments?: OnJudgments;
}

/**
 * Writes the judgments (or the texts) of a study as it stands, in any state, in one moment of the database.
 * @returns what was written, what was left out, and what such a file cannot carry
 * @throws StudyNotFound, GroupNotFound, ExportWrong
 */
export async function exportStudy(
  context: Pick<Context, "database">,
  request: ExportRequest,
): Promise<ExportSummary> {
  requirePossible(request);
  return context.database.read(async (reader) => {
    const facts = await readFacts(reader, request.study);
    if (request.as === "texts") return exportTexts(reader, facts, request);
    const format = JUDGMENT_FORMATS[request.as];
    requireGroup(facts, request.group);
    const exporting = { reader, facts, names: await readNames(reader, facts.study.id), request };
    const main = await exportRows(exporting, format, request.to);
    const ties =
      request.ties === "keep" ? [(await exportRows(exporting, dpoTiesFormat, aside(request))).file] : [];
    const skips = await skipsInForce(reader, facts.study.id);
    const also = skips.length > 0 ? [WITHOUT_SKIPS] : [];
    const notCarried = [...format.notCarried, ...also];
    return summaryOf(exporting, notCarried, { ...main, files: [main.file, ...ties] });
  });
}

const WITHOUT_SKIPS = "what annotators could not judge (--as pack writes it)";

interface Exporting {
  readonly reader: Reader;
  readonly facts: StudyFacts;
  readonly names: Names;
  readonly request: ExportRequest;
}

async function exportRows(
  { reader, facts, names, request }: Exporting,
  format: ExportFormat,
  to: Destination,
): Promise<{ file: ExportedFile; tally: Tally }> {
  format.require?.(facts);
  const tally = new Tally();
  const { spreadsheetSafe, group = null, onJudgments } = request;
  const given = { facts, names, format, group, spreadsheetSafe, tally, onJudgments };
  if (format.container === "parquet") await writeParquet(pathOf(to), rowsOf(reader, given));
  else await writeText(to, textOf(reader, given));
  return { file: { path: "path" in to ? to.path : null, rows: tally.rows }, tally };
}

async function exportTexts(reader: Reader, facts: StudyFacts, { to }: ExportRequest): Promise<ExportSummary> {
  let rows = 0;
  const onRows = (more: number) => (rows += more);
  await writeText(to, textLines(reader, facts.study.id, { which: "both", onRows }));
  return {
    ...{ study: facts.study.name, as: "texts", group: null, judgments: 0 },
    ...{ leftOut: [], changed: [], cellsChanged: 0 },
    files: [{ path: "path" in to ? to.path : null, rows }],
    notCarried: ["judgments", "the protocol, the seed and the title of the study"],
  };
}

function summaryOf(
  { facts, request }: Exporting,
  notCarried: readonly string[],
  { tally, files }: { tally: Tally; files: ExportedFile[] },
): ExportSummary {
  return {
    study: facts.study.name,
    as: request.as,
    group: request.group ?? null,
    files,
    judgments: tally.judgments,
    leftOut: tally.leftOut,
    changed: tally.changed,
    cellsChanged: tally.cellsChanged,
    notCarried,
  };
}

function requirePossible({ as, ties, to, spreadsheetSafe, group }: ExportRequest): void {
  if (spreadsheetSafe && as !== "csv") throw new ExportWrong("--spreadsheet-safe is for --as csv.");
  if (as === "texts" && group !== undefined) throw new ExportWrong("Texts belong to no group: omit --group.");
  if (ties === "keep" && as !== "dpo") throw new ExportWrong("--ties keep is for --as dpo.");
  if (ties === "keep" && !("path" in to))
    throw new ExportWrong("Ties go to a file of their own: name the first one with --out.");
}

function pathOf(to: Destination): string {
  if ("path" in to) return to.path;
  throw new ExportWrong("Parquet is no text: name its file with --out.");
}

/** `pairs.jsonl` has its ties beside it in `pairs.ties.jsonl`. */
function aside({ to }: ExportRequest): Destination {
  if (!("path" in to)) return to;
  const { dir, name, ext } = path.parse(to.path);
  return { path: path.join(dir, `${name}.ties${ext}`) };
}
