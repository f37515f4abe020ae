import { useEffect, useRef, useState } from "preact/hooks";
import { progressNow, shownView } from "../../../outbox/held-work.ts";
import { words } from "../../../words/annotator-pace.ts";
import type { Judging } from "../judging.ts";
import { isBreakDue, RESTED, type Since } from "./break-due.ts";
import { LimitNotice } from "./limit-notice.tsx";
import { Rest } from "./rest.tsx";
import { since } from "./store.ts";

/** What is offered over a pair, and is in nobody's way: a break, and more time where it runs out. */
export const Offers = ({ judging }: { judging: Judging }) => (
  <>
    <BreakOffer judging={judging} />
    <LimitNotice />
  </>
);

/** A break, where one is due: it can be taken, put off, or passed over by going on. */
function BreakOffer({ judging }: { judging: Judging }) {
  const [isResting, setResting] = useState(false);
  const offered = useRef<Since | null>(null);
  const isDue = isBreakDue(judging.held.value.sheet?.breaks, since.value, placeIn(judging));
  useEffect(() => {
    // who has gone on has passed it over
    if (offered.current !== null && offered.current !== since.value) since.value = RESTED;
    offered.current = isDue && since.value !== RESTED ? since.value : null;
  }, [isDue, since.value]);
  const end = () => {
    setResting(false);
    since.value = RESTED;
  };
  if (isResting) return <Rest onEnd={end} />;
  if (!isDue) return null;
  return (
    <section class="offer" aria-labelledby="break-offered">
      <p>
        <strong id="break-offered">{words.break.title}</strong> {words.break.text}
      </p>
      <div class="buttons">
        <button type="button" onClick={() => setResting(true)}>
          {words.break.take}
        </button>
        <button type="button" class="plain" onClick={end}>
          {words.break.later}
        </button>
      </div>
    </section>
  );
}

/** How many pairs are left, and whether the one on the screen goes on with the conversation of the one before. */
function placeIn(judging: Judging): { pairsLeft: number; isMidway: boolean } {
  const held = judging.held.value;
  const { judged, of } = progressNow(held) ?? { judged: 0, of: 0 };
  const before = held.earlier.at(-1)?.view.prompt ?? [];
  const shown = shownView(held)?.prompt ?? [];
  return { pairsLeft: of - judged, isMidway: shown.length > before.length && shown[0] === before[0] };
}
