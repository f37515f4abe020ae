import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import { words } from "../../../words/results-judged.ts";
import { dayAndTime } from "../moment.ts";

/** What somebody who had seen the judgments decided; nothing where nobody did. */
export function AdjudicatedAnswer({ adjudicated }: Pick<JudgedComparison, "adjudicated">) {
  if (adjudicated === null) return null;
  const { better, by, at, reason } = adjudicated;
  return (
    <div class="adjudicated">
      <p>
        <span class="quiet">{words.adjudicated}:</span>{" "}
        <strong>
          {better === null ? (
            words.neitherIsBetter
          ) : (
            <>
              <bdi>{better}</bdi> {words.isBetter}
            </>
          )}
        </strong>
      </p>
      {reason !== undefined && (
        <p dir="auto" class="own-words">
          {reason}
        </p>
      )}
      <p class="quiet">
        {by !== undefined && at !== undefined && `${words.adjudicatedBy(by, dayAndTime(at))}. `}
        {words.notInRates}
      </p>
    </div>
  );
}
