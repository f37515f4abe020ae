import type { Pair, Report } from "../../contract/report.ts";
import { counted } from "./numbers.ts";
import { targetOf } from "./report-parts.ts";

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

/** `12 / 5 / 13`: comparisons won, tied and lost under a rule; `–` where that cannot be said. */
export function majorityText(pair: Pair, rule: "plurality" | "signOfSum" | "moreThanHalf"): string {
  if ("notEstimable" in pair.byMajority) return "–";
  const { win, tie, loss } = pair.byMajority[rule];
  return `${win} / ${tie} / ${loss}`;
}
