import "./entry.css";
import { useEffect, useState } from "preact/hooks";
import type { EntryPage as Page, EntryReply, EntryState } from "../../../../server/contract/entry.ts";
import type { Sheet } from "../../../../server/contract/judging.ts";
import { entryApi } from "../../../api/entry.ts";
import type { Ending } from "../../../api/request.ts";
import { words as common } from "../../../words/annotator.ts";
import { words } from "../../../words/entry.ts";
import type { Judging } from "../judging.ts";
import { placeOf } from "../link.ts";
import { Notice } from "../notice.tsx";
import type { Panels } from "../use-panels.ts";
import { WayBack } from "../way-back.tsx";
import { ConsentPage } from "./consent-page.tsx";
import { InformationPage } from "./information-page.tsx";
import { KnownPairPage } from "./known-pair-page.tsx";
import { QuestionsPage } from "./questions-page.tsx";
import type { TakeStep } from "./stage-screen.tsx";

export interface EntryPageProps {
  judging: Judging;
  panels: Panels;
  sheet: Sheet;
}

/** What an annotator goes through before the first pair, stage by stage; the server knows where they are. */
export function EntryPage({ judging, panels, sheet }: EntryPageProps) {
  const { language } = sheet;
  const [state, setState] = useState<EntryState | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [begins, setBegins] = useState<Pick<EntryReply, "passed"> | null>(null);
  const place = placeOf(location);
  const api = entryApi(place.kind === "judge" ? place.token : "");
  const take = <Reply extends EntryState>(ending: Ending<Reply>): Reply | null => {
    setFailure(failureOf(ending));
    return ending.kind === "ok" ? ending.reply : null;
  };
  const begin = () => void judging.wake({ mayReplaceShown: true });
  const show = (next: EntryState | EntryReply | null) => {
    if (next === null) return;
    setState(next);
    const isTold = state !== null && hasAnswers(state.page);
    if (next.page.kind === "passed" && !isTold) begin();
    setBegins(isTold && "passed" in next ? next : null);
  };
  const load = async () => show(take(await api.state(language)));
  const step: TakeStep = async (what) => take(await api.step(what, language));
  useEffect(() => void load(), [language]);
  if (state === null) {
    if (failure === null) return <main class="notice" />;
    return (
      <Notice title={common.states.offlineAtStart.title} text={failure}>
        <button type="button" onClick={() => void load()}>
          {common.states.tryAgain}
        </button>
      </Notice>
    );
  }
  const { page, stages } = state;
  const screen = { stages, language: state.language, step, show, failure };
  return (
    <>
      {page.kind === "information" && (
        <InformationPage {...screen} page={page} isParticipant={sheet.platform !== undefined} />
      )}
      {page.kind === "consent" && <ConsentPage key={page.version} {...screen} page={page} />}
      {page.kind === "questions" && <QuestionsPage {...screen} page={page} />}
      {hasAnswers(page) && (
        <KnownPairPage key={page.view.assignment} {...{ ...screen, page, sheet, panels }} />
      )}
      {page.kind === "out" && (
        <Notice {...common.finishes[page.end]}>{page.finish && <WayBack finish={page.finish} />}</Notice>
      )}
      {page.kind === "passed" && (begins ? <Begin {...begins} onBegin={begin} /> : <main class="notice" />)}
    </>
  );
}

/** Whether a page shows a pair with a known answer: what comes after the last of them begins for real. */
const hasAnswers = (page: Page): page is Extract<Page, { kind: "practice" | "qualification" }> =>
  page.kind === "practice" || page.kind === "qualification";

/** After the practice and the test, before the first pair that counts. */
function Begin({ passed, onBegin }: Pick<EntryReply, "passed"> & { onBegin: () => void }) {
  const text = words.begin;
  return (
    <Notice title={text.title} text={passed ? text.passed(passed.right, passed.of) : text.counts}>
      {passed && <p>{text.counts}</p>}
      <div class="actions">
        <button type="button" class="primary" onClick={onBegin}>
          {text.button}
        </button>
      </div>
    </Notice>
  );
}

function failureOf(ending: Ending<unknown>): string | null {
  if (ending.kind === "ok") return null;
  return ending.kind === "refused" ? common.failed(ending.message) : common.offlineNow;
}
