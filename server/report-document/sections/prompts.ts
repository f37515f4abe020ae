import type { PairPrompts, PromptFigures } from "../../contract/report-prompts.ts";
import type { Report } from "../../contract/report.ts";
import { estimateCell, number, orNone, refused, whole, words } from "../cells.ts";
import {
  type Cell,
  fold,
  guide,
  type Item,
  list,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { counted, estimateText, percent, wholeNumber } from "../numbers.ts";
import { firstOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { heaviest, type TableColumn, type TableGiven, tableOf } from "../tables.ts";
import { MEANS, NO_JUDGMENTS_YET, NOT_ESTIMABLE, RATE } from "../words.ts";

type Figures = Exclude<PairPrompts["figures"], { notEstimable: string }>;

/** Pairs with a sentence and with prompts of their own in the tables: those with the most judgments. */
const PAIRS_SHOWN = 20;
/** Prompts shown where there is little room. */
const MOST_INFLUENCE = { rows: 20, are: "prompts with the most influence" };
const MOST_DIVISION = { rows: 20, are: "prompts that divide most" };

const GUIDE =
  "These prompts are chosen because of the results, so the rate without them estimates nothing, and no test is made of it. " +
  "It shows how much hangs on how few prompts. That a prompt decides is no reason to exclude it. One set of " +
  "several: another prompt pulls as much as the last of them.";

const FIGURES_GUIDE =
  "Score: the mean of the prompt’s judgments (win 1, tie ½, loss 0). Influence: the rate less the rate without the prompt. " +
  "Division: how far apart two judgments of the same comparison are, on average; 0 where all agree, 1 where one is a win " +
  "and the other a loss. Equal prompts stand in the order of their names. A prompt with few judgments may stand high by chance.";

/** A pair whose figures could be made. */
interface Made {
  readonly pair: PairPrompts;
  readonly figures: Figures;
}

const reasonsOf = (given: readonly PairPrompts[]): string[] => [
  ...new Set(given.flatMap(({ figures }) => ("notEstimable" in figures ? [figures.notEstimable] : []))),
];

/** Which prompts carry each result, and which divide people. */
export function promptsSection(given: readonly PairPrompts[], report: Report): Section {
  if (given.length === 0) return sectionOf("prompts", NO_JUDGMENTS_YET, []);
  const made = given.flatMap((pair): Made[] =>
    "notEstimable" in pair.figures ? [] : [{ pair, figures: pair.figures }],
  );
  if (made.length === 0) return sectionOf("prompts", reasonsOf(given).map(NOT_ESTIMABLE).join(" "), []);
  const target = targetOf(report);
  const shown = heaviest(made, PAIRS_SHOWN, ({ pair }) => pair.judgments).map((i) => made[i]!);
  return sectionOf("prompts", fewestText(made, target), [
    list(shown.map((one) => itemOf(one, target))),
    guide(GUIDE),
    tablePart(
      tableOf<PairPrompts>({
        ...{
          key: "prompts",
          caption: `The ${RATE}, ${MEANS[report.analysis.estimate]}, and without the prompts that decide`,
        },
        ...{ first: firstOf(target), rows: given, columns: COLUMNS, most: MOST_PAIRS, to: leadOf },
        name: (row) => rowName(row, target),
      }),
    ),
    ...listParts(shown, target),
  ]);
}

/** The pair whose result hangs on the smallest share of its prompts. */
function fewestText(made: readonly Made[], target: string | null): string {
  const decided = made.flatMap(({ pair, figures: { deciding } }) =>
    "notEstimable" in deciding ? [] : [{ pair, deciding }],
  );
  const [fewest] = decided.sort((a, b) => a.deciding.share - b.deciding.share);
  if (fewest === undefined) return "For no pair can it be shown which prompts decide.";
  const { pair, deciding } = fewest;
  const where = `${target === null ? "" : "against "}${rowName(pair, target)}`;
  const of = `${wholeNumber(deciding.prompts)} of ${counted(pair.prompts, "prompt")} (${percent(deciding.share)})`;
  return made.length === 1 ? `${of} decide ${where}.` : `The fewest prompts decide ${where}: ${of}.`;
}

/** What the prompts that decide do to the result of one pair. */
function itemOf({ pair, figures }: Made, target: string | null): Item {
  const name = rowName(pair, target);
  return {
    text: `${target === null ? "" : "Against "}${name}: ${sentencesOf(figures, pair.prompts)}`,
    ...{ strong: name, to: leadOf(pair) },
  };
}

function sentencesOf({ rate, deciding }: Figures, all: number): string {
  const start = estimateText(rate);
  if ("notEstimable" in deciding) return `${start}. No prompts decide: ${deciding.notEstimable}.`;
  const { prompts, share, until, others, without } = deciding;
  const several = others ? ", one set of several" : "";
  const left = `Without ${wholeNumber(prompts)} of ${counted(all, "prompt")} (${percent(share)}${several})`;
  if (until === "rate reaches one half") {
    const held = "low" in rate ? "its interval holds one half" : "it has no interval";
    return `${start}; ${held}. ${left} it would be at one half or beyond: ${estimateText(without)}.`;
  }
  const would = "low" in without ? "its interval would hold one half" : "it would have no interval";
  return `${start}; its interval leaves one half out. ${left} ${would}: ${estimateText(without)}.`;
}

const of =
  (cell: (figures: Figures) => Cell) =>
  ({ figures }: PairPrompts): Cell =>
    "notEstimable" in figures ? refused(figures) : cell(figures);

const ofDeciding = (cell: (deciding: Exclude<Figures["deciding"], { notEstimable: string }>) => Cell) =>
  of(({ deciding }) => ("notEstimable" in deciding ? refused(deciding) : cell(deciding)));

const COLUMNS: readonly TableColumn<PairPrompts>[] = [
  { label: "prompts", cell: ({ prompts }) => whole(prompts) },
  { label: "above ½", cell: of(({ above }) => whole(above)) },
  { label: "at ½", cell: of(({ even }) => whole(even)) },
  { label: "below ½", cell: of(({ below }) => whole(below)) },
  { label: "judged twice", cell: of(({ judgedTwice }) => whole(judgedTwice)) },
  { label: "divided", cell: of(({ divided }) => whole(divided)) },
  { label: "rate", cell: of(({ rate }) => estimateCell(rate)) },
  { label: "decide", cell: ofDeciding(({ prompts }) => whole(prompts)) },
  { label: "% of prompts", cell: ofDeciding(({ share }) => number(share, "share")) },
  { label: "rate without them", cell: ofDeciding(({ without }) => estimateCell(without)) },
];

/** A prompt of a pair. */
interface Listed extends PromptFigures {
  readonly pair: PairPrompts;
}

function listParts(pairs: readonly Made[], target: string | null): Part[] {
  const listed = (take: (figures: Figures) => readonly PromptFigures[]): Listed[] =>
    pairs.flatMap(({ pair, figures }) => take(figures).map((one) => ({ ...one, pair })));
  const byInfluence = listed((figures) => figures.byInfluence);
  const byDivision = listed((figures) => figures.byDivision);
  const named = ({ pair, prompt }: Listed) =>
    pairs.length === 1 ? prompt : `${target === null ? "" : "against "}${rowName(pair, target)}: ${prompt}`;
  const folded = (title: string, table: Pick<TableGiven<Listed>, "key" | "caption" | "rows" | "most">) =>
    fold(title, [
      tablePart(
        tableOf<Listed>({
          ...{ ...table, first: "prompt", name: named, columns: PROMPT_COLUMNS },
          to: ({ prompt, pair }) => ({ ...leadOf(pair), prompt }),
        }),
      ),
    ]);
  const influence = folded("Prompts with the most influence", {
    ...{
      key: "prompts-influence",
      caption: "Score, influence and division, by influence",
      rows: byInfluence,
    },
    most: { ...MOST_INFLUENCE, weight: (one) => Math.abs(one.influence) },
  });
  const division = folded("Prompts that divide most", {
    ...{ key: "prompts-division", caption: "Score, influence and division, by division", rows: byDivision },
    most: { ...MOST_DIVISION, weight: (one) => one.division ?? 0 },
  });
  const parts = [
    ...(byInfluence.length > 0 ? [influence] : []),
    ...(byDivision.length > 0 ? [division] : []),
  ];
  return parts.length === 0 ? [] : [guide(FIGURES_GUIDE), ...parts];
}

const NOT_DIVIDED = "none of its comparisons has two judgments";
const PROMPT_COLUMNS: readonly TableColumn<Listed>[] = [
  { label: "judgments", cell: ({ judgments }) => whole(judgments) },
  { label: "score", cell: ({ score }) => number(score) },
  { label: "influence", cell: ({ influence }) => number(influence, "signed") },
  { label: "division", cell: ({ division }) => orNone(division, NOT_DIVIDED, number) },
  { label: "decides", words: true, cell: ({ decides }) => words(decides ? "yes" : "no") },
];
