import { useEffect } from "preact/hooks";

const OWN_MOVES = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/**
 * Scrolls to a section of the page, by its id, and again whenever the page grows, since its sections fill one after the other;
 * until whoever reads moves for themselves.
 */
export function useSectionInView(section: string | null, isThere: boolean): void {
  useEffect(() => {
    const target = isThere && section ? document.getElementById(section) : null;
    if (!target) return;
    const growth = new ResizeObserver(() => target.scrollIntoView());
    growth.observe(document.body);
    const stop = () => growth.disconnect();
    for (const move of OWN_MOVES) window.addEventListener(move, stop, { once: true, passive: true });
    return () => {
      stop();
      for (const move of OWN_MOVES) window.removeEventListener(move, stop);
    };
  }, [section, isThere]);
}
