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

export interface Place {
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
  const { View, failed, tryAgain } = useView(section, looking);
  const { part, refused, unreachable } = useBlock(place.shelf, section.name, looking);
  const heading = `${section.name}-heading`;
  const ready = View !== null && part !== null;
  const lost = failed || unreachable || refused !== null;
  const again = () => {
    tryAgain();
    place.shelf.again(section.name);
  };
  return (
    <section
      ref={frame}
      class={ready ? "further" : "further waiting"}
      aria-labelledby={heading}
      aria-busy={!ready && !lost}
    >
      <h2 id={heading} tabIndex={-1}>
        {section.title}
      </h2>
      {lost && <Failed again={again} stale={ready} />}
      {ready && <View block={part} report={place.report} shown={place.shown} />}
      {!ready && !lost && <p class="quiet">{words.loadingBlock}</p>}
    </section>
  );
}

function Failed({ again, stale }: { again: () => void; stale: boolean }) {
  return (
    <p class="failed" role="status">
      {stale ? words.blockStale : words.blockFailed}{" "}
      <button type="button" onClick={again}>
        {words.tryAgain}
      </button>
    </p>
  );
}

interface Fetched<Name extends BlockName> {
  View: ComponentType<BlockProps<Name>> | null;
  failed: boolean;
}

/** The code of a block's view: fetched once somebody looks, and again when asked to. */
function useView<Name extends BlockName>(section: Section<Name>, looking: boolean) {
  const [view, setView] = useState<Fetched<Name>>({ View: null, failed: false });
  const wanted = looking && view.View === null && !view.failed;
  useEffect(() => {
    if (!wanted) return;
    section.load().then(
      (View) => setView({ View, failed: false }),
      () => setView({ View: null, failed: true }),
    );
  }, [wanted, section]);
  return { ...view, tryAgain: () => setView((one) => ({ ...one, failed: false })) };
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
