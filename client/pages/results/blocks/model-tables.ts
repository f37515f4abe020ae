import type { Agreement } from "../../../../server/contract/report-agreement.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { Cell, Column, DataTable, Row } from "../data-table.ts";
import type { Leads } from "../judged/leads.ts";
import { countColumn, nameColumn, scoreColumn, shareColumn, signedColumn, textColumn } from "./columns.ts";

const says = blocks.agreement;

type WithPeople = Agreement["modelAndHuman"][number];
type Alternative = Agreement["alternativeAnnotator"][number];

const chanceColumn: Column = {
  ...{ key: "chance", label: says.chance, kind: "number", show: (value) => blocks.decimal(value) },
};

/** A model with people, beside people with people: a row a measure, those of `idle` groups left out. */
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
      textColumn("measure", says.measure),
      countColumn("comparisons", says.compared),
      scoreColumn("model_people", says.modelHuman),
      chanceColumn,
      scoreColumn("kappa", says.kappa),
      scoreColumn("people_people", says.humanHuman),
      signedColumn("difference", says.difference),
    ],
    rows: modelAndHuman
      .filter(({ model, against }) => !idle.has(model) && (against === null || !idle.has(against)))
      .flatMap((one) => {
        const { model, against } = one;
        const names = [model, against ?? says.allPeople];
        const href = leads?.({ group: against ?? undefined, also: model, together: "yes" });
        return measuresOf(one).map((cells): Row => ({ cells: [...names, ...cells], ...(href && { href }) }));
      }),
  };
}

/** Reports of older versions have the first of them alone. */
function measuresOf({ comparisons, exact, nonTie, ...tieDiscounted }: WithPeople): Cell[][] {
  const row = (
    name: keyof typeof says.measures,
    n: number,
    of: Partial<NonNullable<typeof exact>> & Pick<WithPeople, "modelHuman" | "humanHuman" | "difference">,
  ): Cell[] => {
    const { modelHuman, chance = null, kappa = null, humanHuman, difference } = of;
    return [says.measures[name], n, modelHuman, chance, kappa, humanHuman, difference];
  };
  return [
    row("tieDiscounted", comparisons, tieDiscounted),
    ...(exact ? [row("exact", comparisons, exact)] : []),
    ...(nonTie ? [row("nonTie", "n" in nonTie.modelHuman ? (nonTie.modelHuman.n ?? 0) : 0, nonTie)] : []),
  ];
}

/** What the alternative-annotator test found of each model, and what it finds scored by tie-discounted agreement. */
export function alternativeTable(tested: readonly Alternative[]): DataTable {
  return {
    name: "alternative-annotator",
    caption: says.replaceTable,
    columns: [
      nameColumn("model", says.model),
      { ...textColumn("passes", says.passes), reasons: true },
      countColumn("annotators", says.tested),
      shareColumn("wins", says.wins),
      scoreColumn("advantage_probability", says.advantage),
      shareColumn("power", says.power),
      shareColumn("tie_discounted_wins", says.discountedWins),
      scoreColumn("tie_discounted_advantage_probability", says.discountedAdvantage),
    ],
    rows: tested.map((one) => ({ cells: [one.model, ...alternativeCells(one)] })),
  };
}

function alternativeCells(one: Alternative): Cell[] {
  if ("notEstimable" in one) return [{ notEstimable: one.notEstimable }, null, null, null, null, null, null];
  const { verdict, passes, annotators, winningRate, advantageProbability, power, tieDiscounted } = one;
  return [
    says.verdicts[verdict ?? (passes ? "yes" : "no")].replace(".", ""),
    ...[annotators, winningRate, advantageProbability, power ?? null],
    ...[tieDiscounted?.winningRate ?? null, tieDiscounted?.advantageProbability ?? null],
  ];
}
