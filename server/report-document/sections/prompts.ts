import type { PairPrompts, PromptFigures } from "../../contract/report-prompts.ts";
import type { Report } from "../../contract/report.ts";
import { estimateCell, number, refused, whole, words } from "../cells.ts";
import {
  type Cell,
  fold,
  guide,
  type Item,
  list,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { counted, estimateText, percent, wholeNumber } from "../numbers.ts";
import { firstOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { heaviest, type TableColumn, tableOf } from "../tables.ts";
import { MEANS, NO_JUDGMENTS_YET, RATE } from "../words.ts";

type Figures = Exclude<PairPrompts["figures"], { notEstimable: string }>;

/** Pairs with a sentence and with prompts of their own in the tables: those with the most judgments. */
const PAIRS_SHOWN = 20;
/** Prompts shown where there is little room. */
const PROMPTS_SHOWN = 20;

const GUIDE =
  "These prompts are chosen because of the results, so the rate without them estimates nothing, and no test is made of it. " +
  "It shows how much hangs on how few prompts. That a prompt is among them is no reason to leave it out.";

const FIGURES_GUIDE =
  "Score: the mean of the prompt’s judgments (win 1, tie ½, loss 0). Influence: the rate less the rate without the prompt. " +
  "Division: how far apart two judgments of the same comparison are, on average; 0 where all agree, 1 where one is a win " +
  "and the other a loss. Equal prompts stand in the order of their names. A prompt with few judgments may stand high by chance.";

/** Which prompts carry each result, and which divide people. */
export function promptsSection(given: readonly PairPrompts[], report: Report): Section {
  if (given.length === 0) return sectionOf("prompts", [paragraph(NO_JUDGMENTS_YET)]);
  const target = targetOf(report);
  const shown = heaviest(given, PAIRS_SHOWN, MOST_PAIRS.weight).map((i) => given[i]!);
  return sectionOf("prompts", [
    list(shown.map((pair) => itemOf(pair, target))),
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

/** What the prompts that decide do to the result of one pair. */
function itemOf(pair: PairPrompts, target: string | null): Item {
  const name = rowName(pair, target);
  const { figures } = pair;
  const text =
    "notEstimable" in figures ? `Not estimable: ${figures.notEstimable}.` : sentenceOf(figures, pair.prompts);
  return { text: `${target === null ? "" : "Against "}${name}: ${text}`, strong: name, to: leadOf(pair) };
}

function sentenceOf({ rate, deciding }: Figures, all: number): string {
  const start = `the rate is ${estimateText(rate)}`;
  if ("notEstimable" in deciding) return `${start}. No prompts decide: ${deciding.notEstimable}.`;
  const { prompts, share, until, others, without } = deciding;
  const set = `without ${wholeNumber(prompts)} of ${counted(all, "prompt")} (${percent(share)})`;
  const rest = `${set} it is ${estimateText(without)}`;
  const has = "low" in rate ? "its interval holds one half" : "it has no interval";
  const what =
    until === "rate reaches one half"
      ? `and ${has}; ${rest}, at one half or on its other side`
      : `and its interval leaves one half out; ${rest}${"low" in without ? ", and the interval holds one half" : ""}`;
  const several = others
    ? " Other prompts pull as much as the last of these: the set is one of several."
    : "";
  return `${start}, ${what}.${several}`;
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
  { label: "prompts that decide", cell: ofDeciding(({ prompts }) => whole(prompts)) },
  { label: "% of prompts", cell: ofDeciding(({ share }) => number(share, "share")) },
  { label: "rate without them", cell: ofDeciding(({ without }) => estimateCell(without)) },
];

/** A prompt of a pair. */
interface Listed extends PromptFigures {
  readonly pair: PairPrompts;
}

function listParts(pairs: readonly PairPrompts[], target: string | null): Part[] {
  const listed = (take: (figures: Figures) => readonly PromptFigures[]): Listed[] =>
    pairs.flatMap((pair) =>
      "notEstimable" in pair.figures ? [] : take(pair.figures).map((one) => ({ ...one, pair })),
    );
  const byInfluence = listed((figures) => figures.byInfluence);
  const byDivision = listed((figures) => figures.byDivision);
  const isOnePair = pairs.length === 1;
  const tableFor = (key: string, are: string, rows: Listed[], weight: (one: Listed) => number) =>
    fold(`P${are.slice(1)}`, [
      tablePart(
        tableOf<Listed>({
          ...{ key, caption: `P${are.slice(1)}`, first: "prompt", rows },
          name: ({ prompt, pair }) =>
            isOnePair ? prompt : `${target === null ? "" : "against "}${rowName(pair, target)}: ${prompt}`,
          to: ({ prompt, pair }) => ({ ...leadOf(pair), prompt }),
          columns: PROMPT_COLUMNS,
          most: { rows: PROMPTS_SHOWN, are, weight },
        }),
      ),
    ]);
  if (byInfluence.length + byDivision.length === 0) return [];
  return [
    guide(FIGURES_GUIDE),
    ...(byInfluence.length > 0
      ? [
          tableFor("prompts-influence", "prompts with the most influence", byInfluence, ({ influence }) =>
            Math.abs(influence),
          ),
        ]
      : []),
    ...(byDivision.length > 0
      ? [
          tableFor(
            "prompts-division",
            "prompts that divide most",
            byDivision,
            ({ division }) => division ?? 0,
          ),
        ]
      : []),
  ];
}

const PROMPT_COLUMNS: readonly TableColumn<Listed>[] = [
  { label: "judgments", cell: ({ judgments }) => whole(judgments) },
  { label: "score", cell: ({ score }) => number(score) },
  { label: "influence", cell: ({ influence }) => number(influence, "signed") },
  { label: "division", cell: ({ division }) => number(division) },
  { label: "decides", words: true, cell: ({ decides }) => words(decides ? "yes" : null) },
];
