import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BlockName, Report } from "../../../server/contract/report.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { words } from "../../words/results.ts";
import { PartsView } from "./parts-view.tsx";
import { type Shown, shownBlock, shownReport } from "./report-view.ts";
import { SectionView } from "./section-view.tsx";
import type { FurtherSection, MakeSection } from "./sections.ts";
import type { Setting } from "./setting.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

interface SectionContext {
  shelf: BlockShelf;
  report: Report;
  shown: Shown;
  setting: Omit<Setting, "draw" | "captionOf">;
}

/** Set before printing: what was never looked at is fetched, too. */
export const everythingWanted = signal(false);

/** One further section, fetched, code and figures, when it is about to come into view. */
export function BlockSection({ section, place }: { section: FurtherSection; place: SectionContext }) {
  const frame = useRef<HTMLElement>(null);
  const looking = useNear(frame) || everythingWanted.value;
  const { code, failed, tryAgain } = useCode(section, looking);
  const { shelf, report, shown, setting } = place;
  const { part: block, refused, unreachable } = useBlock(shelf, section.block, looking);
  const made = useMemo(() => {
    if (code === null || block === null) return null;
    const own = shownBlock(section.block, block, { report, shown });
    const tests = section.block === "tests" ? (block as Parameters<typeof shownReport>[1]) : null;
    return code.make(isolateTexts(own), isolateTexts(shownReport(report, tests, shown)));
  }, [code, block, report, shown, section]);
  const lost = failed || unreachable || refused !== null;
  const again = () => {
    tryAgain();
    shelf.again(section.block);
  };
  return (
    <SectionView
      name={section.key}
      frame={frame}
      class={made === null ? "further waiting" : "further"}
      busy={made === null && !lost}
    >
      {lost && <Failed again={again} stale={made !== null} />}
      {made !== null && code !== null && (
        <PartsView parts={made.parts} setting={{ ...setting, ...code.figures }} />
      )}
      {made === null && !lost && <p class="quiet">{words.loadingBlock}</p>}
    </SectionView>
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

interface Code {
  make: MakeSection<BlockName>;
  figures: Pick<Setting, "draw" | "captionOf">;
}

async function fetchCode(section: FurtherSection): Promise<Code> {
  const [make, { drawFigure, captionOf }] = await Promise.all([
    section.load(),
    import("../../../server/report-document/figures/index.ts"),
  ]);
  return { make, figures: { draw: drawFigure, captionOf } };
}

/** The code of a section and of its figures: fetched once somebody looks, and again when asked to. */
function useCode(section: FurtherSection, looking: boolean) {
  const [state, setState] = useState<{ code: Code | null; failed: boolean }>({ code: null, failed: false });
  const wanted = looking && state.code === null && !state.failed;
  useEffect(() => {
    if (!wanted) return;
    fetchCode(section).then(
      (code) => setState({ code, failed: false }),
      () => setState({ code: null, failed: true }),
    );
  }, [wanted, section]);
  return { ...state, tryAgain: () => setState((one) => ({ ...one, failed: false })) };
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
