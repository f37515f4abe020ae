import type { Conclusion } from "../contract/report-pair-tests.ts";
import type { Report } from "../contract/report.ts";
import { marginText } from "./margin-text.ts";
import { confidenceText, counted, estimateText, listed } from "./numbers.ts";
import { groupsOf, onlyGroup } from "./report-parts.ts";
import { statusText } from "./sentences.ts";
import { earlyText, ofWhom, type PerhapsTested } from "./verdict.ts";
import { ALL_PEOPLE, MEANS, RATE } from "./words.ts";

type Given = Report & { readonly pairs: readonly PerhapsTested[] };
type Concluded = PerhapsTested & { readonly conclusion: Conclusion };
type Kind = "better" | "worse" | "neither" | "refused";

/** More pairs than these are counted and not named. */
const NAMED_MOST = 12;

/**
 * What a report concludes, in the few sentences before its figure: the verdicts of its pairs, put together by those whom they
 * are about, and whether they may be read as verdicts at all; else how its first pairs stand. Of the first group of the
 * report that has judged; “Win, tie and loss” has every pair with its test. Nothing before anybody has judged.
 */
export function verdictSentences(report: Given): string[] {
  const group = groupsOf(report).find(({ judged }) => judged.length > 0);
  if (group === undefined) return [];
  const { judged } = group;
  const by = group.group ?? ALL_PEOPLE;
  const concluded = judged.filter(isConcluded);
  const ofGroup = group.group === null || onlyGroup(report, group.group) ? "" : `, by ${group.group}`;
  if (concluded.length === 0) return [statusText(report), ...standing(judged, by)];
  return [
    ...(concluded.length > NAMED_MOST ? [inNumbers(concluded, report)] : inWords(concluded, report, ofGroup)),
    statusText(report),
  ];
}

const isConcluded = (pair: PerhapsTested): pair is Concluded =>
  pair.conclusion?.target !== undefined && pair.conclusion.verdict !== null;

/** What may be claimed of a pair: a preference only where it is left after correction. */
const kindOf = ({ conclusion: { verdict, afterCorrection } }: Concluded): Kind =>
  verdict === "better" || verdict === "worse" ? (afterCorrection ?? "neither") : (verdict ?? "refused");

/** How pairs stand where nothing may be concluded: their rates alone. */
function standing(pairs: readonly PerhapsTested[], by: string): string[] {
  const estimated = pairs.filter(({ halfTieRate }) => "value" in halfTieRate);
  if (estimated.length === 0 || pairs.length > NAMED_MOST) return [];
  const systems = [...new Set(estimated.map(({ system }) => system))];
  const rates = systems.map((system) => {
    const own = estimated.filter((pair) => pair.system === system);
    return `of ${system}: ${listed(own.map((pair) => `${estimateText(pair.halfTieRate)} against ${pair.against}`))}`;
  });
  const ends = estimated.some(({ halfTieRate }) => "low" in halfTieRate) ? " [95 % interval]" : "";
  return [`By ${by}, ${RATE} per judgment${ends} ${rates.join("; ")}.`];
}

function inWords(pairs: readonly Concluded[], report: Given, ofGroup: string): string[] {
  const whomOf = (pair: Concluded) => `${ofWhom(pair.conclusion)}${ofGroup}${overText(pair, report)}`;
  const sentences = partsBy(pairs, whomOf).flatMap(([whom, own]) => {
    const said = partsBy(own, ({ system }) => system).flatMap(([system, of]) => ofSystem(system, of, report));
    return said.map((text) => `${whom}, ${text}`);
  });
  const figures = pairs.some((pair) => kindOf(pair) !== "refused") ? [figuresText(pairs, report)] : [];
  return [...sentences, ...figures, ...pairs.flatMap(marginOf)];
}

/** What is concluded of a pair against the declared margin. */
function marginOf({ system, against, conclusion: { margin, comparisons } }: Concluded): string[] {
  const text = margin === undefined ? "" : marginText(margin, comparisons);
  return text === "" ? [] : [`${system} against ${against}:${text}`];
}

/** The sentences on one system, without those whom they are about. */
function ofSystem(system: string, pairs: readonly Concluded[], { analysis }: Given): string[] {
  const of = (kind: Kind) => pairs.filter((pair) => kindOf(pair) === kind);
  const named = (some: readonly Concluded[]) =>
    listed(some.map((pair) => `${pair.against} (${estimateText(pair.conclusion.estimate)})`));
  const { comparisons } = pairs[0]!.conclusion;
  const corrected = comparisons > 1 ? ` after correction for ${counted(comparisons, "comparison")}` : "";
  const early = earlyText(analysis.look);
  const [better, worse, neither, refused] = [of("better"), of("worse"), of("neither"), of("refused")];
  const differs = neither.length === 1 ? "the difference" : "the differences";
  return [
    ...(better.length > 0
      ? [`${system} was preferred significantly more often than ${named(better)}${corrected}.`]
      : []),
    ...(worse.length > 0
      ? [`${system} was preferred significantly less often than ${named(worse)}${corrected}.`]
      : []),
    ...(neither.length > 0
      ? [
          `${differs} of ${system} from ${named(neither)} ${neither.length === 1 ? "is" : "are"} not significant${early.at}${corrected}.${early.then}`,
        ]
      : []),
    ...(refused.length > 0
      ? [`nothing can be concluded on ${system} and ${listed(refused.map(({ against }) => against))}.`]
      : []),
  ];
}

/** What the figures of these sentences are. */
function figuresText(pairs: readonly Concluded[], { analysis }: Given): string {
  const { test, look } = pairs[0]!.conclusion;
  const figure =
    test === "signTest" ? "the share of the decided prompts won" : `the ${RATE}, ${MEANS[analysis.estimate]}`;
  return `In parentheses: ${figure}, with its ${look === undefined ? "95 %" : confidenceText(look.level)} interval.`;
}

/**
 * Under which revisions a pair was judged, where an amendment changed what is asked: its verdict is on these together. Of a group, and
 * where some judgments come from files, the report does not have the revisions of the pair's judgments alone.
 */
function overText({ group, system, against, judgments }: PerhapsTested, { revisions }: Given): string {
  if (revisions === undefined || revisions.parts.length < 2) return "";
  const see = " (see “Revisions”)";
  const parts = revisions.parts.flatMap(({ from, to, pairs }) => {
    const own = pairs.find((pair) => pair.system === system && pair.against === against);
    return own === undefined || own.judgments === 0 ? [] : [{ from, to, judgments: own.judgments }];
  });
  const known = parts.reduce((sum, part) => sum + part.judgments, 0);
  if (group !== null || known !== judgments) return `, over all revisions${see}`;
  const [from, to] = [parts[0]!.from, parts.at(-1)!.to];
  return from === to ? `, under revision ${from} alone${see}` : `, over revisions ${from} to ${to}${see}`;
}

function inNumbers(pairs: readonly Concluded[], { revisions }: Given): string {
  const significant = pairs.filter((pair) => ["better", "worse"].includes(kindOf(pair))).length;
  const refused = pairs.filter((pair) => kindOf(pair) === "refused").length;
  const rest = refused === 0 ? "" : `; on ${counted(refused, "pair")} nothing can be concluded`;
  const over = revisions !== undefined && revisions.parts.length > 1 ? " over all revisions" : "";
  return `Of the differences of ${counted(pairs.length, "pair")}${over}, ${significant} ${significant === 1 ? "is" : "are"} significant after correction${rest}. “Ranking” has the systems in order.`;
}

/** Things by what they have in common, in the order in which that first comes. */
function partsBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): [string, Thing[]][] {
  return [...new Set(things.map(keyOf))].map((key) => [key, things.filter((thing) => keyOf(thing) === key)]);
}
