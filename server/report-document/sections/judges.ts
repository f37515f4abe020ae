import type { FullReport } from "../../contract/report.ts";
import type { Judge, Judges } from "../../contract/report-judges.ts";
import { DASH, estimateCell, pCell, whole } from "../cells.ts";
import { type Block, type DocumentSection, heading, list, paragraph, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { targetOf } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { callBlocks } from "./judge-calls.ts";
import { juryBlocks } from "./judge-juries.ts";
import { besideBlocks } from "./judge-people.ts";
import { judgeName, judgeSays } from "./judge-words.ts";

const GUIDE =
  "Whether a model that judged would say the same again, what bends its verdicts, where it differs from people, and " +
  "what it cost. A flag stands where so strong a lean would come by chance in less than 1 of 100 cases.";
const RULES: Record<Judges["orderRule"], string> = {
  agree:
    "Comparisons that a model judged in both orders count once: with the verdict that both orders give, else as a tie.",
  lean:
    "Comparisons that a model judged in both orders count once: with the verdict that both orders give; a win and a tie " +
    "make a win, opposite verdicts a tie.",
};

/** Models as annotators: what their verdicts are worth, beside those of people. */
export function judgesSection(report: FullReport): DocumentSection {
  const { judges, juries, orderRule } = report.judges;
  return {
    key: "judges",
    title: "Models as annotators",
    blocks:
      judges.length === 0
        ? [paragraph("No model has judged.")]
        : [
            paragraph(`${GUIDE} ${RULES[orderRule]}`),
            list(judges.map((judge) => judgeSays(judge, judges))),
            heading("Order and repetition"),
            ...tablesOf(ORDER_TABLES, judges),
            heading("Length"),
            ...tablesOf(LENGTH_TABLES, judges),
            ...ownSystems(judges),
            ...besideBlocks(judges, targetOf(report)),
            ...juryBlocks(juries, targetOf(report)),
            ...callBlocks(judges),
          ],
  };
}

interface JudgeTable {
  readonly key: string;
  readonly caption: string;
  readonly columns: readonly TableColumn<Judge>[];
}

const tablesOf = (tables: readonly JudgeTable[], judges: readonly Judge[]): Block[] =>
  tables.map(({ key, caption, columns }) =>
    tableBlock(
      tableOf<Judge>({
        ...{ key, caption, first: "judge", rows: judges, columns },
        name: (judge) => judgeName(judge, judges),
      }),
    ),
  );

const flag = (isFlagged: boolean) => ({ text: isFlagged ? "yes" : "no" });
const nOf = (estimate: object) => ("n" in estimate ? whole(estimate.n as number) : { text: DASH });

const flipsCell =
  (kind: keyof Judge["flips"]) =>
  ({ flips, bothOrders }: Judge) =>
    bothOrders === 0 ? { text: DASH } : whole(flips[kind]);

const ORDER_TABLES: readonly JudgeTable[] = [
  {
    key: "judges-order",
    caption: "The same verdict in both orders, and a lean to the one that stands first (left)",
    columns: [
      { label: "verdicts", cell: ({ verdicts }) => whole(verdicts) },
      { label: "in both orders", cell: ({ bothOrders }) => whole(bothOrders) },
      { label: "same verdict", cell: ({ consistency }) => estimateCell(consistency) },
      { label: "first preferred", cell: ({ firstPosition }) => estimateCell(firstPosition) },
      { label: "p", cell: ({ positionP }) => pCell(positionP) },
      { label: "flag", cell: ({ positionBias }) => flag(positionBias) },
    ],
  },
  {
    key: "judges-repeats",
    caption: "Where the orders differ, and what repeats say",
    columns: [
      { label: "first twice", cell: flipsCell("firstTwice") },
      { label: "second twice", cell: flipsCell("secondTwice") },
      { label: "one a tie", cell: flipsCell("withTie") },
      { label: "same when asked again", cell: ({ selfConsistency }) => estimateCell(selfConsistency) },
      { label: "ties", cell: ({ ties }) => estimateCell(ties) },
    ],
  },
];

const LENGTH_TABLES: readonly JudgeTable[] = [
  {
    key: "judges-length",
    caption: "How often the longer response was preferred",
    columns: [
      { label: "n", cell: ({ length }) => nOf(length.longerPreferred) },
      { label: "by the model", cell: ({ length }) => estimateCell(length.longerPreferred) },
      { label: "p", cell: ({ length }) => pCell(length.p) },
      { label: "flag", cell: ({ length }) => flag(length.prefersLength) },
    ],
  },
  {
    key: "judges-length-people",
    caption: "The same by people, on the comparisons that the model decided",
    columns: [
      { label: "n", cell: ({ length }) => nOf(length.people) },
      { label: "by people", cell: ({ length }) => estimateCell(length.people) },
      { label: "model less people", cell: ({ length }) => estimateCell(length.difference) },
    ],
  },
];

function ownSystems(judges: readonly Judge[]): Block[] {
  const own = judges.filter(({ ownSystem }) => ownSystem !== null);
  if (own.length === 0) return [];
  type Own = NonNullable<Judge["ownSystem"]>;
  const cell =
    (of: (own: Own) => Own["rate"]) =>
    ({ ownSystem }: Judge) =>
      ownSystem === null ? { text: "" } : estimateCell(of(ownSystem));
  return [
    heading("A judge’s own system"),
    paragraph(
      `By its name ${counted(own.length, "judge")} judged responses of its own. Half-tie rate of that system, mean over ` +
        "prompts, by the judge and by people on the same comparisons.",
    ),
    tableBlock(
      tableOf<Judge>({
        ...{ key: "judges-own", caption: "Half-tie rate of a judge’s own system", first: "judge", rows: own },
        name: (judge) => judgeName(judge, judges),
        columns: [
          { label: "system", cell: ({ ownSystem }) => ({ text: ownSystem?.system ?? "" }) },
          { label: "by the model", cell: cell(({ rate }) => rate) },
          { label: "by people", cell: cell(({ people }) => people) },
          { label: "difference", cell: cell(({ difference }) => difference) },
        ],
      }),
    ),
  ];
}
