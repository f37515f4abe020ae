import type { FullReport } from "../contract/report.ts";
import type { Ranking } from "../contract/report-ranking.ts";
import { NO_SKIPS } from "../contract/report-skips.ts";

/** A report as any version of the methods kept it: what came later may be missing. */
type Kept = Omit<FullReport, "ranking"> & {
  readonly ranking: Omit<Ranking, "outside" | "pairFit"> & Partial<Pick<Ranking, "outside" | "pairFit">>;
};

/**
 * A kept report for the readers of today. Its figures stay as they were kept; what its version of the methods did not tell
 * is empty or null where a reader needs it, and is otherwise left out.
 * @param body the report as JSON text
 */
export function openKept(body: string): FullReport {
  const kept = JSON.parse(body) as Kept;
  const { outside = outsideOf(kept.ranking), pairFit = null } = kept.ranking;
  return {
    skips: NO_SKIPS,
    components: [],
    byPrompt: [],
    ...kept,
    ranking: { ...kept.ranking, outside, pairFit },
  };
}

/** Before sets were put in order, all that was said of those outside is that they cannot be compared. */
const outsideOf = ({ notComparable }: Kept["ranking"]): Ranking["outside"] =>
  notComparable.map((systems) => ({
    ...{ systems, standing: null, above: 0, below: 0, wins: 0, ties: 0, losses: 0 },
    says: "not comparable with the ranked systems",
  }));
