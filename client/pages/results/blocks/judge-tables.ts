import type { Judge, Judges } from "../../../../server/contract/report-judges.ts";
import { judges as says } from "../../../words/en/results-judges.ts";
import type { Cell, Column, DataTable, Row } from "../data-table.ts";
import { BEYOND_CHANCE_COLUMNS, beyondChanceCells } from "./beyond-chance.ts";
import { countColumn, nameColumn, scoreColumn } from "./columns.ts";
import { judgeName } from "./judge-checks.ts";

type Jury = Judges["juries"][number];

/** What most models of a group say of each pair, and what each of them does. */
export function juryTable({ pairs }: Jury): DataTable {
  return {
    name: "jury",
    caption: says.juryCaption,
    columns: [
      nameColumn("who", says.who),
      countColumn("won", says.won),
      countColumn("tied", says.tied),
      countColumn("lost", says.lost),
      scoreColumn("half_tie_rate", says.halfTieRate),
    ],
    rows: pairs.flatMap(({ system, against, byJudge, ...jury }): Row[] => [
      { about: { system, against }, ...verdictRow(says.most, jury), tone: "all" },
      ...byJudge.map(({ annotator, ...own }) => ({
        ...{ about: { system, against }, ...verdictRow(annotator, own) },
      })),
    ]),
  };
}

type Verdicts = Omit<Jury["pairs"][number]["byJudge"][number], "annotator">;

const verdictRow = (who: string, { win, tie, loss, halfTieRate }: Verdicts): Row => ({
  cells: [who, win, tie, loss, halfTieRate],
});

/** How each model of a jury agrees with most of the others. */
export function othersTable({ withOthers }: Jury): DataTable {
  return {
    name: "jury-agreement",
    caption: says.othersCaption,
    columns: [
      nameColumn("model", says.judge),
      scoreColumn("agreement", says.agreement),
      ...BEYOND_CHANCE_COLUMNS,
    ],
    rows: withOthers.map(({ annotator, agreement, beyondChance }) => ({
      cells: [annotator, agreement, ...beyondChanceCells(beyondChance)],
    })),
  };
}

type Versions = NonNullable<NonNullable<Judge["calls"]>["versions"]>;

/** What each model said that a server answered as. */
export function versionsTable(name: string, versions: Versions): DataTable {
  return {
    name: "model-versions",
    caption: says.versionsCaption(name),
    columns: [
      nameColumn("answered_as", says.answeredAs),
      countColumn("verdicts", says.verdictsColumn),
      countColumn("first", says.forFirst),
      countColumn("won", says.won),
      countColumn("tied", says.tied),
      countColumn("lost", says.lost),
    ],
    rows: versions.flatMap(({ model, verdicts, first, pairs }) =>
      pairs.map(({ system, against, win, tie, loss }): Row => {
        const cells = [model ?? says.noVersion, verdicts, first, win, tie, loss];
        return { about: { system, against }, cells };
      }),
    ),
  };
}

const moneyColumn = (key: string, label: string): Column => ({
  ...{ key, label, kind: "number", show: says.money, reasons: true },
});

/** What the verdicts of judges took, of those that were made here. */
export function callsTable(judges: readonly Judge[], all: readonly Judge[]): DataTable {
  const priced = (amount: number | null): Cell => amount ?? { notEstimable: says.noPrice };
  return {
    name: "model-calls",
    caption: says.callsCaption,
    columns: [
      nameColumn("model", says.judge),
      countColumn("runs", says.runs),
      countColumn("calls", says.callsColumn),
      countColumn("without_verdict", says.failed),
      countColumn("tokens_sent", says.read),
      countColumn("tokens_received", says.written),
      moneyColumn("dollars", says.dollars),
      moneyColumn("dollars_per_judgment", says.perJudgment),
      countColumn("talk_to_the_judge", says.flagged),
    ],
    rows: judges.flatMap((judge): Row[] => {
      const { calls } = judge;
      if (calls === null) return [];
      const failed = calls.failures.reduce((sum, { count }) => sum + count, 0);
      const money = [priced(calls.dollars), priced(calls.dollarsPerJudgment)];
      const tokens = [calls.promptTokens, calls.completionTokens];
      return [
        {
          cells: [judgeName(judge, all), calls.runs, calls.calls, failed, ...tokens, ...money, calls.flagged],
        },
      ];
    }),
  };
}
