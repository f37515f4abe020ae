import type { Pair, Report } from "../../contract/report.ts";
import { counted, rateText, scoreText, wholeNumber } from "./numbers.ts";
import { alignColumns, pad, widthOf, withoutControls, wrap } from "./plain-text.ts";
import { methodsOf, rowName, type Section, sectionsOf, targetOf } from "./report-parts.ts";
import { majorityText, opening } from "./sentences.ts";

const WIDTH = 100;
const BAR_NAME_MAX = 34;
/** More pairs than these fill a terminal for minutes: the most judged are shown, and where to find the rest. */
const PAIRS_MAX = 60;
/** The widest name that leaves room for the numbers beside it. */
const TABLE_NAME_MAX = 18;

/** The report for somebody at a terminal: what to know first, then by group the figure, the numbers, the methods. */
export function formatText(given: Report): string {
  const report = withoutControls(given);
  const target = targetOf(report);
  const blocks = [
    opening(report)
      .map((line) => wrap(line, WIDTH))
      .join("\n"),
    ...notes(report),
    ...sectionsOf(report).map((section) => sectionText(section, target)),
    wrap(
      `[ ] 95 % intervals. Half-tie rate: a win counts 1, a tie ½. Seed ${report.seed}, ${report.estimator}. ` +
        `Every figure in full: --format json or csv.`,
      WIDTH,
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function notes(report: Report): string[] {
  if (report.notes.length === 0) return [];
  return [["Read this first", ...report.notes.map((note) => wrap(note, WIDTH, "  * "))].join("\n")];
}

function sectionText(section: Section, target: string | null): string {
  const heading = `${section.title}\n${"─".repeat(Math.min(WIDTH, widthOf(section.title)))}`;
  if (section.sameAs)
    return `${heading}\nThe only group of people: its figures are those of ${section.sameAs}.`;
  if (section.judged.length === 0) return `${heading}\n${unjudged(section, target)}`;
  const pairs = mostJudged(section.judged);
  const parts = [
    `${heading}\n${bars(pairs, target)}`,
    numbers(pairs, target),
    ...(pairs.some(hasOtherwise) ? [otherwise(pairs, target)] : []),
    methods(section, target),
    ...(pairs.length < section.judged.length ? [shortened(section)] : []),
    ...(section.unjudged.length > 0 ? [unjudged(section, target)] : []),
  ];
  return parts.join("\n\n");
}

/** All of them where they are few; else those with the most judgments, in the report's order. */
function mostJudged(pairs: readonly Pair[]): readonly Pair[] {
  if (pairs.length <= PAIRS_MAX) return pairs;
  const ranked = [...pairs].sort((a, b) => b.judgments - a.judgments).slice(0, PAIRS_MAX);
  return pairs.filter((pair) => ranked.includes(pair));
}

const shortened = ({ judged }: Section): string =>
  `These are the ${PAIRS_MAX} pairs with the most judgments, of ${wholeNumber(judged.length)}. All of them: --format csv or json.`;

function bars(pairs: readonly Pair[], target: string | null): string {
  const widest = Math.max(...pairs.map((pair) => widthOf(rowName(pair, target))));
  const apart = widest > BAR_NAME_MAX;
  const who = target === null ? "The first system" : target;
  const legend = wrap(`${who}: ■ won  ▒ tied  □ lost, in % of the judgments`, WIDTH);
  const lines = pairs.flatMap((pair) => {
    const name = rowName(pair, target);
    const shares = [pair.win, pair.tie, pair.loss].map((rate) => Math.round((rate.rate ?? 0) * 100));
    const bar = `${barOf(pair, WIDTH - (apart ? 0 : widest) - 16)}  ${shares.join(" / ")}`;
    return apart ? [wrap(name, WIDTH), `  ${bar}`] : [`${pad(name, widest, "right")}  ${bar}`];
  });
  return [legend, "", ...lines].join("\n");
}

function barOf(pair: Pair, width: number): string {
  const won = Math.round((pair.win.count / pair.judgments) * width);
  const wonOrTied = Math.round(((pair.win.count + pair.tie.count) / pair.judgments) * width);
  return "■".repeat(won) + "▒".repeat(wonOrTied - won) + "□".repeat(width - wonOrTied);
}

function numbers(pairs: readonly Pair[], target: string | null): string {
  const heading = ["prompts", "judgments", "won %", "tied %", "lost %", "half-tie rate"];
  return table(pairs, target, heading, (pair) => [
    wholeNumber(pair.prompts),
    wholeNumber(pair.judgments),
    ...[pair.win, pair.tie, pair.loss].map((rate) => rateText(rate, 0)),
    scoreText(pair.halfTieRate),
  ]);
}

const hasOtherwise = ({ halfTieRateByPrompt, byMajority }: Pair): boolean =>
  "value" in halfTieRateByPrompt || !("notEstimable" in byMajority);

function otherwise(pairs: readonly Pair[], target: string | null): string {
  const bothBad = pairs.some((pair) => pair.bothBad > 0);
  const heading = [
    ...(bothBad ? ["both bad"] : []),
    "mean over prompts",
    "plurality",
    "sign of sum",
    "more than half",
  ];
  const rows = table(pairs, target, heading, (pair) => [
    ...(bothBad ? [wholeNumber(pair.bothBad)] : []),
    scoreText(pair.halfTieRateByPrompt),
    ...(["plurality", "signOfSum", "moreThanHalf"] as const).map((rule) => majorityText(pair, rule)),
  ]);
  return `Half-tie rate as the mean over prompts; comparisons won / tied / lost by majority, by three rules\n${rows}`;
}

function table(
  pairs: readonly Pair[],
  target: string | null,
  heading: readonly string[],
  cells: (pair: Pair) => string[],
): string {
  const names = pairs.map((pair) => rowName(pair, target));
  const apart = names.some((name) => widthOf(name) > TABLE_NAME_MAX);
  const first = (name: string) => (apart ? "" : name);
  const aligned = alignColumns([
    [apart ? "" : "against", ...heading],
    ...pairs.map((pair, i) => [first(names[i]!), ...cells(pair)]),
  ]);
  return aligned
    .flatMap((line, i) =>
      apart && i > 0 ? [wrap(names[i - 1]!, WIDTH), `  ${line}`] : [apart ? `  ${line}` : line],
    )
    .join("\n");
}

function methods(section: Section, target: string | null): string {
  const all = section.judged.length;
  const lines = methodsOf(section, target).map(({ says, rows }) => {
    const where =
      rows.length === all ? "" : ` (${rows.length > 6 ? counted(rows.length, "pair") : rows.join(", ")})`;
    return wrap(says + where, WIDTH, "  * ");
  });
  return ["How the intervals were made", ...lines].join("\n");
}

function unjudged({ unjudged: pairs, judged }: Section, target: string | null): string {
  if (judged.length === 0) return "No judgments yet.";
  return pairs.length > 6
    ? `No judgments yet of ${counted(pairs.length, "pair")} of systems.`
    : wrap(`No judgments yet: ${pairs.map((pair) => rowName(pair, target)).join(", ")}.`, WIDTH);
}
