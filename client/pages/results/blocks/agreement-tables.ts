import type { Agreement } from "../../../../server/contract/report-agreement.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { Leads } from "../judged/leads.ts";
import type { Look } from "../judged/look.ts";
import type { Cell, DataTable } from "../data-table.ts";
import { countColumn, nameColumn, scoreColumn, signedColumn, textColumn } from "./columns.ts";

const says = blocks.agreement;
const MEASURES = ["tieDiscounted", "exact", "nonTie"] as const;
const COEFFICIENTS = ["fleissKappa", "krippendorffAlpha", "krippendorffAlphaOrdinal", "gwetAc1"] as const;

const decimals = (value: number) => words.decimal(value);

/** Groups by groups: each pair of groups once, on and below the diagonal; `idle` ones have not judged. */
export function matrixTable(
  { betweenGroups }: Agreement,
  { idle, leads }: { idle: Set<string>; leads?: Leads | undefined },
): DataTable {
  const names = [...new Set(betweenGroups.flatMap(({ groups }) => groups))].filter((name) => !idle.has(name));
  const between = (row: string, column: string) =>
    betweenGroups.find(({ groups: [a, b] }) => (a === row && b === column) || (b === row && a === column));
  const cell = (row: string, column: string): Cell => between(row, column)?.tieDiscounted.macro ?? null;
  const href = (row: string, column: string) => {
    const both = between(row, column);
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

export function measuresTable({ overall }: Agreement): DataTable {
  return {
    name: "agreement-overall",
    caption: says.overall,
    columns: [
      textColumn("measure", says.measure),
      scoreColumn("macro", says.macro),
      scoreColumn("micro", says.micro),
      { key: "chance", label: says.chance, kind: "number", show: decimals },
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
      scoreColumn("tie_discounted", says.tieDiscounted),
      { key: "tie_discounted_chance", label: says.chance, kind: "number", show: decimals },
      scoreColumn("exact", says.exact),
      scoreColumn("non_tie", says.nonTie),
    ],
    rows: betweenGroups
      .filter(({ groups }) => !groups.some((name) => idle.has(name)))
      .filter(({ groups }) => only === null || groups.includes(only))
      .map((one) => ({
        cells: [
          ...one.groups,
          one.comparisons,
          one.ratingPairs,
          one.tieDiscounted.macro,
          one.tieDiscounted.chance,
          one.exact.macro,
          one.nonTie.macro,
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

export function modelsTable(
  { modelAndHuman }: Agreement,
  { idle, leads }: { idle: Set<string>; leads?: Leads | undefined },
): DataTable {
  return {
    name: "agreement-model",
    caption: says.models,
    columns: [
      nameColumn("model", says.model),
      nameColumn("people", says.people),
      countColumn("comparisons", blocks.comparisons),
      scoreColumn("model_people", says.modelHuman),
      scoreColumn("people_people", says.humanHuman),
      signedColumn("difference", says.difference),
    ],
    rows: modelAndHuman
      .filter(({ model, against }) => !idle.has(model) && (against === null || !idle.has(against)))
      .map((one) => ({
        cells: [
          one.model,
          one.against ?? says.allPeople,
          one.comparisons,
          one.modelHuman,
          one.humanHuman,
          one.difference,
        ],
        ...(leads
          ? { href: leads({ group: one.against ?? undefined, also: one.model, together: "yes" }) }
          : {}),
      })),
  };
}

export function annotatorPairsTable({ betweenAnnotators }: Agreement, leads?: Leads): DataTable {
  const number = (key: string, label: string) => ({ key, label, kind: "number", show: decimals }) as const;
  return {
    name: "agreement-annotators",
    caption: says.annotators,
    columns: [
      nameColumn("annotator", says.annotator),
      nameColumn("and_annotator", says.other),
      countColumn("comparisons", blocks.comparisons),
      number("tie_discounted", says.tieDiscounted),
      number("exact", says.exact),
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
