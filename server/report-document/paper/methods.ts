import { kindOfMethod, saysOfKind } from "../../charts/method-kinds.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { FullReport, ReportGroup } from "../../contract/report.ts";
import { isHeadline } from "../headline.ts";
import { counted, decimal, estimateText, listed, wholeNumber } from "../numbers.ts";
import { promptSetText } from "../prompt-set-text.ts";
import { targetOf } from "../report-parts.ts";
import { askedText } from "../sections/judge-asked.ts";
import { judgeName } from "../sections/judge-words.ts";
import { statusText } from "../sentences.ts";
import { MEANS, TEST_NAMES } from "../words.ts";
import type { ReferenceKey } from "./references.ts";

/** A sentence of a methods paragraph, and what it cites at its end; the software has a key of its own. */
export interface Sentence {
  readonly text: string;
  readonly cites: readonly (ReferenceKey | "tiebreak")[];
}

/**
 * The methods of a report for a paper: what was compared, by whom, how it was counted and tested, and with what. Each sentence
 * stands only where it is true of this report.
 * @param version of the program that writes it
 */
export function methodsOf(report: FullReport, version: string): Sentence[] {
  return [
    ...design(report),
    ...sample(report),
    ...measures(report),
    ...tests(report),
    ...agreement(report),
    ...ranking(report),
    ...leftOut(report),
    says(
      `Figures were computed with Tiebreak ${version} (${report.estimator}, seed ${report.seed}${
        report.snapshot === null ? "" : `, judgments with sha256 ${report.snapshot.dataHash}`
      }).`,
      "tiebreak",
    ),
    ...report.notes.map((note) => says(`Note: ${note}`)),
  ];
}

const says = (text: string, ...cites: Sentence["cites"]): Sentence => ({ text, cites });

function design({ pairs, about, slots, prompts, comparisons, promptSets = [] }: FullReport): Sentence[] {
  const target = targetOf({ pairs });
  const systems = [...new Set(pairs.flatMap(({ system, against }) => [system, against]))];
  const what =
    target === null
      ? `${counted(systems.length, "system")} with each other (${listed(systems)})`
      : `${target} with ${listed(systems.filter((name) => name !== target))}`;
  const answers = about.options.map((option) => `“${option}”`).join(", ");
  const asked = `“${about.question}” Possible answers, from left to right: ${answers}.`;
  const bothBad = about.bothBad
    ? ["They could also choose that both answers are bad, which counts as a tie."]
    : [];
  return [
    says(`We compared ${what} on ${counted(prompts, "prompt")} (${counted(comparisons, "comparison")}).`),
    ...promptSets.map((used) => says(`The study has ${promptSetText(used)} (sha256 ${used.hash}).`)),
    // judgments that were made elsewhere are no evidence of how they were shown
    says(
      slots.judged > 0
        ? `Annotators saw a prompt with two responses side by side, without the names of systems and in balanced random order, and were asked: ${asked}`
        : `The question was: ${asked}`,
    ),
    ...bothBad.map((text) => says(text)),
  ];
}

function sample({ groups, repeats, surplus, about, judges }: FullReport): Sentence[] {
  const judged = groups.filter(({ judgments }) => judgments > 0);
  const people = judged.filter(isHeadline);
  const models = judged.filter(({ kind }) => kind === "model");
  const apart = judged.filter((group) => !isHeadline(group) && group.kind !== "model");
  const all = people.reduce((sum, { judgments }) => sum + judgments, 0);
  const more = repeats + surplus;
  return [
    ...(people.length > 0 ? [says(`People made ${counted(all, "judgment")}: ${byGroup(people)}.`)] : []),
    ...(apart.length > 0 ? [says(`Reported apart are ${byGroup(apart)}.`)] : []),
    ...(models.length > 0
      ? [says(`Language models judged too, and enter no figure of people: ${byGroup(models)}.`)]
      : []),
    ...judges.judges.flatMap((judge) =>
      (judge.calls?.asked ?? []).map((asked) =>
        says(`${judgeName(judge, judges.judges)} was ${askedText(asked)}.`),
      ),
    ),
    ...(more > 0
      ? [says(`${counted(more, "repeated or surplus judgment")} ${more === 1 ? "enters" : "enter"} no rate.`)]
      : []),
    ...(about.recruitment === null ? [] : [says(`Recruitment: ${withStop(about.recruitment)}`)]),
  ];
}

const byGroup = (groups: readonly ReportGroup[]): string =>
  listed(
    groups.map(({ name, kind, annotators, unnamed = 0, judgments }) => {
      const who = counted(annotators, kind === "model" ? "model" : "annotator");
      const votes = unnamed > 0 ? `, ${wholeNumber(unnamed)} of them votes without a name` : "";
      return `${name} (${who}, ${counted(judgments, "judgment")}${votes})`;
    }),
  );

const withStop = (text: string): string => (/[.!?。]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

function measures({ analysis, pairs }: FullReport): Sentence[] {
  const rate = `We report the win rate in which a tie counts one half, as the ${MEANS[analysis.estimate]}.`;
  const shown = pairs.some(({ group }) => group === null)
    ? pairs.filter(({ group }) => group === null)
    : pairs;
  const made = methodsIn(shown.map((pair) => pair[analysis.estimate]));
  if (made.length === 0) return [says(rate)];
  const cites = SOURCES.filter(([part]) => made.some((method) => part.test(method))).map(([, key]) => key);
  return [says(rate), says(`Intervals are at 95 %: ${listed(made)}.`, ...cites)];
}

/** The methods of intervals, those that differ in a number alone as one. */
function methodsIn(estimates: readonly Estimate[]): string[] {
  const methods = estimates.flatMap((one) => ("method" in one ? [kindOfMethod(one.method)] : []));
  return [...new Set(methods.map(({ kind }) => kind))].map((kind) =>
    saysOfKind(
      kind,
      methods.flatMap((one) => (one.kind === kind && one.number !== null ? [one.number] : [])),
    ),
  );
}

/** Where the methods of intervals come from (docs/methods/intervals.md). */
const SOURCES: readonly (readonly [RegExp, ReferenceKey])[] = [
  [/^Wilson|\(score, /, "wilson1927"],
  [/cluster-robust/, "liang1986"],
  [/two-way/, "cameron2011"],
  [/sign flips/, "hartigan1969"],
];

function tests(report: FullReport): Sentence[] {
  const { analysis } = report;
  if (analysis.status !== "confirmatory" && analysis.look === undefined) return [says(statusText(report))];
  const { margin, looks, protocolHash } = analysis;
  const hash = protocolHash === null ? "" : ` (protocol sha256 ${protocolHash})`;
  const used = [...new Set(report.pairs.flatMap(({ conclusion }) => conclusion?.test ?? []))];
  return [
    says(`The analysis was declared before judging began${hash}.`),
    says(
      `Differences from one half were tested with the ${listed(used.map((test) => TEST_NAMES[test]))}, corrected by Holm’s method over all pairs within a group.`,
      "holm1979",
    ),
    ...(looks === undefined ? [] : [says("The error was spent over declared looks.", "lan1983")]),
    ...(margin === undefined
      ? []
      : [
          says(
            `Equivalence was tested by two one-sided tests against a margin of ${decimal(margin)}.`,
            "schuirmann1987",
          ),
        ]),
  ];
}

function agreement({ agreement: { overall } }: FullReport): Sentence[] {
  const tieDiscounted = valueText(overall.tieDiscounted.macro);
  const alpha = valueText(overall.krippendorffAlpha);
  return [
    ...(tieDiscounted === null
      ? []
      : [
          says(
            `Agreement between people, on ${counted(overall.comparisons, "comparison")} judged more than once, was ${tieDiscounted} (tie-discounted, mean over comparisons).`,
            "zhou2023lima",
          ),
        ]),
    ...(alpha === null ? [] : [says(`Krippendorff’s α was ${alpha}.`, "hayes2007")]),
  ];
}

const valueText = (estimate: Estimate): string | null =>
  "value" in estimate ? estimateText(estimate) : null;

const ranking = ({ ranking: { bradleyTerry } }: FullReport): Sentence[] =>
  "notEstimable" in bradleyTerry
    ? []
    : [says("Systems were ranked by the Bradley–Terry model, a tie counting as half a win.", "bradley1952")];

function leftOut({ exclusions, audited }: FullReport): Sentence[] {
  const { annotators, judgments, rules } = exclusions;
  return [
    says(
      annotators === 0
        ? "No annotator was excluded."
        : `${counted(annotators, "annotator")} with ${counted(judgments, "judgment")} ${annotators === 1 ? "was" : "were"} excluded by the rules: ${rules.map((rule) => `“${rule}”`).join(", ")}.`,
    ),
    ...(audited ? [says("The texts were audited for what gives systems away.")] : []),
  ];
}
