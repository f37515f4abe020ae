import { useLayoutEffect } from "preact/hooks";
import type { Choice } from "../../../server/contract/words.ts";

/** No key that scrolls is among them, but the two that scroll sideways: they choose where nothing can be scrolled so. */
const CHOICES: Record<string, Choice> = {
  "1": "left",
  "2": "tie",
  "3": "right",
  "0": "both_bad",
  a: "left",
  n: "tie",
  b: "right",
  ArrowLeft: "left",
  ArrowRight: "right",
};
const SIDEWAYS = new Set(["ArrowLeft", "ArrowRight"]);

/** Elements that have a use of their own for these keys. */
const FIELDS = "input, select, textarea, [contenteditable]";

interface KeyActions {
  /** Whether keys do anything now. */
  active: boolean;
  choose: (choice: Choice) => void;
  goBack: () => void;
}

/** Choosing by keyboard. A key that is held down counts once; with a modifier it belongs to the browser. */
export function useChoiceKeys({ active, choose, goBack }: KeyActions): void {
  // with the page, not after its next painting: a key pressed in between would meet the pair before
  useLayoutEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || hasModifier(event)) return;
      const target = event.target instanceof Element ? event.target : document.documentElement;
      if (target.closest(FIELDS)) return;
      const choice = CHOICES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (choice === undefined && event.key !== "Backspace") return;
      if (SIDEWAYS.has(event.key) && scrollsSideways(target)) return;
      event.preventDefault();
      if (choice === undefined) goBack();
      else choose(choice);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [active, choose, goBack]);
}

const hasModifier = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || shiftKey;

/** Whether a key on this element could scroll it, or what it stands in, to the side. */
function scrollsSideways(target: Element): boolean {
  const root = document.scrollingElement ?? document.documentElement;
  if (root.scrollWidth > root.clientWidth) return true;
  for (
    let one: Element | null = target;
    one && one !== root && one !== document.body;
    one = one.parentElement
  ) {
    const { overflowX } = getComputedStyle(one);
    if (one.scrollWidth > one.clientWidth && (overflowX === "auto" || overflowX === "scroll")) return true;
  }
  return false;
}
