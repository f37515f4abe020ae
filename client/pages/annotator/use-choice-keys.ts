import { useLayoutEffect } from "preact/hooks";
import type { ShownChoice } from "../../../server/contract/judging.ts";

const CHOICES: Record<string, ShownChoice> = {
  ArrowLeft: "left",
  ArrowDown: "tie",
  ArrowRight: "right",
  "1": "left",
  "2": "tie",
  "3": "right",
  a: "left",
  n: "tie",
  b: "right",
};

/** Elements that have a use of their own for these keys: fields, and blocks that scroll. */
const OWN_KEYS = "input, select, textarea, [contenteditable], .prose [tabindex]";

export interface KeyActions {
  choose: (choice: ShownChoice) => void;
  goBack: () => void;
}

/** Choosing by keyboard. A key that is held down counts once; with a modifier it belongs to the browser. */
export function useChoiceKeys({ choose, goBack }: KeyActions): void {
  // with the page, not after its next painting: a key pressed in between would meet the pair before
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return;
      const choice = CHOICES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (choice === undefined && event.key !== "Backspace") return;
      event.preventDefault();
      if (choice === undefined) goBack();
      else choose(choice);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [choose, goBack]);
}
