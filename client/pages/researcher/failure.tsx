import { words } from "../../words/dashboard.ts";
import type { Refused } from "./owner-api.ts";

/** Why something did not work, in the server's own words where it gave any. */
export function Failure({ refused }: { refused: Refused | null }) {
  if (!refused) return null;
  return (
    <p class="failure" role="alert">
      {refused.message || (refused.status === 0 ? words.unreachable : words.failed)}
    </p>
  );
}
