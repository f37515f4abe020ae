import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Finish } from "../../../server/contract/platforms.ts";
import { progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import { Contact } from "./contact.tsx";
import { GoBack } from "./go-back.tsx";
import type { Judging } from "./judging.ts";
import { placeOf } from "./link.ts";
import { Notice } from "./notice.tsx";
import { QualityPart } from "./quality-part.tsx";
import { useLater } from "./use-later.ts";
import type { More } from "./use-more.ts";

const STATES = words.states;

/** What stands where there is no pair to show: why, and what happens next. */
export function StateScreen({ judging, more }: { judging: Judging; more: More | null }) {
  const { state, outbox, earlier, askAgainSeconds, sheet } = judging.held.value;
  const way = judging.way.value;
  const finish = useFinish(judging);
  const waiting = outbox.length;
  if (way === "gone") {
    if (state === null && waiting === 0) return <Notice {...STATES.linkNotValid} />;
    return <Notice {...STATES.linkGone}>{waiting > 0 && <p>{STATES.unsaved(waiting)}</p>}</Notice>;
  }
  if (way === "revoked")
    return (
      <Notice {...STATES.linkRevoked}>
        {waiting > 0 && <p>{STATES.unsaved(waiting)}</p>}
        <Reach />
      </Notice>
    );
  if (way !== "open") {
    const said = way === "away" ? STATES.away : state === null ? STATES.offlineAtStart : STATES.offline;
    return (
      <Notice {...said}>
        <StillWaiting waiting={waiting} />
        <div class="actions">
          <TryAgain judging={judging} />
          {earlier.length > 0 && <GoBack judging={judging} />}
        </div>
      </Notice>
    );
  }
  if (state === null || state === "work" || state === "entry") return <Fetching />;
  if (state === "review") return <QualityPart part="ReviewScreen" judging={judging} />;
  const judged = progressNow(judging.held.value)?.judged ?? 0;
  const isAsked = sheet?.guess && !sheet.withdrawn && judged > 0 && waiting === 0 && askAgainSeconds === null;
  const guess = isAsked && more ? <more.GuessQuestion judging={judging} /> : null;
  if (finish !== null && waiting === 0) return <Finished judging={judging} finish={finish} guess={guess} />;
  const isWithdrawn = state === "ended" && sheet?.withdrawn === true;
  const { title, text, next } =
    STATES[isWithdrawn ? "withdrawn" : state === "done" && judged === 0 ? "noneLeft" : state];
  const canGoBack = mayGoBack(judging);
  return (
    <Notice title={title} text={judged > 0 && !isWithdrawn ? `${STATES.youJudged(judged)} ${text}` : text}>
      {waiting > 0 ? <StillWaiting waiting={waiting} /> : <Saved any={judged > 0 || canGoBack} next={next} />}
      {state === "ended" && <Reach />}
      {guess}
      {askAgainSeconds !== null && <p class="quiet">{STATES.asksAgain(askAgainSeconds)}</p>}
      <div class="actions">
        {askAgainSeconds !== null && <TryAgain judging={judging} />}
        {canGoBack && <GoBack judging={judging} />}
      </div>
    </Notice>
  );
}

/** Whether earlier answers can be looked at again: not once the study or one's part in it is over. */
function mayGoBack(judging: Judging): boolean {
  const { state, earlier } = judging.held.value;
  const judged = progressNow(judging.held.value)?.judged ?? 0;
  return state !== "closed" && state !== "ended" && (judged > 0 || earlier.length > 0);
}

interface FinishedProps {
  judging: Judging;
  finish: Finish;
  /** A last question, which stands before the way back until it is answered or left out. */
  guess: ComponentChildren;
}

/** The part of somebody from a platform has ended: how, and the way back there. */
function Finished({ judging, finish, guess }: FinishedProps) {
  const way = useLater(() => import("./way-back.tsx"));
  const judged = progressNow(judging.held.value)?.judged ?? 0;
  const isWithdrawn = judging.held.value.sheet?.withdrawn === true;
  const { title, text } = isWithdrawn ? STATES.withdrawn : words.finishes[finish.finish];
  const counts = judged > 0 && !isWithdrawn;
  return (
    <Notice title={title} text={counts ? `${STATES.youJudged(judged)} ${text}` : text}>
      {counts && <p>{STATES.allSaved}</p>}
      {guess ?? (way && <way.WayBack finish={finish} />)}
      {mayGoBack(judging) && (
        <div class="actions">
          <GoBack judging={judging} />
        </div>
      )}
    </Notice>
  );
}

const ASKS_AGAIN_MS = 5_000;

/** How the part of somebody from a platform has ended: asked once there is nothing to judge and nothing on its way. */
function useFinish(judging: Judging): Finish | null {
  const { state, outbox, sheet } = judging.held.value;
  const isAsked =
    sheet?.platform !== undefined &&
    outbox.length === 0 &&
    (state === "done" || state === "closed" || state === "ended");
  useEffect(() => {
    if (!isAsked) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      if (!(await judging.askFinish())) timer = setTimeout(() => void ask(), ASKS_AGAIN_MS);
    };
    void ask();
    return () => clearTimeout(timer);
  }, [isAsked, state, judging]);
  return isAsked ? judging.finish.value : null;
}

/** Whom to write to about this link. */
function Reach() {
  const place = placeOf(location);
  return place.kind === "judge" ? <Contact link={place.token} /> : null;
}

/** Nothing is on its way: what to do now. */
const Saved = ({ any, next }: { any: boolean; next: string }) => (
  <p>{any ? `${STATES.allSaved} ${next}` : next}</p>
);

function Fetching() {
  return (
    <main class="notice">
      <p class="fetching quiet" role="status">
        {STATES.fetching}
      </p>
    </main>
  );
}

const StillWaiting = ({ waiting }: { waiting: number }) =>
  waiting > 0 ? <p>{STATES.stillWaiting(waiting)}</p> : null;

function TryAgain({ judging }: { judging: Judging }) {
  return (
    <button type="button" onClick={() => void judging.wake({ mayReplaceShown: false })}>
      {STATES.tryAgain}
    </button>
  );
}
