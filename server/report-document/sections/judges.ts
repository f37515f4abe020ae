import { REASONS } from "../../contract/reasons.ts";
import type { Judge, Judges } from "../../contract/report-judges.ts";
import type { Report } from "../../contract/report.ts";
import { estimateCell, nCell, none, refused, whole, words } from "../cells.ts";
import {
  type Cell,
  guide,
  heading,
  list,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { counted } from "../numbers.ts";
import { type ShowP, shownIn } from "../shown-p.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { RATE, RATE_FIRST } from "../words.ts";
import { callParts } from "./judge-calls.ts";
import { juryParts } from "./judge-juries.ts";
import { peopleParts } from "./judge-people.ts";
import { judgeName, judgesText, judgeText } from "./judge-words.ts";

const GUIDE =
  "Whether a model that judged would give the same verdict again, what biases its verdicts, where it differs from people, and " +
  "what it cost. A flag marks a bias that would come by chance in less than 1 of 100 cases, and that is left after correction by " +
  "Holm for all models’ sides and lengths.";
const RULES: Record<Judges["orderRule"], string> = {
  agree:
    "Comparisons that a model judged in both orders count once: with the verdict that both orders give, else as a tie.",
  lean:
    "Comparisons that a model judged in both orders count once: with the verdict that both orders give; a win and a tie " +
    "make a win, opposite verdicts a tie.",
};

/**
 * Models as annotators: what their verdicts are worth, compared with those of people.
 * @param report says whether p values may be shown
 */
export function judgesSection(
  { judges, juries, orderRule }: Judges,
  report: Pick<Report, "analysis">,
): Section {
  const show = shownIn(report);
  if (judges.length === 0) return sectionOf("judges", "No model has judged.", []);
  return sectionOf("judges", judgesText(judges), [
    guide(`${GUIDE} ${RULES[orderRule]}`),
    list(judges.map((judge) => ({ text: judgeText(judge, judges), strong: judgeName(judge, judges) }))),
    heading("Order and repetition"),
    ...tablesOf(orderTables(show), judges),
    heading("Length"),
    ...tablesOf(lengthTables(show), judges),
    ...ownSystems(judges),
    ...peopleParts(judges),
    ...juryParts(juries),
    ...callParts(judges),
  ]);
}

interface JudgeTable {
  readonly key: string;
  readonly caption: string;
  readonly columns: readonly TableColumn<Judge>[];
}

const tablesOf = (tables: readonly JudgeTable[], judges: readonly Judge[]): Part[] =>
  tables.map(({ key, caption, columns }) =>
    tablePart(
      tableOf<Judge>({
        ...{ key, caption, first: "judge", rows: judges, columns },
        name: (judge) => judgeName(judge, judges),
      }),
    ),
  );

const yesOrNo = (isFlagged: boolean): Cell => words(isFlagged ? "yes" : "no");

/** A cell of the test for a favourite side, where that was made: nothing is claimed of a bias that was not tested. */
const ofSides =
  (cell: (judge: Judge) => Cell) =>
  (judge: Judge): Cell => {
    const { bothOrders, flips, firstPosition } = judge;
    if (bothOrders > 0 && flips.firstTwice + flips.secondTwice === 0) return refused(NEVER_THE_SAME_SIDE);
    return "value" in firstPosition ? cell(judge) : refused(firstPosition);
  };
const NEVER_THE_SAME_SIDE = { notEstimable: "it never took the same side in both orders" };

/** The same for length. */
const ofLength =
  (cell: (length: Judge["length"]) => Cell) =>
  ({ length }: Judge): Cell =>
    "value" in length.longerPreferred ? cell(length) : refused(length.longerPreferred);

const flipsCell =
  (kind: keyof Judge["flips"]) =>
  ({ flips, bothOrders }: Judge) =>
    bothOrders === 0 ? none(REASONS.noBothOrders) : whole(flips[kind]);

const orderTables = (show: ShowP): readonly JudgeTable[] => [
  {
    key: "judges-order",
    caption: "The same verdict in both orders, and preference for the response shown first (left)",
    columns: [
      { label: "verdicts", cell: ({ verdicts }) => whole(verdicts) },
      { label: "in both orders", cell: ({ bothOrders }) => whole(bothOrders) },
      { label: "same verdict", cell: ({ consistency }) => estimateCell(consistency) },
      { label: "first preferred", cell: ({ firstPosition }) => estimateCell(firstPosition) },
      { label: "p", cell: ofSides(({ positionP }) => show(positionP)) },
      { label: "flag", cell: ofSides(({ positionBias }) => yesOrNo(positionBias)) },
    ],
  },
  {
    key: "judges-repeats",
    caption: "Where the orders differ, and repeats",
    columns: [
      { label: "first twice", cell: flipsCell("firstTwice") },
      { label: "second twice", cell: flipsCell("secondTwice") },
      { label: "one a tie", cell: flipsCell("withTie") },
      { label: "same when repeated", cell: ({ selfConsistency }) => estimateCell(selfConsistency) },
      { label: "ties", cell: ({ ties }) => estimateCell(ties) },
    ],
  },
];

const lengthTables = (show: ShowP): readonly JudgeTable[] => [
  {
    key: "judges-length",
    caption: "How often the longer response was preferred",
    columns: [
      { label: "n", cell: ({ length }) => nCell(length.longerPreferred) },
      { label: "by the model", cell: ({ length }) => estimateCell(length.longerPreferred) },
      { label: "p", cell: ofLength(({ p }) => show(p)) },
      { label: "flag", cell: ofLength(({ prefersLength }) => yesOrNo(prefersLength)) },
    ],
  },
  {
    key: "judges-length-people",
    caption: "The same by people, on the comparisons that the model decided",
    columns: [
      { label: "n", cell: ({ length }) => nCell(length.people) },
      { label: "by people", cell: ({ length }) => estimateCell(length.people) },
      { label: "model minus people", cell: ({ length }) => estimateCell(length.difference, "signed") },
    ],
  },
];

function ownSystems(judges: readonly Judge[]): Part[] {
  type Own = Judge & { readonly ownSystem: NonNullable<Judge["ownSystem"]> };
  const own = judges.filter((judge): judge is Own => judge.ownSystem !== null);
  if (own.length === 0) return [];
  return [
    heading("A judge’s own system"),
    paragraph(
      `By its name ${counted(own.length, "judge")} judged responses of its own. The ${RATE} of that system, mean over ` +
        "prompts, by the judge and by people on the same comparisons.",
    ),
    tablePart(
      tableOf<Own>({
        ...{ key: "judges-own", caption: `${RATE_FIRST} of a judge’s own system`, first: "judge", rows: own },
        name: (judge) => judgeName(judge, judges),
        columns: [
          { label: "system", cell: ({ ownSystem }) => words(ownSystem.system), words: true },
          { label: "by the model", cell: ({ ownSystem }) => estimateCell(ownSystem.rate) },
          { label: "by people", cell: ({ ownSystem }) => estimateCell(ownSystem.people) },
          {
            label: "model minus people",
            cell: ({ ownSystem }) => estimateCell(ownSystem.difference, "signed"),
          },
        ],
      }),
    ),
  ];
}
