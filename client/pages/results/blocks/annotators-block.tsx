import type { AnnotatorFigures } from "../../../../server/contract/report-annotators.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import type { Cell, Column, DataTable, Row } from "../data-table.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, nameColumn, pColumn, scoreColumn, shareColumn, textColumn } from "./columns.ts";

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
  const standing = standingOut(listed);
  return (
    <>
      <p class="means">{says.means}</p>
      {standing !== "" && <p>{standing}</p>}
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
  { column: textColumn("stands_out", says.standsOut), cell: reasonsOf },
  {
    column: {
      ...{ key: "median_active_seconds", label: says.time, kind: "number" },
      show: blocks.seconds,
    },
    cell: (one) => one.medianActiveSeconds,
  },
  {
    column: shareColumn("under_2_seconds", says.fast),
    cell: ({ fast }) => (fast && "rate" in fast ? shareOf(fast) : null),
  },
  { column: shareColumn("left", says.left), cell: (one) => shareOf(one.left) },
  { column: shareColumn("ties", says.ties), cell: (one) => shareOf(one.ties) },
  { column: scoreColumn("agreement", says.agreement), always: true, cell: (one) => one.agreement },
  {
    column: { ...scoreColumn("agreement_by_chance", says.chance), kind: "number" },
    cell: ({ againstChance: of }) => (of && "chance" in of ? of.chance : null),
  },
  { column: { ...pColumn("better_than_chance_p", says.p), reasons: true }, cell: chanceOf },
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

type Told = Required<AnnotatorFigures>;

/** Reports of older versions know no rules. */
const isTold = (one: AnnotatorFigures): one is Told => one.pointedOut !== undefined;

const isFlagged = ({ pointedOut = [] }: AnnotatorFigures): boolean => pointedOut.length > 0;

const RULES = ["chance", "speed", "side", "answer", "checks"] as const;

/** Who stands out, and where too little is known to say that somebody does not; empty for reports of older versions. */
export function standingOut(listed: readonly AnnotatorFigures[]): string {
  const told = listed.filter(isTold);
  if (told.length < listed.length) return "";
  const unknown = (rule: (typeof RULES)[number]) =>
    told.filter(({ notLookedAt }) => notLookedAt.includes(rule)).length;
  const asked = RULES.filter((rule) => rule !== "checks" || told.some(({ checks }) => checks.of > 0));
  const gaps = asked.filter((rule) => unknown(rule) > 0);
  const most = told.reduce((sum, { judgments }) => Math.max(sum, judgments), 0);
  return [
    ...(unknown("chance") === told.length ? [says.noneTold(most, told.length)] : []),
    says.flags(told.filter(isFlagged).length, told.length, gaps.length === 0),
    ...(gaps.length === 0 ? [] : [says.unknown(gaps.map((rule) => says.gaps[rule](unknown(rule))))]),
  ].join(" ");
}

/** By which rules somebody stands out, in words. */
function reasonsOf(one: AnnotatorFigures): Cell {
  if (!isTold(one) || one.pointedOut.length === 0) return null;
  return `⚑ ${one.pointedOut.map((rule) => says.reasons[rule](one)).join("; ")}`;
}

function chanceOf({ againstChance: of }: AnnotatorFigures): Cell {
  if (of === undefined) return null;
  return "p" in of ? of.p : { notEstimable: of.notEstimable };
}

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

/** Of reports of older versions alone. */
function outlierOf({ outlier, pointedOut }: AnnotatorFigures): Cell {
  if (pointedOut !== undefined) return null;
  if ("notEstimable" in outlier) return outlier;
  return outlier.flagged ? says.flagged(outlier.p) : says.notFlagged(outlier.p);
}
