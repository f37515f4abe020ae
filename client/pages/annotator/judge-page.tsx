import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { shownView } from "../../outbox/held-work.ts";
import { isOver } from "../../outbox/sender.ts";
import { words } from "../../words/annotator.ts";
import { BeforeFirst } from "./before-first.tsx";
import { GuidelinesPanel } from "./guidelines-panel.tsx";
import type { Judging } from "./judging.ts";
import { Leave } from "./leave.tsx";
import { PageHeader } from "./page-header.tsx";
import { PairScreen } from "./pair-screen.tsx";
import { QualityPart } from "./quality-part.tsx";
import { StateScreen } from "./state-screen.tsx";
import { useLater } from "./use-later.ts";
import { useMore } from "./use-more.ts";
import { usePanels } from "./use-panels.ts";

/** The annotator's page: a pair where there is one, else why there is none. */
export function JudgePage({ judging }: { judging: Judging }) {
  const held = judging.held.value;
  const view = shownView(held);
  const panels = usePanels(view?.assignment ?? null);
  const { sheet } = held;
  const more = useMore(sheet);
  const isOpen = sheet !== null && !isOver(judging.way.value);
  const canJudge = isOpen && view !== null;
  const pace = useLater(() => import("./pace/index.ts"), canJudge);
  const title = sheet?.title;
  useEffect(() => {
    if (title !== undefined) document.title = words.tabTitle(title);
  }, [title, words.language]);
  const left = judging.left.value;
  if (left !== null) return <div class="annotator">{left}</div>;
  return (
    <div class="annotator">
      <PageHeader judging={judging} panels={panels} hasBar={canJudge} more={more} pace={pace} />
      <Tidings judging={judging}>{canJudge && pace && <pace.Offers judging={judging} />}</Tidings>
      {more && sheet?.runningFigure && <more.RunningFigure {...{ judging, ...sheet.runningFigure }} />}
      {canJudge ? (
        <PairScreen judging={judging} panels={panels} sheet={sheet} view={view} more={more} />
      ) : isOpen && held.state === "entry" ? (
        <BeforeFirst {...{ judging, panels, sheet }} />
      ) : (
        <>
          <StateScreen judging={judging} more={more} />
          {held.mayAnswer && <QualityPart part="AnswerToEnd" judging={judging} />}
        </>
      )}
      {more && sheet?.messages && <more.MessagesPanel judging={judging} panels={panels} />}
      {sheet?.guidelines && <GuidelinesPanel panels={panels} html={sheet.guidelines} lang={sheet.language} />}
      {judging.way.value !== "gone" && <Leave judging={judging} />}
    </div>
  );
}

/** What happened to answers that were sent, where it was not simply that they were saved. */
function Tidings({ judging, children }: { judging: Judging; children: ComponentChildren }) {
  const { refusals, takenOver, answeredElsewhere, warning, sheet, state } = judging.held.value;
  const refused = refusals.filter(({ instead }) => !instead);
  return (
    <div class="tidings" role="status">
      {state === "work" && sheet?.signs && <QualityPart part="Signs" judging={judging} />}
      {children}
      {warning !== undefined && <QualityPart part="Warning" judging={judging} />}
      {takenOver && <p class="warning">{words.takenOver}</p>}
      {(answeredElsewhere || refused.length < refusals.length) && (
        <QualityPart part="AnsweredElsewhere" judging={judging} />
      )}
      {refused.length > 0 && (
        <div class="failure">
          {refused.map(({ requestKey, message, isChange }) => (
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
