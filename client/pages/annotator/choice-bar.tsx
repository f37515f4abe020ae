import { useLayoutEffect, useRef } from "preact/hooks";
import type { Sheet } from "../../../server/contract/judging.ts";
import type { Choice } from "../../../server/contract/words.ts";
import { words } from "../../words/annotator.ts";

interface ChoiceBarProps {
  sheet: Sheet;
  /** What was chosen before, on an earlier pair. */
  chosen: Choice | null;
  /** Whether a choice can be made now; `why` it cannot, in words, where there is something to do about it. */
  awake: boolean;
  why: string | null;
  /** Whether keys choose. */
  keys: boolean;
  /** Whether something else stands in place of the choices (`instead`). */
  hidden: boolean;
  instead: preact.ComponentChildren;
  onChoose: (choice: Choice) => void;
  children: preact.ComponentChildren;
}

/** As they stand on a wide page, left to right. */
const CHOICES: readonly Choice[] = ["left", "tie", "both_bad", "right"];

/** The question and the choices in the words of the study, always in reach; and what else can be done (`children`). */
export function ChoiceBar(props: ChoiceBarProps) {
  const { sheet, chosen, awake, why, keys, hidden, instead, onChoose, children } = props;
  const bar = useHeightOfBar();
  const click = (choice: Choice) => (event: MouseEvent) => {
    // the second click of a double click would answer the pair that came in between
    if (awake && event.detail < 2) onChoose(choice);
    // with the focus on a choice that sleeps, a space that is meant to scroll would choose it once it wakes
    else if (!awake && event.detail > 0) (event.currentTarget as HTMLElement).blur();
  };
  return (
    <section class="choice-bar" aria-label={words.choices} ref={bar}>
      <div class={hidden ? "out-of-sight" : "asked"}>
        <h1 id="question" class="question" lang={sheet.language} dir="auto">
          {sheet.question}
        </h1>
        <p id="asleep" class="quiet">
          {hidden ? null : why}
        </p>
      </div>
      <div class="choices" role="group" aria-labelledby="question" lang={sheet.language} hidden={hidden}>
        {CHOICES.filter((choice) => sheet.options[choice] !== undefined).map((choice) => (
          <button
            key={choice}
            type="button"
            class={`choice ${choice}${awake || why !== null ? "" : " settling"}`}
            aria-disabled={!awake}
            aria-describedby={why === null ? undefined : "asleep"}
            aria-pressed={chosen === null ? undefined : chosen === choice}
            aria-keyshortcuts={keys ? words.keyShortcuts[choice] : undefined}
            title={why ?? (keys ? words.keys[choice] : undefined)}
            onClick={click(choice)}
          >
            {keys && (
              <span class="key" aria-hidden="true">
                {words.keySigns[choice]}
              </span>
            )}
            <span class="says" dir="auto">
              {sheet.options[choice]}
            </span>
            {chosen === choice && <span class="chosen">{words.chosen}</span>}
          </button>
        ))}
      </div>
      {instead}
      <div class="beside">{children}</div>
    </section>
  );
}

/** Keeps the bar's height in `--bar`: nothing else of the page that stands still may be behind it. */
function useHeightOfBar() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const keep = () => style.setProperty("--bar", `${bar.current?.offsetHeight ?? 0}px`);
    keep();
    const observer = new ResizeObserver(keep);
    if (bar.current) observer.observe(bar.current);
    return () => {
      observer.disconnect();
      style.removeProperty("--bar");
    };
  }, []);
  return bar;
}
