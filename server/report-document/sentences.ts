import type { FullPair, Report } from "../contract/report.ts";
import { isComplete } from "../contract/complete.ts";
import { counted, perCent, scoreText, wholeNumber } from "./numbers.ts";
import { targetOf } from "./report-parts.ts";
import { verdictSays } from "./verdict.ts";

/** What the report is about, in a few lines: its first is the title. */
export function opening(report: Report): string[] {
  const target = targetOf(report);
  const about = target === null ? report.study : `${report.study}: how often ${target} won, tied and lost`;
  return [about, `“${report.publicTitle}”, ${STATES[report.state]}`, ...extent(report)];
}

const STATES: Record<Report["state"], string> = {
  draft: "a draft: nothing is handed out yet.",
  open: "open: these figures still move.",
  paused: "paused.",
  closed: "closed.",
};

function extent(report: Report): string[] {
  if (report.pairs.length === 0) return ["There are no two systems to compare yet: load some responses."];
  if (report.judgments === 0) return ["Nothing has been judged yet."];
  const main =
    `${counted(report.judgments, "judgment")} of ${counted(report.comparisons, "comparison")} ` +
    `on ${counted(report.prompts, "prompt")} by ${counted(report.annotators, "annotator")}.`;
  const apart = [
    ...(report.repeats > 0 ? [counted(report.repeats, "repeat")] : []),
    ...(report.surplus > 0 ? [`${counted(report.surplus, "surplus judgment")}`] : []),
  ];
  return [apart.length > 0 ? `${main} Kept, but in no rate: ${apart.join(" and ")}.` : main];
}

/** What the declared tests may be read as now. */
export function statusSays({ analysis, slots }: Report): string {
  if (analysis.status === "exploratory")
    return "Exploratory: no test of this was declared before judging began. Read these figures as hints, not as verdicts.";
  if (analysis.status === "confirmatory") {
    return `Confirmatory: the test was declared before judging began, and ${ending(slots)}. Interval and test of a verdict speak of the annotators that it names.`;
  }
  const there = slots.wanted === 0 ? "the study is still open" : areThere(slots);
  return `Interim: ${there}. Who leads can still change, so nothing here is a verdict yet.`;
}

/** Why nothing more is waited for. */
function ending(slots: Report["slots"]): string {
  if (isComplete(slots)) return "every planned judgment is there";
  if (slots.wanted === 0) return "the study is closed";
  return `the study is closed: ${areThere(slots)}. If it was closed on sight of the figures, p is too small`;
}

const areThere = ({ judged, wanted }: Report["slots"]): string =>
  `${wholeNumber(judged)} of ${counted(wanted, "planned judgment")} are there`;

/** One judged pair in a plain sentence; with the verdict of the declared test where that may stand. */
export function pairSays(pair: FullPair, report: Report): string {
  const { system, against, win, tie, loss } = pair;
  const share = (rate: number | null) => `${perCent(rate ?? 0)}\u00A0%`;
  const halfTie =
    "value" in pair.halfTieRate ? `; half-tie rate per judgment ${scoreText(pair.halfTieRate)}` : "";
  return (
    `${system} was preferred to ${against} in ${share(win.rate)} of ${counted(pair.judgments, "judgment")}, ` +
    `tied in ${share(tie.rate)} and lost in ${share(loss.rate)}${halfTie}.${verdictSays(pair, report)}`
  );
}
