import { isComplete } from "../contract/complete.ts";
import { NO_JUDGMENTS } from "../contract/reasons.ts";
import type { Look, Looks } from "../contract/looks.ts";
import type { Report } from "../contract/report.ts";
import { asWord } from "./as-word.ts";
import { isHeadline } from "./headline.ts";
import { confidenceText, counted, estimateText, levelText, listed, percent, wholeNumber } from "./numbers.ts";
import { modelsIn, peopleAndModels } from "./people-and-models.ts";
import { targetOf } from "./report-parts.ts";
import { type PerhapsTested, verdictText } from "./verdict.ts";
import { ALL_PEOPLE, RATE } from "./words.ts";

/** What the report is about, in a few lines: its first is the title. */
export function opening(report: Report): string[] {
  const lines = [
    comparedText(report),
    `Study ${report.study}, “${report.publicTitle}”. ${stateText(report)}`,
    extent(report),
  ];
  return report.judgments === 0 ? [...lines, ...nextStep(report)] : lines;
}

/** More systems are counted and not named. */
const NAMED_MOST = 8;

/** What was compared, as a title: the target and its baselines, or all systems; the study’s name where there is no pair yet. */
export function comparedText(report: Pick<Report, "study" | "pairs">): string {
  const { study, pairs } = report;
  if (pairs.length === 0) return study;
  const target = targetOf(report);
  const others = new Set(
    pairs.flatMap(({ system, against }) => (target === null ? [system, against] : against)),
  );
  const named = others.size > NAMED_MOST ? null : listed([...others]);
  if (target === null)
    return named === null ? `${others.size} systems compared in pairs` : `${named} compared in pairs`;
  return `${target} against ${named ?? `${others.size} baselines`}`;
}

/** The command that brings a study without judgments further; none for a closed one. */
function nextStep({ study, state, pairs, groups }: Report): string[] {
  const name = asWord(study);
  if (state === "closed") return [];
  const load = `npx tiebreak load ${name} ours.jsonl theirs.jsonl`;
  const open = `npx tiebreak study open ${name}`;
  if (pairs.length === 0) return [`Next: ${load}`];
  if (state === "draft") return [`Next, once the files are loaded (${load}):`, open];
  if (state === "paused") return [`Next: ${open}`];
  const people = groups.find(({ kind }) => kind !== "model");
  if (people) return [`Next: npx tiebreak invite ${name} --group ${asWord(people.name)}`];
  return [`Next: npx tiebreak judge ${name} --help`];
}

/** Whether the figures of a study may still change. */
export const stateText = ({ state }: Pick<Report, "state">): string => STATES[state];

const STATES: Record<Report["state"], string> = {
  draft: "Draft: no pairs are assigned yet.",
  open: "Open: these figures may still change.",
  paused: "Paused: these figures may still change.",
  closed:
    "Closed: no answer can be changed. Answers on pairs assigned before may still arrive, and exclusions still apply.",
};

/** What the report is made of, in one line. */
export function extent(report: Report): string {
  if (report.pairs.length === 0) return "There are no two systems to compare yet: load some responses.";
  if (report.judgments === 0) return "Nothing has been judged yet.";
  const main =
    `${counted(report.judgments, "judgment")} of ${counted(report.comparisons, "comparison")} ` +
    `on ${counted(report.prompts, "prompt")} by ${annotatorsText(report)}.`;
  const apart = [
    ...(report.repeats > 0 ? [counted(report.repeats, "repeat")] : []),
    ...(report.surplus > 0 ? [counted(report.surplus, "surplus judgment")] : []),
  ];
  return apart.length > 0 ? `${main} Recorded but excluded from rates: ${apart.join(" and ")}.` : main;
}

/** Those who judged: `3 annotators and 1 model`, `3 annotators and in 120 votes without a name`, `unknown annotators`. */
function annotatorsText({ annotators, unnamed = 0, groups }: Report): string {
  if (unnamed > 0 && annotators === 0) return "unknown annotators";
  const models = modelsIn(groups);
  const who = peopleAndModels(annotators - models, models);
  return unnamed === 0 ? who : `${who} and in ${counted(unnamed, "vote")} without a name`;
}

/** What the declared tests may be read as now. */
export function statusText({
  analysis,
  slots,
  groups,
}: Pick<Report, "analysis" | "slots" | "groups">): string {
  if (analysis.isSeen)
    return `Exploratory: an annotator sees how their own judgments stand, so when judging stopped may depend on the figures. Read them as hints, not as verdicts. So far ${areThere(slots)}.`;
  if (analysis.status === "exploratory" && analysis.protocolHash !== null && slots.judged === 0)
    return "Exploratory: every judgment was loaded from files, so whether the test was declared before judging began is not known. Read these figures as hints, not as verdicts.";
  if (analysis.status === "exploratory")
    return "Exploratory: no test of this was declared before judging began. Read these figures as hints, not as verdicts.";
  const { look, looks } = analysis;
  if (look !== undefined && look.number < look.of) {
    return `Look ${look.number} of ${look.of}, at ${percent(look.fraction)} of the planned judgments: the test and its looks were declared before judging began. ${levelOf(look)} Each verdict names those it is about, and its interval and test are about them.${outsideText(groups)}`;
  }
  if (analysis.status === "confirmatory") {
    return `Confirmatory: the test was declared before judging began, and ${ending(slots)}. Each verdict names those it is about, and its interval and test are about them.${look === undefined ? "" : ` This is the last of ${counted(look.of, "look")}. ${levelOf(look)}`}${outsideText(groups)}`;
  }
  const there = slots.wanted === 0 ? "the study is still open" : areThere(slots);
  return `Interim: ${there}. Who leads can still change, so nothing here is a verdict yet.${looks === undefined ? "" : ` Looks are declared at ${looksText(looks)}.`}`;
}

const levelOf = ({ level }: Look): string =>
  `Tests are made at the level ${levelText(level)} and intervals of verdicts have ${confidenceText(level)}, so that all looks together err in 5\u00A0% of studies.`;

/** `50.0 % of the planned judgments and at the end`. */
export const looksText = ({ at }: Looks): string =>
  `${listed(at.map((share) => percent(share)))} of the planned judgments, and at the end`;

/** What the plan is about is all people, so that nothing else has a verdict. */
function outsideText(groups: Report["groups"]): string {
  const outside = groups.filter((group) => !isHeadline(group)).map(({ name }) => name);
  if (outside.length === 0 || outside.length === groups.length) return "";
  return ` Tests of ${listed(outside)} are exploratory: the plan is about ${ALL_PEOPLE}.`;
}

/** Why nothing more is waited for. */
function ending(slots: Report["slots"]): string {
  if (isComplete(slots)) return "every planned judgment is there";
  if (slots.wanted === 0) return "the study is closed";
  return `the study is closed: ${areThere(slots)}. If it was closed on sight of the figures, p is too small`;
}

const areThere = ({ judged, wanted }: Report["slots"]): string =>
  `${wholeNumber(judged)} of ${counted(wanted, "planned judgment")} are there`;

/** One pair in a plain sentence, without a verdict. */
export function pairText({ system, against, group, win, tie, loss, judgments, halfTieRate }: PerhapsTested) {
  const by = group ?? ALL_PEOPLE;
  if (judgments === 0) return `${system} against ${against}, by ${by}: ${NO_JUDGMENTS}.`;
  const share = (rate: number | null) => percent(rate ?? 0);
  const rate = "value" in halfTieRate ? `; ${RATE} per judgment ${estimateText(halfTieRate)}` : "";
  return (
    `${system} was preferred to ${against} in ${share(win.rate)} of ${counted(judgments, "judgment")} by ${by}, ` +
    `tied in ${share(tie.rate)} and lost in ${share(loss.rate)}${rate}.`
  );
}

/** The same with the verdict of the declared test, where that may stand. */
export const pairWithVerdict = (pair: PerhapsTested, report: Pick<Report, "analysis">): string =>
  pairText(pair) + verdictText(pair, report);
