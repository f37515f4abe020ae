import type { BeyondChance } from "../../contract/report-agreement.ts";
import { agreementBeyondChance } from "../../statistics/agreement/beyond-chance.ts";
import { FIRST, SECOND, TIED } from "../../statistics/agreement/counts.ts";
import type { StudyData } from "../rows/study-data.ts";
import { firstSystem } from "../agreement/agreement-sides.ts";
import { targetOf } from "../rows/study-structure.ts";

/** Two verdicts on the comparison of row `i`: the systems that they prefer, or −1. */
interface TwoVerdicts {
  readonly i: number;
  readonly one: number;
  readonly other: number;
}

/** What stands beside the tie-discounted agreement of such verdicts: chance, kappa, exact and non-tie agreement. */
export function beyondChanceOf(
  { rows, facts }: Pick<StudyData, "rows" | "facts">,
  verdicts: readonly TwoVerdicts[],
): BeyondChance {
  const target = targetOf(facts);
  const table = new Int32Array(9);
  for (const { i, one, other } of verdicts) {
    const first = firstSystem(rows, i, target);
    const outcomeOf = (preferred: number) => (preferred === -1 ? TIED : preferred === first ? FIRST : SECOND);
    table[3 * outcomeOf(one) + outcomeOf(other)]!++;
  }
  const { tieDiscounted, exact, nonTie } = agreementBeyondChance(table);
  return { chance: tieDiscounted.chance, kappa: tieDiscounted.kappa, exact, nonTie };
}
