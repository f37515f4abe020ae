import type { Judge, Judges } from "../../contract/report-judges.ts";
import { estimateCell, nCell, pCell, whole, words } from "../cells.ts";
import {
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
import { type TableColumn, tableOf } from "../tables.ts";
import { RATE, RATE_FIRST } from "../words.ts";
import { callParts } from "./judge-calls.ts";
import { juryParts } from "./judge-juries.ts";
import { peopleParts } from "./judge-people.ts";
import { judgeName, judgeText } from "./judge-words.ts";

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

/** Models as annotators: what their verdicts are worth, compared with those of people. */
export function judgesSection({ judges, juries, orderRule }: Judges): Section {
  if (judges.length === 0) return sectionOf("judges", [paragraph("No model has judged.")]);
  return sectionOf("judges", [
    guide(`${GUIDE} ${RULES[orderRule]}`),
    list(judges.map((judge) => ({ text: judgeText(judge, judges), strong: judgeName(judge, judges) }))),
    heading("Order and repetition"),
    ...tablesOf(ORDER_TABLES, judges),
    heading("Length"),
    ...tablesOf(LENGTH_TABLES, judges),
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

/** Nothing is claimed of a bias that was not tested. */
const flag = (isFlagged: boolean, p: number | null) => words(p === null ? null : isFlagged ? "yes" : "no");

const flipsCell =
  (kind: keyof Judge["flips"]) =>
  ({ flips, bothOrders }: Judge) =>
    whole(bothOrders === 0 ? null : flips[kind]);

const ORDER_TABLES: readonly JudgeTable[] = [
  {
    key: "judges-order",
    caption: "The same verdict in both orders, and preference for the response shown first (left)",
    columns: [
      { label: "verdicts", cell: ({ verdicts }) => whole(verdicts) },
      { label: "in both orders", cell: ({ bothOrders }) => whole(bothOrders) },
      { label: "same verdict", cell: ({ consistency }) => estimateCell(consistency) },
      { label: "first preferred", cell: ({ firstPosition }) => estimateCell(firstPosition) },
      { label: "p", cell: ({ positionP }) => pCell(positionP) },
      { label: "flag", cell: ({ positionBias, positionP }) => flag(positionBias, positionP) },
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

const LENGTH_TABLES: readonly JudgeTable[] = [
  {
    key: "judges-length",
    caption: "How often the longer response was preferred",
    columns: [
      { label: "n", cell: ({ length }) => nCell(length.longerPreferred) },
      { label: "by the model", cell: ({ length }) => estimateCell(length.longerPreferred) },
      { label: "p", cell: ({ length }) => pCell(length.p) },
      { label: "flag", cell: ({ length }) => flag(length.prefersLength, length.p) },
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
