import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../words/annotator.ts";

/** Longer than this many screens, a text is folded, so that what comes after it can be found. */
const SCREENS_MAX = 1.2;

interface Props {
  children: ComponentChildren;
  /** Screens' heights up to which nothing is folded. */
  screens?: number;
  /** What the button says; of a prompt, if not said. */
  labels?: { open: string; fold: string };
}

/** A text that is folded where it is very long, with a button to see all of it. */
export function LongText({ children, screens = SCREENS_MAX, labels }: Props) {
  const text = useRef<HTMLDivElement>(null);
  const id = useId();
  const [fold, setFold] = useState<"none" | "folded" | "open">("none");
  useLayoutEffect(() => {
    const isLong = (text.current?.scrollHeight ?? 0) > screens * window.innerHeight;
    setFold(isLong ? "folded" : "none");
  }, [screens]);
  return (
    <>
      <div ref={text} id={id} class={fold === "folded" ? "long-text folded" : "long-text"}>
        {children}
      </div>
      {fold !== "none" && (
        <button
          type="button"
          class="plain"
          aria-expanded={fold === "open"}
          aria-controls={id}
          onClick={() => setFold(fold === "open" ? "folded" : "open")}
        >
          {fold === "open" ? (labels?.fold ?? words.foldPrompt) : (labels?.open ?? words.showWholePrompt)}
        </button>
      )}
    </>
  );
}
