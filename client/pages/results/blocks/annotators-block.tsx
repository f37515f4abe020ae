import type { AnnotatorFigures } from "../../../../server/contract/report-annotators.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import type { Cell, Column, DataTable, Row } from "../data-table.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, nameColumn, scoreColumn, shareColumn, textColumn } from "./columns.ts";

const says = blocks.annotators;

/** How each annotator of the shown groups worked. */
export function AnnotatorsBlock({ block, report, shown }: BlockProps<"byAnnotator">) {
  const people = new Set(
    report.groups.filter(({ kind, headline }) => kind !== "model" && headline).map((g) => g.name),
  );
  const listed = block.filter(({ group }) => {
    if (shown === "every") return true;
    return "people" in shown ? people.has(group) : group === shown.group;
  });
  if (listed.length === 0) return <p>{says.nobody}</p>;
  return (
    <>
      <p class="means">
        {says.means} {says.flags(listed.filter(isFlagged).length, listed.length)}
      </p>
      <TableView table={annotatorsTable(listed, leadsFrom(report))} study={report.study} />
    </>
  );
}

/** Those that stand out first, then as they came; columns in which nobody has anything are left out. */
export function annotatorsTable(listed: AnnotatorFigures[], leads?: Leads): DataTable {
  const ordered = [...listed].sort((a, b) => Number(isFlagged(b)) - Number(isFlagged(a)));
  const used = FIELDS.filter(
    (field) => field.always === true || ordered.some((one) => field.cell(one) !== null),
  );
  return {
    name: "annotators",
    caption: says.caption,
    columns: used.map((field) => field.column),
    rows: ordered.map((one): Row => ({
      cells: used.map((field) => field.cell(one)),
      ...(isFlagged(one) ? { tone: "flag" } : {}),
      ...(leads ? { href: leads({ annotator: one.annotator, group: one.group }) } : {}),
    })),
  };
}

interface Field {
  column: Column;
  always?: boolean;
  cell: (one: AnnotatorFigures) => Cell;
}

const FIELDS: Field[] = [
  { column: nameColumn("annotator", says.annotator), always: true, cell: (one) => one.annotator },
  { column: nameColumn("group", words.group), always: true, cell: (one) => one.group },
  { column: countColumn("judgments", blocks.judgments), always: true, cell: (one) => one.judgments },
  {
    column: {
      ...{ key: "median_active_seconds", label: says.time, kind: "number" },
      show: blocks.seconds,
    },
    cell: (one) => one.medianActiveSeconds,
  },
  { column: shareColumn("left", says.left), cell: (one) => shareOf(one.left) },
  { column: shareColumn("ties", says.ties), cell: (one) => shareOf(one.ties) },
  { column: scoreColumn("agreement", says.agreement), always: true, cell: (one) => one.agreement },
  { column: textColumn("checks", says.checks), cell: ({ checks }) => outOf(checks.passed, checks.of) },
  { column: textColumn("repeats", says.repeats), cell: ({ repeats }) => outOf(repeats.same, repeats.of) },
  { column: nameColumn("excluded", says.excluded), cell: (one) => one.excluded },
  { column: { key: "outlier", label: says.outlier, kind: "text", reasons: true }, cell: outlierOf },
  {
    column: textColumn("agreement_by_thirds", says.thirdsAgreement),
    cell: (one) => thirdsOf(one, "agreement", words.decimal),
  },
  {
    column: textColumn("active_seconds_by_thirds", says.thirdsSeconds),
    cell: (one) => thirdsOf(one, "medianActiveSeconds", blocks.whole),
  },
];

const isFlagged = ({ outlier }: AnnotatorFigures): boolean => "flagged" in outlier && outlier.flagged;

function shareOf(share: AnnotatorFigures["left"]): Cell {
  if ("notEstimable" in share) return share;
  const { rate, low, high, method, of } = share;
  return { value: rate, low, high, method, n: of };
}

/** A figure of the first, second and last third of their work. */
function thirdsOf(
  { drift }: AnnotatorFigures,
  figure: "agreement" | "medianActiveSeconds",
  show: (value: number) => string,
): Cell {
  if ("notEstimable" in drift || drift[figure].every((one) => one === null)) return null;
  return drift[figure].map((one) => (one === null ? words.none : show(one))).join("\u2002");
}

const outOf = (part: number, whole: number): Cell =>
  whole === 0 ? null : blocks.each(String(part), String(whole));

function outlierOf({ outlier }: AnnotatorFigures): Cell {
  if ("notEstimable" in outlier) return outlier;
  return outlier.flagged ? says.flagged(outlier.p) : says.notFlagged(outlier.p);
}
