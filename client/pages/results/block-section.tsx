import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BlockName, Blocks, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { Shown } from "./report-view.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

/** What a block's view gets: the block, and what it belongs to. */
export interface BlockProps<Name extends BlockName> {
  block: Blocks[Name];
  report: Report;
  shown: Shown;
}

/** A further block of the page: its heading, and where its view comes from. */
export interface Section<Name extends BlockName = BlockName> {
  name: Name;
  title: string;
  load: () => Promise<ComponentType<BlockProps<Name>>>;
}

interface Place {
  shelf: BlockShelf;
  report: Report;
  shown: Shown;
}

/** Set before printing: what was never looked at is fetched, too. */
export const everythingWanted = signal(false);

/** One block under its heading, fetched, code and figures, when it is about to come into view. */
export function BlockSection<Name extends BlockName>({
  section,
  place,
}: {
  section: Section<Name>;
  place: Place;
}) {
  const frame = useRef<HTMLElement>(null);
  const looking = useNear(frame) || everythingWanted.value;
  const View = useView(section, looking);
  const { part, unreachable } = useBlock(place.shelf, section.name, looking);
  const heading = `${section.name}-heading`;
  const ready = View !== null && part !== null;
  return (
    <section
      ref={frame}
      id={`block-${section.name}`}
      class={ready ? "further" : "further waiting"}
      aria-labelledby={heading}
      aria-busy={!ready}
    >
      <h2 id={heading}>{section.title}</h2>
      {ready ? (
        <View block={part} report={place.report} shown={place.shown} />
      ) : (
        <p class="quiet">{unreachable ? words.errors.unreachable : words.loadingBlock}</p>
      )}
    </section>
  );
}

function useView<Name extends BlockName>(section: Section<Name>, looking: boolean) {
  const [view, setView] = useState<{ View: ComponentType<BlockProps<Name>> } | null>(null);
  useEffect(() => {
    if (looking && view === null) void section.load().then((View) => setView({ View }));
  }, [looking, section, view]);
  return view?.View ?? null;
}

/** Whether an element is in view or within a screen of it. */
function useNear(element: { current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: "100% 0px",
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return near;
}
