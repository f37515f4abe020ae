import { useCallback, useLayoutEffect, useRef } from "preact/hooks";
import type { AssignmentView, Sheet } from "../../../server/contract/judging.ts";
import { PairView } from "../../components/pair-view.tsx";
import { earlierShown, progressNow } from "../../outbox/held-work.ts";
import { words } from "../../words/annotator.ts";
import { CannotButton, CannotPanel } from "./cannot-judge.tsx";
import { ChoiceBar } from "./choice-bar.tsx";
import { GoBack } from "./go-back.tsx";
import type { Judging } from "./judging.ts";
import { PanelButton } from "./panel-button.tsx";
import { PromptStrip } from "./prompt-strip.tsx";
import { reading } from "./reading.ts";
import { SavedState } from "./saved-state.tsx";
import { useActiveTime } from "./use-active-time.ts";
import { useAnswers } from "./use-answers.ts";
import { useChoiceKeys } from "./use-choice-keys.ts";
import type { More } from "./use-more.ts";
import { isInstead, type Panels } from "./use-panels.ts";
import { useRested } from "./use-rested.ts";
import { type Seen, useSeen } from "./use-seen.ts";
import { useSettled } from "./use-settled.ts";

interface PairScreenProps {
  judging: Judging;
  panels: Panels;
  sheet: Sheet;
  view: AssignmentView;
  more: More | null;
}

/** A pair, and below it, always in reach: the question, the choices, the state and the guidelines. */
export function PairScreen({ judging, panels, sheet, view, more }: PairScreenProps) {
  const { assignment } = view;
  const earlier = earlierShown(judging.held.value);
  // first to the top: only then can be told what of the new pair is on the screen
  const screen = useNewPairAtTop(assignment);
  const seen = useSeen(assignment);
  // who goes back to a pair has seen it, and means it
  const settled = useSettled(assignment) || earlier !== null;
  const readActiveMs = useActiveTime(assignment);
  const rested = useRested(assignment, view.minimumMs, readActiveMs);
  const why =
    panels.open === null
      ? earlier
        ? null
        : (whyAsleep(seen) ?? (rested ? null : words.asleep.time))
      : words.asleep[panels.open];
  // a comment may be needed, and there is nowhere to write it yet
  const awake = settled && why === null && (more !== null || !sheet.comment?.length);
  const answers = useAnswers({ judging, panels, sheet, assignment, awake, settled, readActiveMs });
  const { draft } = answers;
  const goBack = useCallback(() => void judging.goBack(), [judging]);
  const keys = reading.keys.value;
  useChoiceKeys({ active: keys && panels.open === null, choose: answers.choose, goBack });
  const given = earlier?.reason ?? null;
  return (
    <>
      <main class="pair-screen" ref={screen}>
        <PromptStrip assignment={assignment} />
        {earlier && <p class="earlier">{words.changeOrLeave}</p>}
        <PairView
          key={assignment}
          {...{ view, tool: sheet.copyButtons && more?.CopyButton }}
          wrapping={{ on: reading.wrap.value, switch: reading.switchWrap }}
        />
      </main>
      <ChoiceBar
        {...{ sheet, awake, why, keys }}
        chosen={earlier?.choice ?? null}
        hidden={isInstead(panels.open)}
        instead={
          <>
            <CannotPanel panels={panels} given={given} onSkip={answers.skip} />
            {more && (
              <more.RemarksPanel
                {...{ panels, sheet, draft }}
                onClose={answers.forgetWanted}
                onChange={answers.change}
                onRecord={answers.record}
              />
            )}
          </>
        }
        onChoose={answers.choose}
      >
        <GoBack judging={judging} />
        <SavedState judging={judging} />
        {sheet.guidelines && (
          <PanelButton panel="guidelines" panels={panels}>
            {words.guidelines}
          </PanelButton>
        )}
        {more && <more.RemarksButton {...{ panels, sheet, draft }} />}
        <CannotButton panels={panels} given={given} />
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
  if (earlier?.reason !== undefined) return words.earlierSkipped(words.cannot.reasons[earlier.reason]);
  if (earlier) return words.earlierPair(sheet.options[earlier.choice] ?? "");
  const progress = progressNow(held);
  return progress ? words.nextPair(progress.judged, progress.of) : "";
}

/** Another pair begins at its top, with the focus on the prompt; the first one leaves the focus alone. */
function useNewPairAtTop(assignment: string) {
  const screen = useRef<HTMLElement>(null);
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (last.current !== null && last.current !== assignment) {
      window.scrollTo({ top: 0, behavior: "instant" });
      screen.current?.querySelector<HTMLElement>(".turn.last .label")?.focus({ preventScroll: true });
    }
    last.current = assignment;
  }, [assignment]);
  return screen;
}
