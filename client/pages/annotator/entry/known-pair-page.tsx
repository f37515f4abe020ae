import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { EntryPage, EntryReply } from "../../../../server/contract/entry.ts";
import type { Sheet } from "../../../../server/contract/judging.ts";
import type { Choice } from "../../../../server/contract/words.ts";
import { PairView } from "../../../components/pair-view.tsx";
import { Prose } from "../../../components/prose.tsx";
import { words as common } from "../../../words/annotator.ts";
import { words } from "../../../words/entry.ts";
import { ChoiceBar } from "../choice-bar.tsx";
import { reading } from "../reading.ts";
import { useActiveTime } from "../use-active-time.ts";
import { useChoiceKeys } from "../use-choice-keys.ts";
import type { Panels } from "../use-panels.ts";
import { useSeen } from "../use-seen.ts";
import { useSettled } from "../use-settled.ts";
import { type StageProps, Stages } from "./stage-screen.tsx";

type Page = Extract<EntryPage, { kind: "practice" | "qualification" }>;

interface KnownPairProps extends StageProps {
  page: Page;
  sheet: Sheet;
  panels: Panels;
}

/** A pair with a known answer, judged as any pair; in the practice with an explanation afterwards. */
export function KnownPairPage({ page, sheet, panels, stages, step, show, failure }: KnownPairProps) {
  const { view, attempt, number, kind } = page;
  const { assignment } = view;
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [answered, setAnswered] = useState<EntryReply | null>(null);
  const seen = useSeen(assignment);
  const settled = useSettled(assignment);
  const readActiveMs = useActiveTime(assignment);
  const heading = useFocusedHeading();
  const why = panels.open === null ? whyAsleep(seen) : common.asleep[panels.open];
  const awake = settled && why === null && chosen === null;
  const choose = useCallback(
    async (choice: Choice) => {
      if (!awake) return;
      setChosen(choice);
      const reply = await step({ stage: kind, attempt, number, choice, activeMs: readActiveMs() });
      if (reply === null) setChosen(null);
      else if (reply.explained === null) show(reply);
      else setAnswered(reply);
    },
    [awake, step, show, readActiveMs],
  );
  const keys = reading.keys.value;
  const active = keys && panels.open === null && answered === null;
  useChoiceKeys({ active, choose: (choice) => void choose(choice), goBack: () => undefined });
  return (
    <>
      <main class="pair-screen">
        <div class="entry-heading">
          <Stages stages={stages} at={kind} />
          <h1 ref={heading} tabIndex={-1}>
            {words[kind].number(number, page.of)}
          </h1>
          <Hints page={page} />
        </div>
        <PairView view={view} wrapping={{ on: reading.wrap.value, switch: reading.switchWrap }} />
      </main>
      <ChoiceBar
        {...{ sheet, awake, why, keys, chosen }}
        hidden={answered !== null}
        instead={
          answered?.explained && (
            <Explanation
              {...{ page, sheet, chosen }}
              explained={answered.explained}
              onNext={() => show(answered)}
            />
          )
        }
        onChoose={(choice) => void choose(choice)}
      >
        <p class="trouble" role="alert">
          {failure}
        </p>
      </ChoiceBar>
    </>
  );
}

function Hints({ page }: { page: Page }) {
  const { kind, attempt, number, of, tries } = page;
  if (kind === "practice") {
    if (number > 1) return null;
    return <p>{attempt > 1 ? `${words.qualification.again} ${words.practice.again}` : words.practice.why}</p>;
  }
  const text = words.qualification;
  return (
    <p>
      {attempt > 1 && number === 1 && `${text.again} `}
      {text.mark(page.pass, of)} {tries > 1 && text.tries(attempt, tries)}
    </p>
  );
}

interface ExplanationProps {
  page: Page;
  sheet: Sheet;
  chosen: Choice | null;
  explained: NonNullable<EntryReply["explained"]>;
  onNext: () => void;
}

function Explanation({ page, sheet, chosen, explained, onNext }: ExplanationProps) {
  const text = words.practice;
  const heading = useFocusedHeading<HTMLHeadingElement>();
  const { expected, isExpected, explanation } = explained;
  const nameOf = (choice: Choice) => sheet.options[choice] ?? choice;
  return (
    <div class={isExpected ? "explanation right" : "explanation"}>
      <h2 id="explained" ref={heading} tabIndex={-1}>
        {isExpected ? text.right : text.wrong}
      </h2>
      <div class="explained" role="region" aria-labelledby="explained" tabIndex={0}>
        {!isExpected && chosen !== null && <p class="quiet">{text.chosen(nameOf(chosen))}</p>}
        <p>{text.expected(expected.map(nameOf))}</p>
        <Prose html={explanation} lang={sheet.language} />
      </div>
      <button type="button" class="primary" onClick={onNext}>
        {page.number < page.of ? text.next : text.done}
      </button>
    </div>
  );
}

/** Who cannot see that the page has changed hears it. */
function useFocusedHeading<Heading extends HTMLElement = HTMLHeadingElement>() {
  const heading = useRef<Heading>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

function whyAsleep({ left, right }: { left: boolean; right: boolean }): string | null {
  if (left && right) return null;
  return left ? common.asleep.right : right ? common.asleep.left : common.asleep.both;
}
