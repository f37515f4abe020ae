import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import type { Choice } from "../../../../server/contract/words.ts";

type Judgment = JudgedComparison["judgments"][number];
type Sides = Pick<JudgedComparison, "system" | "against">;

/** The system that a judgment prefers, or null. */
export const preferred = ({ outcome }: Pick<Judgment, "outcome">, sides: Sides): string | null =>
  outcome === "tie" ? null : outcome === "win" ? sides.system : sides.against;

/** What was chosen while a system stood left: a system, or none. @internal */
export function chosen(choice: Choice, left: string, { system, against }: Sides): string | null {
  if (choice === "left") return left;
  if (choice === "right") return left === system ? against : system;
  return null;
}

/** The two orders of a model: what it chose first, and what with the sides changed; null: it was asked in one. */
export function inBothOrders(
  { choice, left, otherOrder }: Judgment,
  sides: Sides,
): [string | null, string | null] | null {
  if (otherOrder === null) return null;
  const right = left === sides.system ? sides.against : sides.system;
  return [chosen(choice, left, sides), chosen(otherOrder, right, sides)];
}
