import { useMemo } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import type { Figure } from "../../../server/report-document/document.ts";
import { barsCaption, drawBars, type Frame } from "../../../server/report-document/figures/bars.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { pairsSection } from "../../../server/report-document/sections/pairs.ts";
import { studySection } from "../../../server/report-document/sections/study.ts";
import { PartsView } from "./parts-view.tsx";
import { type Shown, shownReport } from "./report-view.ts";
import { SectionView } from "./section-view.tsx";
import type { Setting } from "./setting.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

interface Props {
  report: Report;
  shown: Shown;
  shelf: BlockShelf;
  setting: Omit<Setting, "draw" | "captionOf">;
}

/** What the page shows at once: the figure with its numbers, and what the study is. A verdict comes with the tests. */
export function Headline({ report, shown, shelf, setting }: Props) {
  const { part: tests } = useBlock(shelf, "tests", report.analysis.status === "confirmatory");
  const pairs = useMemo(
    () => pairsSection(isolateTexts(shownReport(report, tests, shown))),
    [report, tests, shown],
  );
  const study = useMemo(
    () => studySection(isolateTexts(report), report.about.guidelines?.trim().split(/\r?\n/) ?? []),
    [report],
  );
  const bars = { ...setting, draw: drawOnlyBars, captionOf: captionOfBars };
  return (
    <>
      {report.judgments > 0 && (
        <SectionView name="pairs">
          <PartsView parts={pairs.parts} setting={bars} />
        </SectionView>
      )}
      <SectionView name="study" class="about">
        <PartsView parts={study.parts} setting={bars} />
      </SectionView>
    </>
  );
}

/** Other figures stand further down, and their code comes with them. */
const drawOnlyBars = (figure: Figure, frame: Frame) =>
  figure.type === "bars" ? drawBars(figure, frame) : "";
const captionOfBars = (figure: Figure) => (figure.type === "bars" ? barsCaption(figure) : "");
