import type { Sheet, ShownChoice } from "../../../server/contract/judging.ts";
import { words } from "../../words/annotator.ts";

export interface ChoiceBarProps {
  sheet: Sheet;
  /** What was chosen before, on an earlier pair. */
  chosen: ShownChoice | null;
  /** Why no choice can be made yet; null: it can. */
  asleep: string | null;
  onChoose: (choice: ShownChoice) => void;
  children: preact.ComponentChildren;
}

const CHOICES: readonly ShownChoice[] = ["left", "tie", "right"];

/** The three choices in the words of the study, always in reach; and what else can be done (`children`). */
export function ChoiceBar({ sheet, chosen, asleep, onChoose, children }: ChoiceBarProps) {
  const click = (choice: ShownChoice) => (event: MouseEvent) => {
    // the second click of a double click would answer the pair that came in between
    if (asleep === null && event.detail < 2) onChoose(choice);
  };
  return (
    <section class="choice-bar" aria-label={words.choices}>
      <div class="choices" role="group" aria-label={words.choices} lang={sheet.language}>
        {CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            class={`choice ${choice}`}
            aria-disabled={asleep !== null}
            aria-describedby={asleep === null ? undefined : "asleep"}
            aria-pressed={chosen === null ? undefined : chosen === choice}
            aria-keyshortcuts={words.keyShortcuts[choice]}
            title={asleep ?? words.keys[choice]}
            onClick={click(choice)}
          >
            <span class="key" aria-hidden="true">
              {words.keySigns[choice]}
            </span>
            <span class="says" dir="auto">
              {sheet.options[choice]}
            </span>
            {chosen === choice && <span class="chosen">{words.chosen}</span>}
          </button>
        ))}
      </div>
      <div class="beside">{children}</div>
    </section>
  );
}
