import type { Section } from "../../../server/report-document/document.ts";
import type { Figure } from "../../../server/report-document/document.ts";
import { barsCaption, drawBars, type Frame } from "../../../server/report-document/figures/bars.ts";
import { words } from "../../words/results.ts";
import { PartsView } from "./parts-view.tsx";
import { SectionView } from "./section-view.tsx";
import type { Setting } from "./setting.ts";

/** The figure of all pairs; what it shows in words and numbers unfolds below it. */
export function Headline({
  pairs,
  setting,
}: {
  pairs: Section;
  setting: Omit<Setting, "draw" | "captionOf">;
}) {
  const bars = { ...setting, draw: drawOnlyBars, captionOf: captionOfBars };
  const [figures, others] = [true, false].map((isFigure) =>
    pairs.parts.filter(({ kind }) => (kind === "figure") === isFigure),
  );
  return (
    <SectionView name="pairs">
      <PartsView parts={figures ?? []} setting={bars} />
      <details>
        <summary>{words.everyPair}</summary>
        <PartsView parts={others ?? []} setting={bars} />
      </details>
    </SectionView>
  );
}

/** Other figures stand further down, and their code comes with them. */
const drawOnlyBars = (figure: Figure, frame: Frame) =>
  figure.type === "bars" ? drawBars(figure, frame) : "";
const captionOfBars = (figure: Figure) => (figure.type === "bars" ? barsCaption(figure) : "");
