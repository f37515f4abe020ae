import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../words/annotator.ts";

/** Longer than this many screens, a text is folded, so that what comes after it can be found. */
const SCREENS_MAX = 1.2;

/** A text that is folded where it is very long, with a button to see all of it. */
export function LongText({ children }: { children: ComponentChildren }) {
  const text = useRef<HTMLDivElement>(null);
  const id = useId();
  const [fold, setFold] = useState<"none" | "folded" | "open">("none");
  useLayoutEffect(() => {
    const isLong = (text.current?.scrollHeight ?? 0) > SCREENS_MAX * window.innerHeight;
    setFold(isLong ? "folded" : "none");
  }, []);
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
          {fold === "open" ? words.foldPrompt : words.showWholePrompt}
        </button>
      )}
    </>
  );
}
