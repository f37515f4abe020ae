import { useEffect } from "preact/hooks";

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1 };

/** The keys j and k: to the next comparison and back, except where somebody writes. */
export function useNextAndPrevious(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return;
      const headings = [...document.querySelectorAll<HTMLElement>(".comparison h2")];
      const at = headings.findIndex((heading) =>
        heading.closest(".comparison")!.contains(document.activeElement),
      );
      const next = headings[at < 0 ? (step > 0 ? 0 : -1) : at + step];
      if (next === undefined) return;
      event.preventDefault();
      next.scrollIntoView({ block: "start", behavior: "instant" });
      next.focus({ preventScroll: true });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input:not([type=radio]), textarea, select") !== null;
