import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Blocks, Report } from "../../../server/contract/report.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { words } from "../../words/results.ts";
import { LoadAgain } from "./lazy-view.tsx";
import { PartsView } from "./parts-view.tsx";
import { type Shown, shownBlock, shownReport } from "./report-view.ts";
import { SectionView } from "./section-view.tsx";
import type { FurtherSection, MakeSection } from "./sections.ts";
import type { Setting } from "./setting.ts";
import { useBlocks } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

interface SectionContext {
  shelf: BlockShelf;
  report: Report;
  shown: Shown;
  setting: Omit<Setting, "draw" | "captionOf">;
}

interface Props {
  section: FurtherSection;
  place: SectionContext;
  /** Whether all sections before it have been fetched. */
  isItsTurn: boolean;
  /** Called once it is there, or cannot be had. */
  done: () => void;
}

/** Set before printing: everything is fetched at once. */
export const everythingWanted = signal(false);

/** One further section: fetched, code and blocks, when its turn comes, or sooner when somebody comes near it. */
export function FurtherSectionView({ section, place, isItsTurn, done }: Props) {
  const frame = useRef<HTMLElement>(null);
  const [isReady, setReady] = useState(false);
  const near = useNear(frame);
  const looking = near || (isItsTurn && !isReady) || everythingWanted.value;
  const { code, failed, tryAgain } = useCode(section, looking);
  const { shelf, report, shown, setting } = place;
  const { parts: blocks, lost: isBlockLost } = useBlocks(shelf, section.blocks, looking);
  const made = useMemo(
    () =>
      code === null || blocks.includes(null)
        ? null
        : makeSection(section, code.make, blocks, { report, shown }),
    [code, section, report, shown, ...blocks],
  );
  const lost = failed || isBlockLost;
  const isSettled = made !== null || lost;
  useEffect(() => {
    if (!isSettled) return;
    setReady(true);
    done();
  }, [isSettled]);
  const again = () => {
    tryAgain();
    for (const name of section.blocks) shelf.again(name);
  };
  const finding = made === null ? (lost ? words.blockFailed : words.loadingBlock) : made.finding;
  return (
    <SectionView
      name={section.key}
      frame={frame}
      class={isSettled ? "further" : "further waiting"}
      busy={!isSettled}
      finding={finding}
      isFolded={section.isOpen !== true}
    >
      {lost && <LoadAgain again={again} stale={made !== null} />}
      {made !== null && code !== null && (
        <PartsView parts={made.parts} setting={{ ...setting, ...code.figures }} />
      )}
    </SectionView>
  );
}

function makeSection(
  { blocks: names, isOpen }: FurtherSection,
  make: MakeSection,
  blocks: readonly unknown[],
  { report, shown: asked }: Pick<SectionContext, "report" | "shown">,
) {
  const shown = isOpen ? "every" : asked; // what stands open is about the study as a whole
  const all = Object.fromEntries(
    names.map((name, i) => [name, shownBlock(name, blocks[i] as Blocks[typeof name], { report, shown })]),
  ) as Blocks;
  return make(isolateTexts(all), isolateTexts(shownReport(report, all.tests ?? null, shown)));
}

interface Code {
  make: MakeSection;
  figures: Pick<Setting, "draw" | "captionOf">;
}

async function fetchCode(section: FurtherSection): Promise<Code> {
  const [make, { drawFigure, captionOf }] = await Promise.all([
    section.load(),
    import("../../../server/report-document/figures/index.ts"),
  ]);
  return { make, figures: { draw: drawFigure, captionOf } };
}

/** The code of a section and of its figures: fetched once it is wanted, and again when asked to. */
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
