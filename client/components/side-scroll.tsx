import { useLayoutEffect, useRef } from "preact/hooks";
import { CUT_BLOCKS, isCutOff } from "./cut-blocks.ts";

/**
 * A second scroll bar for a table or code that is cut and whose own scroll bar is below the window. It stays above the bar
 * of choices. For the eye and the pointer alone: by keyboard the block itself scrolls.
 */
export function SideScroll() {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = bar.current;
    return box?.parentElement ? follow(box, box.parentElement) : undefined;
  }, []);
  return (
    <div ref={bar} class="side-scroll" aria-hidden="true" tabIndex={-1} hidden>
      <div />
    </div>
  );
}

/** Lets the bar stand for whichever block of the answer needs it, as the page scrolls. @returns how to end that */
function follow(bar: HTMLElement, answer: HTMLElement): () => void {
  let shown: HTMLElement | null = null;
  const inner = bar.firstElementChild as HTMLElement;
  const look = () => {
    const end = window.innerHeight - (document.querySelector<HTMLElement>(".choice-bar")?.offsetHeight ?? 0);
    const blocks = answer.querySelectorAll<HTMLElement>(`.prose :is(${CUT_BLOCKS})`);
    shown = [...blocks].find((block) => isCutOff(block) && endsBelow(block, end)) ?? null;
    bar.hidden = shown === null;
    if (!shown) return;
    const offset = shown.getBoundingClientRect().left - answer.getBoundingClientRect().left;
    bar.style.marginLeft = `${offset - Number.parseFloat(getComputedStyle(answer).paddingLeft)}px`;
    bar.style.width = `${shown.clientWidth}px`;
    inner.style.width = `${shown.scrollWidth}px`;
    bar.scrollLeft = shown.scrollLeft;
  };
  const onScroll = ({ target }: Event) => {
    if (target !== bar) look();
    else if (shown) shown.scrollLeft = bar.scrollLeft;
  };
  const observer = new ResizeObserver(look);
  observer.observe(answer);
  // capturing: also the scrolling of the bar and of a block, which does not bubble
  window.addEventListener("scroll", onScroll, { passive: true, capture: true });
  window.addEventListener("resize", look);
  return () => {
    observer.disconnect();
    window.removeEventListener("scroll", onScroll, { capture: true });
    window.removeEventListener("resize", look);
  };
}

/** Whether a block has begun in the window and ends below it. */
function endsBelow(block: Element, end: number): boolean {
  const { top, bottom } = block.getBoundingClientRect();
  return top < end - 48 && bottom > end;
}
