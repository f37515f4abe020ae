import type { Agreement } from "../../../../server/contract/report-agreement.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { Leads } from "../judged/leads.ts";
import type { Look } from "../judged/look.ts";
import type { Cell, Column, DataTable } from "../data-table.ts";
import { countColumn, nameColumn, scoreColumn, textColumn } from "./columns.ts";

const says = blocks.agreement;
const MEASURES = ["tieDiscounted", "exact", "nonTie"] as const;
const COEFFICIENTS = ["fleissKappa", "krippendorffAlpha", "krippendorffAlphaOrdinal", "gwetAc1"] as const;

const decimals = (value: number) => words.decimal(value);

type Pairs = Agreement["betweenGroups"];

const groupNames = (pairs: Pairs, idle: Set<string>): string[] =>
  [...new Set(pairs.flatMap(({ groups }) => groups))].filter((name) => !idle.has(name));

const between = (pairs: Pairs, row: string, column: string) =>
  pairs.find(({ groups: [a, b] }) => (a === row && b === column) || (b === row && a === column));

const numberColumn = (key: string, label: string, over?: string): Column => ({
  ...{ key, label, kind: "number", show: decimals, ...(over === undefined ? {} : { over }) },
});

/** Groups by groups: each pair of groups once, on and below the diagonal; `idle` ones have not judged. */
export function matrixTable(
  { betweenGroups }: Agreement,
  { idle, leads }: { idle: Set<string>; leads?: Leads | undefined },
): DataTable {
  const names = groupNames(betweenGroups, idle);
  const cell = (row: string, column: string): Cell =>
    between(betweenGroups, row, column)?.tieDiscounted.macro ?? null;
  const href = (row: string, column: string) => {
    const both = between(betweenGroups, row, column);
    return both && both.comparisons > 0 ? leads?.(togetherOf(both.groups)) : undefined;
  };
  return {
    name: "agreement-matrix",
    matrix: true,
    caption: says.matrix,
    columns: [nameColumn("group", words.group), ...names.map((name) => scoreColumn(name, name))],
    rows: names.map((row, i) => ({
      cells: [row, ...names.map((column, j) => (j > i ? "" : cell(row, column)))],
      hrefs: [undefined, ...names.map((column, j) => (j > i ? undefined : href(row, column)))],
    })),
  };
}

/** The same groups by kappa; null in reports of older versions. */
export function kappaMatrixTable({ betweenGroups }: Agreement, idle: Set<string>): DataTable | null {
  if (betweenGroups.every(({ tieDiscounted }) => tieDiscounted.kappa === undefined)) return null;
  const names = groupNames(betweenGroups, idle);
  return {
    name: "agreement-matrix-kappa",
    matrix: true,
    caption: says.kappaMatrix,
    columns: [nameColumn("group", words.group), ...names.map((name) => numberColumn(name, name))],
    rows: names.map((row, i) => ({
      cells: [
        row,
        ...names.map((column, j) =>
          j > i ? "" : (between(betweenGroups, row, column)?.tieDiscounted.kappa ?? null),
        ),
      ],
    })),
  };
}

export function measuresTable({ overall }: Agreement): DataTable {
  return {
    name: "agreement-overall",
    caption: says.overall,
    columns: [
      textColumn("measure", says.measure),
      scoreColumn("macro", says.macro),
      scoreColumn("micro", says.micro),
      numberColumn("chance", says.chance),
    ],
    rows: MEASURES.map((name) => {
      const { macro, micro, chance } = overall[name];
      return { cells: [says.measures[name], macro, micro, chance] };
    }),
  };
}

export function coefficientsTable({ overall }: Agreement): DataTable {
  return {
    name: "agreement-coefficients",
    caption: says.coefficients,
    columns: [
      textColumn("coefficient", says.coefficient),
      scoreColumn("value", says.value),
      textColumn("what", says.what),
    ],
    rows: COEFFICIENTS.map((name) => ({ cells: [says.names[name], overall[name], says.whats[name]] })),
  };
}

const measureColumns = (key: string, over: string): Column[] => [
  { ...scoreColumn(key, says.macro), over },
  numberColumn(`${key}_chance`, says.chance, over),
  numberColumn(`${key}_kappa`, says.kappa, over),
];

/** Every pair of groups, or those with one group. */
export function groupsTable(
  { betweenGroups }: Agreement,
  { only, idle, leads }: { only: string | null; idle: Set<string>; leads?: Leads | undefined },
): DataTable {
  return {
    name: "agreement-groups",
    caption: says.groups,
    columns: [
      nameColumn("group", says.first),
      nameColumn("and_group", says.second),
      countColumn("comparisons", blocks.comparisons),
      countColumn("pairs", says.pairs),
      ...measureColumns("tie_discounted", says.tieDiscounted),
      ...measureColumns("exact", says.exact),
      ...measureColumns("non_tie", says.nonTie),
    ],
    rows: betweenGroups
      .filter(({ groups }) => !groups.some((name) => idle.has(name)))
      .filter(({ groups }) => only === null || groups.includes(only))
      .map((one) => ({
        cells: [
          ...one.groups,
          one.comparisons,
          one.ratingPairs,
          ...MEASURES.flatMap((name) => [one[name].macro, one[name].chance, one[name].kappa ?? null]),
        ],
        ...(leads ? { href: leads(togetherOf(one.groups)) } : {}),
      })),
  };
}

/** What two groups judged together, or two annotators of one. */
const togetherOf = ([group, other]: readonly [string, string]): Look => ({
  ...{ group, together: "yes" },
  ...(other === group ? {} : { also: other }),
});

export function annotatorPairsTable({ betweenAnnotators }: Agreement, leads?: Leads): DataTable {
  return {
    name: "agreement-annotators",
    caption: says.annotators,
    columns: [
      nameColumn("annotator", says.annotator),
      nameColumn("and_annotator", says.other),
      countColumn("comparisons", blocks.comparisons),
      numberColumn("tie_discounted", says.tieDiscounted),
      numberColumn("exact", says.exact),
      scoreColumn("cohen_kappa", says.cohen),
      scoreColumn("linear_kappa", says.linear),
    ],
    rows: betweenAnnotators.map((one) => ({
      cells: [
        ...one.annotators,
        one.comparisons,
        one.tieDiscounted,
        one.exact,
        one.cohenKappa,
        one.linearKappa,
      ],
      ...(leads ? { href: leads({ annotator: one.annotators[0], alsoAnnotator: one.annotators[1] }) } : {}),
    })),
  };
}
