import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { CUT_BLOCKS, isCutOff, NEVER_WRAPS } from "./cut-blocks.ts";

/**
 * Fits a pair to its window: it gets all of the width (`data-wide`) where a table, code or a formula would be cut in columns of the
 * usual width, and each answer's height is kept for its style, which holds the shorter one in view beside the longer.
 * @returns the pair's element, and whether something in it is still cut, or would be, that can wrap
 */
export function usePairLayout(wrapped: boolean) {
  const pair = useRef<HTMLDivElement>(null);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const box = pair.current;
    if (!box) return;
    const answers = [...box.querySelectorAll<HTMLElement>("[data-judged]")];
    const blocks = [...box.querySelectorAll<HTMLElement>(`.turn.last .answer .prose :is(${CUT_BLOCKS})`)];
    const fit = () => {
      box.removeAttribute("data-wide");
      box.classList.remove("wrapped");
      const wide = blocks.some(isCutOff);
      box.toggleAttribute("data-wide", wide);
      setIsCut(wide && blocks.some((block) => isCutOff(block) && !block.matches(NEVER_WRAPS)));
      box.classList.toggle("wrapped", wrapped);
      for (const answer of answers) answer.style.setProperty("--height", `${answer.offsetHeight}px`);
    };
    fit();
    const observer = new ResizeObserver(fit);
    for (const answer of answers) observer.observe(answer);
    window.addEventListener("resize", fit);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fit);
    };
  }, [wrapped]);
  return { pair, isCut };
}
