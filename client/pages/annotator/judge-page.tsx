import { useEffect } from "preact/hooks";
import { shownView } from "../../outbox/held-work.ts";
import { isOver } from "../../outbox/sender.ts";
import { words } from "../../words/annotator.ts";
import { GuidelinesPanel } from "./guidelines-panel.tsx";
import type { Judging } from "./judging.ts";
import { PageHeader } from "./page-header.tsx";
import { PairScreen } from "./pair-screen.tsx";
import { StateScreen } from "./state-screen.tsx";
import { StopHere } from "./stop-here.tsx";
import { useMore } from "./use-more.ts";
import { usePanels } from "./use-panels.ts";

/** The annotator's page: a pair where there is one, else why there is none. */
export function JudgePage({ judging }: { judging: Judging }) {
  const held = judging.held.value;
  const view = shownView(held);
  const panels = usePanels(view?.assignment ?? null);
  const { sheet } = held;
  const more = useMore(sheet);
  const title = sheet?.title;
  useEffect(() => {
    if (title !== undefined) document.title = words.tabTitle(title);
  }, [title]);
  const canJudge = view !== null && sheet !== null && !isOver(judging.way.value);
  return (
    <div class="annotator">
      <PageHeader judging={judging} panels={panels} hasBar={canJudge} more={more} />
      <Tidings judging={judging} />
      {canJudge ? (
        <>
          <PairScreen judging={judging} panels={panels} sheet={sheet} view={view} more={more} />
          {sheet.platform !== undefined && <StopHere judging={judging} platform={sheet.platform} />}
        </>
      ) : (
        <StateScreen judging={judging} more={more} />
      )}
      {more && sheet?.messages && <more.MessagesPanel judging={judging} panels={panels} />}
      {sheet?.guidelines && <GuidelinesPanel panels={panels} html={sheet.guidelines} lang={sheet.language} />}
    </div>
  );
}

/** What happened to answers that were sent, where it was not simply that they were saved. */
function Tidings({ judging }: { judging: Judging }) {
  const { refusals, takenOver } = judging.held.value;
  return (
    <div class="tidings" role="status">
      {takenOver && <p class="warning">{words.takenOver}</p>}
      {refusals.length > 0 && (
        <div class="failure">
          {refusals.map(({ requestKey, message, isChange }) => (
            <p key={requestKey}>{isChange ? words.refusedChange(message) : words.refused(message)}</p>
          ))}
          <button type="button" onClick={() => judging.dismissRefusals()}>
            {words.understood}
          </button>
        </div>
      )}
    </div>
  );
}
