import { useCallback, useLayoutEffect, useRef } from "preact/hooks";
import type { AssignmentView, Sheet, ShownChoice } from "../../../server/contract/judging.ts";
import { PairView } from "../../components/pair-view.tsx";
import { earlierShown, progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import { ChoiceBar } from "./choice-bar.tsx";
import { GoBack } from "./go-back.tsx";
import type { Judging } from "./judging.ts";
import { PromptStrip } from "./prompt-strip.tsx";
import { useActiveTime } from "./use-active-time.ts";
import { useChoiceKeys } from "./use-choice-keys.ts";
import { type Seen, useSeen } from "./use-seen.ts";

export interface PairScreenProps {
  judging: Judging;
  sheet: Sheet;
  view: AssignmentView;
}

/** The question, a pair, and the choices. */
export function PairScreen({ judging, sheet, view }: PairScreenProps) {
  const { assignment } = view;
  const earlier = earlierShown(judging.held.value);
  // first to the top: only then can be told what of the new pair is on the screen
  const question = useNewPairAtTop(assignment);
  const seen = useSeen(assignment);
  const readActiveMs = useActiveTime(assignment);
  const asleep = earlier ? null : whyAsleep(seen);
  const choose = useCallback(
    (choice: ShownChoice) => {
      if (asleep === null) judging.choose(choice, readActiveMs());
    },
    [judging, asleep, readActiveMs],
  );
  const goBack = useCallback(() => void judging.goBack(), [judging]);
  useChoiceKeys({ choose, goBack });
  return (
    <>
      <main class="pair-screen">
        <PromptStrip assignment={assignment} />
        <h1 class="question" ref={question} tabIndex={-1} lang={sheet.language} dir="auto">
          {sheet.question}
        </h1>
        {earlier && <p class="earlier">{words.changeOrLeave}</p>}
        <PairView key={assignment} view={view} />
      </main>
      <ChoiceBar sheet={sheet} chosen={earlier?.choice ?? null} asleep={asleep} onChoose={choose}>
        <GoBack judging={judging} />
        <p id="asleep" class="quiet">
          {asleep}
        </p>
      </ChoiceBar>
      <p class="out-of-sight" role="status">
        {announcement(judging, sheet)}
      </p>
    </>
  );
}

function whyAsleep({ left, right }: Seen): string | null {
  if (left && right) return null;
  return left ? words.asleep.right : right ? words.asleep.left : words.asleep.both;
}

function announcement(judging: Judging, sheet: Sheet): string {
  const held = judging.held.value;
  const earlier = earlierShown(held);
  if (earlier) return words.earlierPair(sheet.options[earlier.choice]);
  const progress = progressNow(held);
  return progress ? words.nextPair(progress.judged, progress.of) : "";
}

/** Another pair begins at its top, with the focus on the question; the first one leaves the focus alone. */
function useNewPairAtTop(assignment: string) {
  const question = useRef<HTMLHeadingElement>(null);
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (last.current !== null && last.current !== assignment) {
      window.scrollTo({ top: 0, behavior: "instant" });
      question.current?.focus({ preventScroll: true });
    }
    last.current = assignment;
  }, [assignment]);
  return question;
}
