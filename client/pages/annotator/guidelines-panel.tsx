import { useLayoutEffect, useRef } from "preact/hooks";
import { Prose } from "../../components/prose.tsx";
import { words } from "../../words/annotator.ts";
import { panelId, type Panels } from "./use-panels.ts";

interface GuidelinesPanelProps {
  panels: Panels;
  html: string;
  lang: string;
}

/** The guidelines at the side of the page, with a scroll of their own: the page keeps its place, and so do they. */
export function GuidelinesPanel({ panels, html, lang }: GuidelinesPanelProps) {
  const open = panels.open === "guidelines";
  const heading = useRef<HTMLHeadingElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const place = useRef(0);
  useLayoutEffect(() => {
    if (!open) return;
    if (text.current) text.current.scrollTop = place.current;
    heading.current?.focus({ preventScroll: true });
  }, [open]);
  return (
    <aside id={panelId("guidelines")} class="guidelines" aria-labelledby="guidelines-heading" hidden={!open}>
      <div class="guidelines-head">
        <h2 id="guidelines-heading" ref={heading} tabIndex={-1}>
          {words.guidelines}
        </h2>
        <button type="button" class="plain" onClick={panels.close}>
          {words.close}
        </button>
      </div>
      <div
        ref={text}
        class="guidelines-text"
        role="group"
        aria-labelledby="guidelines-heading"
        tabIndex={0}
        onScroll={(event) => (place.current = event.currentTarget.scrollTop)}
      >
        <Prose html={html} lang={lang} />
      </div>
    </aside>
  );
}
