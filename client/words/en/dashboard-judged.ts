import type { ShownCall } from "../../../server/contract/judge-calls.ts";
import { decimal, dollars } from "../../../server/report-document/numbers.ts";
import { counted } from "./counted.ts";

type Made = Pick<ShownCall, "grade" | "preference" | "sample">;

/** The words about what models judged, on the dashboard. */
export const judged = {
  title: "Figures and verdicts",
  means:
    "What each model’s verdicts are worth, then every call with its messages as sent. These are results: a browser that has shown them is marked if somebody judges this study with it. Intervals are 95 %.",
  none: "No model has a verdict yet. Once a run has brought some, this shows whether they hold when the sides are swapped, what biases them, and what they cost.",
  again: "Refresh",
  madeElsewhere: "These verdicts were loaded from a file, so there are no calls to show.",

  consistency: "Same verdict in both orders",
  ofComparisons: (count: number) => `of ${counted(count, "comparison")}`,
  position: "Preferred the response shown first",
  length: "Preferred the longer response",
  ofDecisions: (count: number) => `of ${counted(count, "decision")}`,
  flagged: "flag: more than chance",
  constant: "flag: its verdict is always the same",
  ownSystem: "Its own system",
  noOwnSystem: "No system has its name.",
  rates: (own: string, people: string | null) =>
    people === null
      ? `half-tie rate ${own}; no people judged it`
      : `half-tie rate ${own}, by people ${people}`,
  unknown: (reason: string) => `Not known: ${reason}`,
  failures: "Failed calls",
  noFailure: "None.",
  cost: "Cost",
  noPrice: "Not known: no price was given.",
  spent: (total: number, each: number | null, atMost: number) =>
    [
      `${atMost > 0 ? "At most " : ""}${dollars(total)}`,
      ...(each === null ? [] : [`${dollars(each)} per judgment`]),
    ].join(", "),
  versions: "Answered as",
  versionsMean: (models: readonly (string | null)[]) =>
    `${models.map((model) => model ?? "no name reported").join(", ")}: the server changed the model, and the figures mix them.`,

  show: "Calls",
  states: { all: "All", answered: "With a verdict", failed: "Without a verdict" },
  noCalls: "There are none.",
  more: "More calls",
  pair: (prompt: string, turn: number) => (turn > 1 ? `${prompt}, turn ${turn}` : prompt),
  first: (preferred: string, other: string) => `${preferred}, shown first, is better than ${other}`,
  second: (preferred: string, other: string) => `${preferred}, shown second, is better than ${other}`,
  tie: (left: string, right: string) => `tie of ${left} and ${right}`,
  waiting: "no result yet",
  withoutVerdict: (kind: string) => `no verdict (${kind})`,

  asSent: "Messages as sent",
  whyNot: {
    "no hash":
      "They cannot be shown again: this version keeps a hash of what it sends, and there is none of this call.",
    "no texts": "They cannot be shown again: the responses were unloaded.",
    changed:
      "They cannot be shown again: nothing that the study has had fits their hash, so a text or the template has changed.",
  },
  hash: "SHA-256 of the messages",
  parameters: "Parameters as sent:",
  notKept: "The parameters as sent were not kept.",
  form: (form: string) => `reply asked for as ${form}`,
  refusedParameter: (name: string, value: number) => `${name}: the server’s own (${value} was refused)`,
  answeredAs: (asked: string, reported: string | null) =>
    reported === null ? `${asked}, the server named no model` : `${asked}, answered as ${reported}`,
  took: (sent: number | null, received: number | null, ms: number | null) =>
    [
      `${sent ?? "?"} tokens sent, ${received ?? "?"} received`,
      ...(ms === null ? [] : [`${(ms / 1000).toFixed(1)} s`]),
    ].join(", "),
  signs: "A response addresses its judge.",
  made: ({ grade, preference, sample }: Made) =>
    [
      ...(grade === null ? [] : [`Step ${grade}`]),
      ...(preference === null ? [] : [`preference for the first response ${decimal(preference)}`]),
      ...(sample === null
        ? []
        : [
            sample.number === null
              ? `in no verdict, which takes ${sample.of} samples`
              : `sample ${sample.number} of ${sample.of} for one verdict`,
          ]),
    ].join(", "),
  reply: "Reply",
  noReply: "No reply was kept.",
};
