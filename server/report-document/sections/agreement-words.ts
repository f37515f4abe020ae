import type { BeyondChance, Constant } from "../../contract/report-agreement.ts";
import { REASONS } from "../../contract/reasons.ts";
import { NOT_KEPT, number, orNone, refused, words } from "../cells.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { Cell } from "../document.ts";
import { DASH, decimal, wholeNumber } from "../numbers.ts";
import type { TableColumn } from "../tables.ts";

/** What a constant judge does. */
export const CONSTANT: Readonly<Record<Constant, string>> = {
  left: "it takes the response on the left, whatever it is shown",
  right: "it takes the response on the right, whatever it is shown",
  tie: "every verdict is a tie",
  win: "every verdict is a win",
  loss: "every verdict is a loss",
};

const value = (of: number | null): string => (of === null ? DASH : decimal(of));

/** `chance would give .523 (kappa .165); exact .447 by .363 (kappa .131); …`, to follow a tie-discounted agreement. */
export function beyondChanceText({ chance, kappa, exact, nonTie }: BeyondChance): string {
  const decisive =
    nonTie.value === null
      ? "both decide on no comparison"
      : `where neither chooses a tie ${value(nonTie.value)} (chance ${value(nonTie.chance)}), over ${wholeNumber(nonTie.n)}`;
  return (
    `chance would give ${value(chance)} (kappa ${value(kappa)}); exact ${value(exact.value)} (chance ` +
    `${value(exact.chance)}, kappa ${value(exact.kappa)}); ${decisive}`
  );
}

interface WithBeyondChance {
  readonly agreement: Estimate;
  readonly beyondChance?: BeyondChance | undefined;
}

/** Why an agreement and its chance level are missing. */
const NOTHING_COMPARED = "there are no such judgments to compare";
/** Why a kappa is missing where an agreement stands. */
const noKappa = (chance: number | null): string => (chance === null ? NOTHING_COMPARED : REASONS.bothSaySame);

/** A chance level or a kappa that goes with an agreement: where that is refused, for its reason. */
export function besideCell(
  agreement: Estimate,
  of: number | null | undefined,
  chance: number | null = null,
): Cell {
  if (!("value" in agreement)) return refused(agreement);
  return of === undefined ? NOT_KEPT : orNone(of, noKappa(chance), number);
}

const cellOf =
  (of: (beyond: BeyondChance) => Cell) =>
  ({ agreement, beyondChance }: WithBeyondChance): Cell => {
    if (beyondChance !== undefined) return of(beyondChance);
    return "value" in agreement ? NOT_KEPT : refused(agreement);
  };

/** The columns that go with one of tie-discounted agreement. */
export const BEYOND_CHANCE_COLUMNS: readonly TableColumn<WithBeyondChance>[] = [
  { label: "chance", cell: cellOf(({ chance }) => orNone(chance, NOTHING_COMPARED, number)) },
  { label: "kappa", cell: cellOf(({ chance, kappa }) => orNone(kappa, noKappa(chance), number)) },
  { label: "exact", cell: cellOf(({ exact }) => orNone(exact.value, NOTHING_COMPARED, number)) },
  { label: "chance (exact)", cell: cellOf(({ exact }) => orNone(exact.chance, NOTHING_COMPARED, number)) },
  { label: "kappa (exact)", cell: cellOf(({ exact }) => orNone(exact.kappa, noKappa(exact.chance), number)) },
  {
    label: "neither tie",
    cell: cellOf(({ nonTie }) =>
      orNone(nonTie.value, "both decide on no comparison", (agreement) =>
        words(`${decimal(agreement)} (chance ${value(nonTie.chance)}; n ${wholeNumber(nonTie.n)})`),
      ),
    ),
  },
];

/** What these columns are. */
export const BEYOND_CHANCE_GUIDE =
  "Chance: what agreement would be if both chose independently, each with their own shares of choices; kappa is what lies " +
  "beyond it, 0 for chance and 1 for full agreement. Exact: the same verdict or not. Neither tie: how often both prefer the " +
  "same system where neither chooses a tie, by chance, and on how many comparisons (n).";
