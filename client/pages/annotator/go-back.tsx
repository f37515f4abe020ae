import { words } from "../../words/annotator.ts";
import type { GoingBack, Judging } from "./judging.ts";
import { reading } from "./reading.ts";

const SAYS: Record<GoingBack, () => string> = {
  no: () => "",
  fetching: () => "",
  "nothing earlier": () => words.noEarlier,
  "needs network": () => words.earlierNeedsNetwork,
  over: () => words.noMoreChanges,
};

/** To earlier pairs and on again, one at a time. */
export function GoBack({ judging }: { judging: Judging }) {
  const { back } = judging.held.value;
  const says = SAYS[judging.goingBack.value]();
  return (
    <div class="go-back">
      <button
        type="button"
        class="plain"
        aria-keyshortcuts={reading.keys.value ? "Backspace" : undefined}
        title={reading.keys.value ? words.goBackKey : undefined}
        onClick={() => void judging.goBack()}
      >
        {words.goBack}
      </button>
      {back > 0 && (
        <button type="button" class="plain" onClick={() => judging.goForward()}>
          {words.goForward}
        </button>
      )}
      <span class="quiet" role="status">
        {says}
      </span>
    </div>
  );
}
