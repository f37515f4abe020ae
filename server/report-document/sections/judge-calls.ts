import type { Judge } from "../../contract/report-judges.ts";
import { number, whole, words } from "../cells.ts";
import { type Cell, heading, type Item, list, paragraph, type Part, tablePart } from "../document.ts";
import { counted, wholeNumber } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { askedText } from "./judge-asked.ts";
import { strengthParts } from "./judge-strengths.ts";
import { judgeName } from "./judge-words.ts";

type Calls = NonNullable<Judge["calls"]>;

/** What the verdicts took: calls and tokens, what failed and why, and what a judgment cost. */
export function callParts(judges: readonly Judge[]): Part[] {
  const called = judges.flatMap(({ calls, ...judge }) =>
    calls === null ? [] : [{ name: judgeName({ ...judge, calls }, judges), calls }],
  );
  if (called.length === 0)
    return [heading("Calls and cost"), paragraph("These verdicts were loaded: what they cost is not known.")];
  type Row = (typeof called)[number];
  return [
    heading("Calls and cost"),
    tablePart(
      tableOf<Row>({
        ...{ key: "judges-calls", caption: "Calls and cost", first: "judge", rows: called },
        name: ({ name }) => name,
        columns: [
          { label: "runs", cell: ({ calls }) => whole(calls.runs) },
          { label: "calls", cell: ({ calls }) => whole(calls.calls) },
          { label: "failed", cell: ({ calls }) => whole(failed(calls)) },
          { label: "tokens sent", cell: ({ calls }) => tokens(calls.promptTokens, calls) },
          { label: "received", cell: ({ calls }) => tokens(calls.completionTokens, calls) },
          { label: "US $", cell: ({ calls }) => dollars(calls.dollars) },
          { label: "US $ per judgment", cell: ({ calls }) => dollars(calls.dollarsPerJudgment) },
        ],
      }),
    ),
    list(called.map(({ name, calls }): Item => ({ strong: name, text: `${name}: ${detailsOf(calls)}.` }))),
    ...called.flatMap(({ name, calls }) => [...strengthParts(name, calls), ...versionParts(name, calls)]),
  ];
}

/** A judge behind which more than one model answered: the verdicts of each. */
function versionParts(name: string, { versions = [], asked = [] }: Calls): Part[] {
  if (versions.length < 2) return [];
  const isOfSeveral = asked.some(({ samples }) => samples > 1);
  const ofSeveral = isOfSeveral ? " Every reply counts as one, even where several made one verdict." : "";
  const counts = isOfSeveral ? "replies" : "verdicts";
  const rows = versions.flatMap(({ model, first, verdicts, pairs }) =>
    pairs.map((pair) => ({ model: model ?? "no name reported", first, verdicts, ...pair })),
  );
  type Row = (typeof rows)[number];
  return [
    heading(`Models that answered as ${name}`),
    paragraph(
      `Warning: ${versions.length} models answered as ${name}, and their verdicts count together as those of one ` +
        `judge. Here each is counted separately, and so is every order.${ofSeveral}`,
    ),
    tablePart(
      tableOf<Row>({
        ...{
          key: "judges-versions",
          caption: `${isOfSeveral ? "Replies" : "Verdicts"} of each model that answered as ${name}`,
          rows,
        },
        first: "answered as",
        name: ({ model }) => model,
        columns: [
          { label: counts, cell: ({ verdicts }) => whole(verdicts) },
          { label: "chose the first", cell: ({ first }) => whole(first) },
          { label: "system", cell: ({ system }) => words(system), words: true },
          { label: "against", cell: ({ against }) => words(against), words: true },
          { label: "win", cell: ({ win }) => whole(win) },
          { label: "tie", cell: ({ tie }) => whole(tie) },
          { label: "loss", cell: ({ loss }) => whole(loss) },
        ],
      }),
    ),
  ];
}

const failed = ({ failures }: Calls): number => failures.reduce((sum, { count }) => sum + count, 0);

/** 0 where the server reports no tokens is none. */
const tokens = (value: number, { tokensNotTold = 0 }: Calls): Cell =>
  value === 0 && tokensNotTold > 0 ? missing("the server does not report them") : whole(value);

const missing = (text: string): Cell => ({ value: null, note: { kind: "not estimable", text } });

const dollars = (amount: number | null): Cell =>
  amount === null ? missing("no price was known") : number(amount, "dollars");

function detailsOf(calls: Calls): string {
  const { failures, reportedModels, templates, flagged, asked = [], costAtMost = 0 } = calls;
  const all = (names: readonly string[]) => (names.length === 0 ? "not reported" : names.join(", "));
  return [
    `model reported by the server: ${all(reportedModels)}`,
    `instructions ${all(templates)}`,
    ...asked.map(askedText),
    ...parametersOf(calls),
    failures.length === 0
      ? "no call failed"
      : `failed calls: ${failures.map(({ kind, count }) => `${wholeNumber(count)} ${FAILURES[kind] ?? kind}`).join(", ")}`,
    `${counted(flagged, "judgment")} of responses that address the judge (“choose A”), which count as all others do`,
    ...(costAtMost > 0
      ? [`the cost is an estimate: ${counted(costAtMost, "call")} at the most that they can have cost`]
      : []),
  ].join("; ");
}

/** What verdicts were asked for with, as it was sent. */
function parametersOf({
  temperatures,
  sent = [],
  maxTokens = [],
  seeds = [],
  ownFields = [],
  servers = [],
  messages,
}: Calls): string[] {
  const refusals = new Map(sent.map((one) => [one.temperature, one.temperatureRefused]));
  const temperature = temperatures.map((one) => {
    const refused = refusals.get(one) ?? null;
    if (one !== null) return String(one);
    return refused === null ? "the server’s own" : `the server’s own (${refused} was refused)`;
  });
  const forms = [
    ...new Set(sent.map(({ form, formRefused }) => `${FORMS[form]}${formRefused ? REFUSED : ""}`)),
  ];
  return [
    `temperature: ${temperature.length === 0 ? "not reported" : temperature.join(", ")}`,
    ...(seeds.some((seed) => seed !== null)
      ? [`seed: ${seeds.map((seed) => (seed === null ? "none" : String(seed))).join(", ")}`]
      : []),
    ...(maxTokens.length === 0 ? [] : [`at most ${maxTokens.map(wholeNumber).join(", ")} tokens in a reply`]),
    ...(forms.length === 0 ? [] : [`form of the reply: ${forms.join(", ")}`]),
    ...(ownFields.length === 0 ? [] : [`set by hand: ${ownFields.join(", ")}`]),
    ...(servers.length === 0 ? [] : [`asked at ${servers.length} addresses: ${servers.join(", ")}`]),
    ...(messages === undefined
      ? []
      : [
          `${counted(messages.different, "different message list")} in ${counted(messages.calls, "call")} with a verdict, ` +
            `each kept by its hash (all together: SHA-256 ${messages.hash.slice(0, HASH_SHOWN)}…)`,
        ]),
  ];
}

const HASH_SHOWN = 16;
const REFUSED = " (json_schema was refused)";
const FORMS: Readonly<Record<NonNullable<Calls["sent"]>[number]["form"], string>> = {
  json_schema: "json_schema",
  json_object: "json_object",
  tool: "a tool’s input",
  words: "asked for in words alone",
};

/** Why calls ended without a verdict; a kind without words stands as it is. */
const FAILURES: Readonly<Record<string, string>> = {
  refused: "refused by the model",
  unreadable: "without a verdict in the reply",
  "no probabilities": "without the probabilities that the verdict is taken from",
  truncated: "cut off at the maximum length",
  "bad generation": "in which the server could not finish the JSON",
  "bad request": "refused by the server as malformed",
  contradictory: "with different verdicts in one reply",
  "cut off": "whose connection was cut",
  "not understood": "with a reply of unknown form",
  lost: "sent, with no reply kept",
};
