import type { Judge } from "../../contract/report-judges.ts";
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
          { label: "tokens read", cell: ({ calls }) => tokens(calls.promptTokens, calls) },
          { label: "written", cell: ({ calls }) => tokens(calls.completionTokens, calls) },
          { label: "US $", cell: ({ calls }) => dollars(calls.dollars) },
          { label: "a judgment", cell: ({ calls }) => dollars(calls.dollarsPerJudgment) },
        ],
      }),
    ),
    list(called.map(({ name, calls }) => `${name}: ${detailsOf(calls)}.`)),
    ...called.flatMap(({ name, calls }) => versionBlocks(name, calls)),
  ];
}

/** A judge behind which more than one model answered: what each of them said. */
function versionBlocks(name: string, { versions = [] }: Calls): Block[] {
  if (versions.length < 2) return [];
  const rows = versions.flatMap(({ model, first, verdicts, pairs }) =>
    pairs.map((pair) => ({ model: model ?? "no name told", first, verdicts, ...pair })),
  );
  type Row = (typeof rows)[number];
  return [
    heading(`Models that answered as ${name}`),
    paragraph(
      `Warning: ${versions.length} models answered as ${name}, and their verdicts count together as those of one ` +
        "judge. Here each stands alone, and every verdict counts, each order apart.",
    ),
    tableBlock(
      tableOf<Row>({
        ...{ key: "judges-versions", caption: `Verdicts of each model that answered as ${name}`, rows },
        first: "answered as",
        name: ({ model }) => model,
        columns: [
          { label: "verdicts", cell: ({ verdicts }) => whole(verdicts) },
          { label: "chose the first", cell: ({ first }) => whole(first) },
          { label: "system", cell: ({ system }) => ({ text: system, note: null }) },
          { label: "against", cell: ({ against }) => ({ text: against, note: null }) },
          { label: "win", cell: ({ win }) => whole(win) },
          { label: "tie", cell: ({ tie }) => whole(tie) },
          { label: "loss", cell: ({ loss }) => whole(loss) },
        ],
      }),
    ),
  ];
}

const failed = ({ failures }: Calls): number => failures.reduce((sum, { count }) => sum + count, 0);

/** 0 where the server tells no tokens is none. */
const tokens = (value: number, { tokensNotTold = 0 }: Calls): Cell =>
  value === 0 && tokensNotTold > 0 ? { text: DASH, note: "the server does not tell" } : whole(value);

/** Cents and less are told to four digits. */
const dollars = (amount: number | null): Cell => ({
  text: amount === null ? DASH : amount >= 1 || amount === 0 ? amount.toFixed(2) : amount.toPrecision(2),
  note: amount === null ? "no price was known" : null,
});

function detailsOf(calls: Calls): string {
  const { failures, reportedModels, templates, flagged, costAtMost = 0 } = calls;
  const all = (names: readonly string[]) => (names.length === 0 ? "not said" : names.join(", "));
  return [
    `the servers said that they used ${all(reportedModels)}`,
    `instructions ${all(templates)}`,
    ...parametersOf(calls),
    failures.length === 0
      ? "no call failed"
      : `failed calls: ${failures.map(({ kind, count }) => `${wholeNumber(count)} ${kind}`).join(", ")}`,
    `${counted(flagged, "judgment")} of responses that talk to the judge`,
    ...(costAtMost > 0
      ? [`the cost is an estimate: ${counted(costAtMost, "call")} at the most that they may have cost`]
      : []),
  ].join("; ");
}

/** What verdicts were asked for with, as it was sent. */
function parametersOf({ temperatures, sent = [] }: Calls): string[] {
  const refusals = new Map(sent.map((one) => [one.temperature, one.temperatureRefused]));
  const said = temperatures.map((one) => {
    const refused = refusals.get(one) ?? null;
    if (one !== null) return String(one);
    return refused === null ? "the server’s own" : `the server’s own (${refused} was refused)`;
  });
  const forms = [
    ...new Set(sent.map(({ form, formRefused }) => `${FORMS[form]}${formRefused ? REFUSED : ""}`)),
  ];
  return [
    `temperature: ${said.length === 0 ? "not said" : said.join(", ")}`,
    ...(forms.length === 0 ? [] : [`form of the reply: ${forms.join(", ")}`]),
  ];
}

const REFUSED = " (json_schema was refused)";
const FORMS: Readonly<Record<NonNullable<Calls["sent"]>[number]["form"], string>> = {
  json_schema: "json_schema",
  json_object: "json_object",
  tool: "a tool’s input",
  words: "asked for in words alone",
};
