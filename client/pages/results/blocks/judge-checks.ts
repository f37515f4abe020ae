import type { Judge } from "../../../../server/contract/report-judges.ts";
import { judges as says } from "../../../words/en/results-judges.ts";
import type { Cell, Column, DataTable, Row } from "../data-table.ts";
import { BEYOND_CHANCE_COLUMNS, beyondChanceCells } from "./beyond-chance.ts";
import { countColumn, nameColumn, scoreColumn, shareColumn, textColumn } from "./columns.ts";

/** What a judge is called: its group too, where another group has a judge of the same name. */
export function judgeName({ annotator, group }: Judge, all: readonly Judge[]): string {
  const alike = all.filter((one) => one.annotator === annotator).length;
  return alike > 1 ? says.inGroup(annotator, group) : annotator;
}

interface Finding {
  text: string;
  /** Whether it must not be overlooked. */
  flagged: boolean;
}

/** What the checks of a judge found, a sentence each; the flagged ones first. */
export function findingsOf(judge: Judge): Finding[] {
  const { found } = says;
  const { positionBias, positionP, firstPosition, length } = judge;
  const place =
    "value" in firstPosition
      ? found.place(positionBias, positionP)
      : found.unknown(says.names.place, firstPosition.notEstimable);
  const { longerPreferred, prefersLength, p } = length;
  const longer =
    "value" in longerPreferred
      ? found.length(prefersLength, longerPreferred.value > 0.5, p)
      : found.unknown(says.names.longer, longerPreferred.notEstimable);
  const own = ownFinding(judge);
  const { constant = null } = judge;
  return [
    ...(constant === null ? [] : [{ text: found.constant(constant), flagged: true }]),
    { text: place, flagged: positionBias },
    { text: longer, flagged: prefersLength },
    ...(own === null ? [] : [own]),
    { text: ordersSay(judge), flagged: false },
  ].sort((a, b) => Number(b.flagged) - Number(a.flagged));
}

function ordersSay({ bothOrders, flips, consistency }: Judge): string {
  if (bothOrders === 0) return says.found.oneOrder;
  const same = "value" in consistency && consistency.value === 1;
  return same ? says.found.same(bothOrders) : says.found.flips(bothOrders, flips);
}

function ownFinding({ ownSystem }: Judge): Finding | null {
  if (ownSystem === null) return null;
  const { system, difference } = ownSystem;
  const than = !("low" in difference)
    ? "unknown"
    : difference.low > 0
      ? "more"
      : difference.high < 0
        ? "less"
        : "same";
  return { text: says.found.own(system, than), flagged: than === "more" };
}

const pointsColumn: Column = {
  ...{ key: "difference", label: says.differencePoints, kind: "estimate" },
  show: says.points,
};

/** The figures behind the findings, the model's beside those of people on the same pairs. */
export function checksTable(judge: Judge, name: string): DataTable {
  const { consistency, selfConsistency, firstPosition, ties, length, ownSystem } = judge;
  const rows: [string, Cell, Cell, Cell][] = [
    [says.names.consistency, consistency, "", ""],
    [says.names.again, selfConsistency, "", ""],
    [says.names.place, firstPosition, "", ""],
    [says.names.longer, length.longerPreferred, length.people, length.difference],
    ...(ownSystem === null
      ? []
      : [
          [
            says.names.own(ownSystem.system),
            ownSystem.rate,
            ownSystem.people,
            ownSystem.difference,
          ] satisfies [string, Cell, Cell, Cell],
        ]),
    [says.names.ties, ties, "", ""],
  ];
  return {
    name: "model-checks",
    caption: says.checks(name),
    columns: [
      textColumn("check", says.check),
      shareColumn("model", says.model),
      shareColumn("people", says.peopleSame),
      pointsColumn,
    ],
    rows: rows.map((cells) => ({ cells })),
  };
}

/** All judges in one table, a row each. */
export function glanceTable(judges: readonly Judge[], all: readonly Judge[]): DataTable {
  return {
    name: "models",
    caption: says.glance,
    columns: [
      nameColumn("model", says.judge),
      textColumn("flags", says.flagColumn),
      countColumn("verdicts", says.verdictsColumn),
      scoreColumn("agreement_with_people", says.agreementColumn),
      ...BEYOND_CHANCE_COLUMNS,
      shareColumn("same_both_ways", says.consistencyColumn),
      shareColumn("chose_the_first", says.firstColumn),
      shareColumn("chose_the_longer", says.longerColumn),
    ],
    rows: judges.map((judge) => glanceRow(judge, all)),
  };
}

function glanceRow(judge: Judge, all: readonly Judge[]): Row {
  const { agreement, beyondChance } = judge.besidePeople;
  const flags = [
    ...(judge.constant ? [says.flagConstant] : []),
    ...(judge.positionBias ? [says.flagPlace] : []),
    ...(judge.length.prefersLength ? [says.flagLength] : []),
  ];
  const figures: Cell[] = [
    ...[agreement, ...beyondChanceCells(beyondChance)],
    judge.consistency,
    judge.firstPosition,
    judge.length.longerPreferred,
  ];
  return { cells: [judgeName(judge, all), flags.join(", "), judge.verdicts, ...figures] };
}
