import type { ChartWords } from "../../charts/chart-words.ts";
import { stackedBars } from "../../charts/stacked-bars.ts";
import { NO_JUDGMENTS } from "../../contract/reasons.ts";
import type { Pair } from "../../contract/report.ts";
import type { Figure } from "../document.ts";
import { estimateText, perCentOfBar, wholeNumber } from "../numbers.ts";
import { targetOf } from "../report-parts.ts";
import { pairText } from "../sentences.ts";
import { ALL_PEOPLE, capital, RATE } from "../words.ts";

/** How wide a figure is drawn, in CSS pixels, and what its parts are called in the page that it stands in. */
export interface Frame {
  readonly width: number;
  readonly id: string;
}

type Bars = Extract<Figure, { type: "bars" }>;

/** Won, tied and lost of each pair and group, as SVG. */
export const drawBars = ({ pairs }: Bars, { width, id }: Frame): string =>
  stackedBars([...pairs], { words: wordsOf(pairs), width, id });

/** What stands below the bars. */
export function barsCaption({ pairs }: Bars): string {
  return (
    `${titleOf(pairs)} Each bar is all judgments of one group, in whole per cent; a tie is “neither is significantly better”. ` +
    "Whiskers are 95 % intervals: of the wins above the bar, of the losses below it."
  );
}

function titleOf(pairs: readonly Pair[]): string {
  const target = targetOf({ pairs });
  return target === null
    ? "How often each system won, tied and lost against each other one."
    : `How often ${target} won, tied and lost against each baseline.`;
}

const wordsOf = (pairs: readonly Pair[]): ChartWords => ({
  title: titleOf(pairs),
  description: pairs.map(pairText).join(" "),
  ...{ win: "win", tie: "tie", loss: "loss" },
  interval: "95 % interval (win above, loss below)",
  ...{ allPeople: capital(ALL_PEOPLE), halfTieRate: RATE, judgments: "judgments" },
  noJudgments: NO_JUDGMENTS,
  systemAgainst: (system) => `${system} against`,
  against: (other) => `against ${other}`,
  // within a bar there is room for whole per cent; the table has a decimal
  percent: (proportion) => `${perCentOfBar(proportion)}\u00A0%`,
  count: wholeNumber,
  score: estimateText,
  row: pairText,
});
