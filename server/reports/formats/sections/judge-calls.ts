import type { Judge } from "../../../contract/report-judges.ts";
import { DASH, whole } from "../cells.ts";
import { type Block, type Cell, heading, list, paragraph, tableBlock } from "../document.ts";
import { counted, wholeNumber } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { judgeName } from "./judge-words.ts";

type Calls = NonNullable<Judge["calls"]>;

/** What the verdicts took: calls and tokens, what failed and why, and what a judgment cost. */
export function callBlocks(judges: readonly Judge[]): Block[] {
  const called = judges.flatMap(({ calls, ...judge }) =>
    calls === null ? [] : [{ name: judgeName({ ...judge, calls }, judges), calls }],
  );
  if (called.length === 0)
    return [
      heading("Calls and cost"),
      paragraph("These verdicts were made elsewhere: nothing is known of calls."),
    ];
  type Row = (typeof called)[number];
  return [
    heading("Calls and cost"),
    tableBlock(
      tableOf<Row>({
        ...{ key: "judges-calls", caption: "Calls and cost", first: "judge", rows: called },
        name: ({ name }) => name,
        columns: [
          { label: "runs", cell: ({ calls }) => whole(calls.runs) },
          { label: "calls", cell: ({ calls }) => whole(calls.calls) },
          { label: "failed", cell: ({ calls }) => whole(failed(calls)) },
          { label: "tokens read", cell: ({ calls }) => whole(calls.promptTokens) },
          { label: "written", cell: ({ calls }) => whole(calls.completionTokens) },
          { label: "US $", cell: ({ calls }) => dollars(calls.dollars) },
          { label: "a judgment", cell: ({ calls }) => dollars(calls.dollarsPerJudgment) },
        ],
      }),
    ),
    list(called.map(({ name, calls }) => `${name}: ${detailsOf(calls)}.`)),
  ];
}

const failed = ({ failures }: Calls): number => failures.reduce((sum, { count }) => sum + count, 0);

/** Cents and less are told to four digits. */
const dollars = (amount: number | null): Cell => ({
  text: amount === null ? DASH : amount >= 1 || amount === 0 ? amount.toFixed(2) : amount.toPrecision(2),
  note: amount === null ? "no price was known" : null,
});

function detailsOf(calls: Calls): string {
  const { failures, reportedModels, templates, temperatures, flagged } = calls;
  const all = (names: readonly string[]) => (names.length === 0 ? "not said" : names.join(", "));
  return [
    `the servers said that they used ${all(reportedModels)}`,
    `instructions ${all(templates)}`,
    `temperature ${all(temperatures.map((one) => (one === null ? "the server’s own" : String(one))))}`,
    failures.length === 0
      ? "no call failed"
      : `failed calls: ${failures.map(({ kind, count }) => `${wholeNumber(count)} ${kind}`).join(", ")}`,
    `${counted(flagged, "judgment")} of responses that talk to the judge`,
  ].join("; ");
}
