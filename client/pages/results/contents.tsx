import { useEffect, useState } from "preact/hooks";
import { SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { words } from "../../words/results.ts";
import { useSectionInView } from "../../components/use-section-in-view.ts";
import { printWhole } from "./print-page.ts";
import { hashOf, reveal, sectionFrom } from "./section-address.ts";
import { headingOf } from "./section-view.tsx";

/** Ways to the sections of the page, always in sight: a list on a wide screen, a bar that opens on a narrow one. */
export function Contents({ sections }: { sections: readonly SectionKey[] }) {
  const [isOpen, setOpen] = useState(false);
  const current = useCurrent(sections);
  useAddressedSection();
  useEffect(printWhole, []);
  const go = (event: MouseEvent, name: SectionKey) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", hashOf(name, location.hash));
    setOpen(false);
    reveal(name);
  };
  return (
    <nav class="contents" aria-label={words.contents}>
      <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words.contents}
      </button>
      <p aria-hidden="true">{words.contents}</p>
      <ul class={isOpen ? "open" : undefined}>
        {sections.map((name) => (
          <li key={name}>
            <a
              href={hashOf(name, location.hash)}
              aria-current={name === current ? "true" : undefined}
              onClick={(event) => go(event, name)}
            >
              {SECTION_TITLES[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Opens the section that the address names, and goes to it. */
function useAddressedSection(): void {
  const [asked] = useState(() => sectionFrom(location.hash));
  useEffect(() => {
    const go = () => {
      const section = sectionFrom(location.hash);
      if (section !== null) reveal(section);
    };
    go();
    window.addEventListener("hashchange", go);
    return () => window.removeEventListener("hashchange", go);
  }, []);
  useSectionInView(asked && headingOf(asked), true);
}

/** The section at the upper part of the screen. */
function useCurrent(sections: readonly SectionKey[]): SectionKey | null {
  const [current, setCurrent] = useState<SectionKey | null>(null);
  const names = sections.join(" ");
  useEffect(() => {
    const frames = new Map(
      sections.map((name) => [document.getElementById(headingOf(name))?.closest("section"), name]),
    );
    const inSight = new Set<SectionKey>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const name = frames.get(target as HTMLElement);
          if (name !== undefined) inSight[isIntersecting ? "add" : "delete"](name);
        }
        setCurrent(sections.findLast((name) => inSight.has(name)) ?? null);
      },
      { rootMargin: "-12% 0px -80% 0px" },
    );
    for (const frame of frames.keys()) if (frame) observer.observe(frame);
    return () => observer.disconnect();
  }, [names]);
  return current;
}
