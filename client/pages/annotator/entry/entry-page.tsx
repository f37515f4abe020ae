import "./entry.css";
import { useEffect, useState } from "preact/hooks";
import type { EntryState } from "../../../../server/contract/entry.ts";
import type { Sheet } from "../../../../server/contract/judging.ts";
import { entryApi } from "../../../api/entry.ts";
import type { Ending } from "../../../api/request.ts";
import { words as common } from "../../../words/annotator.ts";
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
  const place = placeOf(location);
  const api = entryApi(place.kind === "judge" ? place.token : "");
  const take = <Reply extends EntryState>(ending: Ending<Reply>): Reply | null => {
    setFailure(failureOf(ending));
    return ending.kind === "ok" ? ending.reply : null;
  };
  const show = (next: EntryState | null) => {
    if (next === null) return;
    setState(next);
    if (next.page.kind === "passed") void judging.wake({ mayReplaceShown: true });
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
      {(page.kind === "practice" || page.kind === "qualification") && (
        <KnownPairPage key={page.view.assignment} {...{ ...screen, page, sheet, panels }} />
      )}
      {page.kind === "out" && (
        <Notice {...common.finishes[page.end]}>{page.finish && <WayBack finish={page.finish} />}</Notice>
      )}
      {page.kind === "passed" && <main class="notice" />}
    </>
  );
}

function failureOf(ending: Ending<unknown>): string | null {
  if (ending.kind === "ok") return null;
  return ending.kind === "refused" ? common.failed(ending.message) : common.offlineNow;
}
