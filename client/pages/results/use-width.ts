import { useEffect, useState } from "preact/hooks";

/** Wider than the text of a page of paper by as much as its type may shrink: 13 units come out at 8 points. */
const PAPER_WIDTH = 840;

/** The width of an element in CSS pixels, or of paper while printing; 0 until known. */
export function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const paper = matchMedia("print");
    const measure = () => {
      if (paper.matches) setWidth(PAPER_WIDTH);
      // out of sight it has none: it comes back as it was, or the page would jump
      else if (watched.clientWidth > 0) setWidth(Math.floor(watched.clientWidth));
    };
    const forPaper = () => setWidth(PAPER_WIDTH);
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(watched);
    paper.addEventListener("change", measure);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", measure);
    return () => {
      observer.disconnect();
      paper.removeEventListener("change", measure);
      window.removeEventListener("beforeprint", forPaper);
      window.removeEventListener("afterprint", measure);
    };
  }, [element]);
  return width;
}
