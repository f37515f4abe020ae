import { isUndecided } from "../../../../server/report-document/blinding-words.ts";
import { words } from "../../../words/dashboard.ts";
import { blindingApi } from "../blinding-api.ts";
import { useLoaded } from "../use-loaded.ts";

const EVERY_MS = 10_000;

/** Before a study opens: the findings of the blinding audit about which nobody has decided; nothing where there are none. */
export function OpenFindings({ study }: { study: string }) {
  const { value } = useLoaded(() => blindingApi.state(study), EVERY_MS);
  const open = value?.audit?.findings.filter(isUndecided).length ?? 0;
  if (open === 0) return null;
  return (
    <p class="warning">
      <a href="#blinding">{words.setup.open.undecided(open)}</a>
    </p>
  );
}
