import type { ComponentChildren } from "preact";
import type { Finish } from "../../../server/contract/platforms.ts";
import { progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import { GoBack, mayGoBack } from "./go-back.tsx";
import type { Judging } from "./judging.ts";
import { Notice } from "./notice.tsx";
import { WayBack } from "./way-back.tsx";

interface FinishedProps {
  judging: Judging;
  finish: Finish;
  /** A last question, which stands before the way back until it is answered or left out. */
  guess: ComponentChildren;
}

/** The part of somebody from a platform has ended: how, and the way back there. */
export function Finished({ judging, finish, guess }: FinishedProps) {
  const judged = progressNow(judging.held.value)?.judged ?? 0;
  const isWithdrawn = judging.held.value.sheet?.withdrawn === true;
  const { title, text } = isWithdrawn ? words.states.withdrawn : words.finishes[finish.finish];
  const counts = judged > 0 && !isWithdrawn;
  return (
    <Notice title={title} text={counts ? `${words.states.youJudged(judged)} ${text}` : text}>
      {counts && <p>{words.states.allSaved}</p>}
      {guess ?? <WayBack finish={finish} />}
      {mayGoBack(judging) && (
        <div class="actions">
          <GoBack judging={judging} />
        </div>
      )}
    </Notice>
  );
}
