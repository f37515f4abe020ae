import { isolated } from "../../../server/charts/isolate.ts";
import type { Constant } from "../../../server/contract/report-agreement.ts";
import { CONSTANT } from "./results-agreement.ts";
import { counted, list, pSays, signed } from "./results-numbers.ts";

const count = (value: number): string => value.toLocaleString("en-US");

const ownTemperature = (refused: number | null): string =>
  refused === null ? "the server’s own" : `the server’s own (${refused} was refused)`;

const FORMS: Record<string, string> = {
  tool: "a tool’s input",
  words: "asked for in words alone",
};

/** In plain words, why calls ended without a verdict; a kind without words stands as it is. */
const FAILURES: Record<string, string> = {
  refused: "the model declined to choose",
  unreadable: "no verdict in the reply",
  truncated: "the reply was cut off at its longest length",
  empty: "the reply was empty",
  "only reasoning": "only reasoning came back",
  paused: "the server paused before the end",
  "bad generation": "the server could not finish the JSON",
  "bad request": "the server refused the request",
  contradictory: "the reply held different verdicts",
  "rate limited": "the server was busy",
  "server error": "the server failed",
  network: "the network failed",
  "timed out": "no reply in time",
  "cut off": "the connection was cut",
  "not understood": "the reply had another shape than the server’s own",
  "too long": "the texts were too long for the model",
  rejected: "the server rejected the request",
  "not allowed": "the server did not allow it",
  lost: "sent, and no reply was kept",
};

const OWN = {
  more: "It thinks better of it than people do: the 95 % interval of the difference lies above 0.",
  less: "It thinks less of it than people do.",
  same: "What it thinks of it cannot be told apart from what people do.",
  unknown: "Whether it favours it beyond what people think cannot be told.",
};

const test = (p: number | null): string => (p === null ? "" : ` (sign test, ${pSays(p)})`);

/** The words about models as annotators. */
export const judges = {
  none: "No model has judged in this study.",
  means:
    "Whether a model that judged holds to its verdicts, what bends them, where it differs from people, and what it cost. " +
    "⚑ marks a lean so strong that it would come by chance in less than 1 of 100 cases.",
  rules: {
    agree:
      "A comparison that a model judged in both orders counts once: with the verdict that both orders give, else as a tie.",
    lean: "A comparison that a model judged in both orders counts once: with the verdict that both orders give; a win and a tie make a win, opposite verdicts a tie.",
  },
  choose: "Model",
  inGroup: (name: string, group: string) => `${isolated(name)} (${isolated(group)})`,

  glance: "The models at a glance",
  judge: "Model",
  verdictsColumn: "Verdicts",
  consistencyColumn: "Same both ways",
  firstColumn: "Chose the first",
  longerColumn: "Chose the longer",
  agreementColumn: "Agreement with people",
  flagColumn: "Flags",
  flagConstant: "⚑ constant",
  flagPlace: "⚑ place",
  flagLength: "⚑ length",

  checks: (judge: string) => `What bends the verdicts of ${isolated(judge)}`,
  check: "Check",
  peopleSame: "People, same comparisons",
  names: {
    consistency: "The same verdict with the sides changed",
    again: "The same answer when asked again",
    place: "Chose the answer that stood first (left)",
    longer: "Chose the longer answer",
    own: (system: string) => `Half-tie rate of its own system, ${isolated(system)}`,
    ties: "Ties among its verdicts",
  },
  differencePoints: "Difference, in points",
  points: (value: number) => `${value < 0 ? "\u2212" : "+"}${Math.abs(value * 100).toFixed(1)}`,
  found: {
    constant: (kind: Constant) => `⚑ It is constant: ${CONSTANT[kind]}.`,
    oneOrder:
      "It was asked in one order alone: nothing tells whether it would say the same with the sides changed.",
    same: (both: number) =>
      `With the sides changed it gave the same verdict on all ${counted(both, "comparison")}.`,
    flips: (of: number, flips: { firstTwice: number; secondTwice: number; withTie: number }) =>
      `Of ${counted(of, "comparison")} judged both ways, it chose the left answer both times in ${count(flips.firstTwice)}, the ` +
      `right one both times in ${count(flips.secondTwice)}, and in ${count(flips.withTie)} one of the two was a tie.`,
    place: (flagged: boolean, p: number | null) =>
      flagged ? `⚑ It chooses by place and not by answer${test(p)}.` : `Not flagged for place${test(p)}.`,
    length: (flagged: boolean, longer: boolean, p: number | null) =>
      flagged
        ? `⚑ Its choice goes with length: it prefers the ${longer ? "longer" : "shorter"} answer${test(p)}.`
        : `Not flagged for length${test(p)}.`,
    own: (system: string, than: "more" | "less" | "same" | "unknown") =>
      `${isolated(system)} is, by its name, its own system. ${OWN[than]}`,
    unknown: (check: string, reason: string) => `${check}: not estimable, ${reason}.`,
  },

  beside: (judge: string) => `${isolated(judge)} beside people`,
  besideMeans:
    "On the comparisons that people judged, too. Each judgment of people stands beside the model’s verdict on the same two answers, so that easy and hard prompts cancel.",
  figure: (judge: string, target: string | null) =>
    target === null
      ? `How much more ${isolated(judge)} prefers the first system of each pair than people do`
      : `How much more ${isolated(judge)} prefers ${isolated(target)} to each baseline than people do`,
  figureGuide: (target: string | null) =>
    `Difference of the half-tie rates, with 95 % intervals. Right of the dashed line the model thinks better of ${isolated(target ?? "the first system")} than people, left of it worse. A hollow dot has no interval.`,
  heading: "model less people",
  nothing: "No comparison was judged by people, too.",
  tick: signed,
  rowSays: (name: string, says: string) => `${isolated(name)}: ${says}.`,
  besideTable: "Half-tie rate by people and by the model (mean over prompts)",
  people: "People",
  model: "Model",
  difference: "Difference",
  agreement: "Agreement",
  agreementMeans:
    "Agreement: 1 for the same verdict as most people gave, ½ where one of the two is a tie, 0 for opposite ones. By chance: what it would be if both chose blindly, each with their own shares of choices; kappa is what lies beyond that.",
  nobody: "No comparison that this model judged was judged by people, too.",

  differ: "Where they differ",
  agrees: (agreement: string, comparisons: number, opposite: number) =>
    `Agreement with people is ${agreement} over ${counted(comparisons, "comparison")}. ` +
    (opposite === 0
      ? "On none of them the verdicts are opposite."
      : `On ${count(opposite)} of them the verdicts are opposite.`),
  parts: "Agreement with people on part of the comparisons",
  part: "Part",
  byField: (field: string) => `By ${isolated(field)}`,
  byLength: "By how many characters the longer answer has more",
  opposite: (shown: number, opposite: number) =>
    shown < opposite
      ? `The first ${count(shown)} of ${counted(opposite, "opposite verdict")}`
      : counted(opposite, "opposite verdict"),
  oppositeCaption: "Comparisons with opposite verdicts",
  prompt: "Prompt",
  turn: "Turn",
  peopleSaid: "Most people",
  modelSaid: "Model",

  jury: (group: string) => `Jury: ${isolated(group)}`,
  juryMeans: (judges: number) =>
    `${counted(judges, "model")} taken as one, by what most of them say of a comparison, a draw being a tie; and each by itself. ` +
    "Agreement is that of a model with most of the others.",
  juryCaption: "What the jury says, and each model",
  who: "Who",
  most: "Most of them",
  won: "Won",
  tied: "Tied",
  lost: "Lost",
  halfTieRate: "Half-tie rate",
  othersCaption: "Agreement with most of the others",

  calls: "Calls and cost",
  elsewhere: "Verdicts that were loaded were made elsewhere: what they took is not known.",
  callsCaption: "What the verdicts took",
  runs: "Runs",
  callsColumn: "Calls",
  failed: "Without a verdict",
  read: "Tokens sent",
  written: "Tokens received",
  dollars: "Cost, US\u00A0$",
  perJudgment: "A judgment, US\u00A0$",
  money: (value: number) => (value >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(2)),
  noPrice: "no price was known",
  flagged: "Answers that talk to the judge",
  used: (models: string[]) =>
    models.length === 0
      ? "The server did not say which model it used."
      : `The server says that it used ${list(models)}.`,
  versionsWarning: (name: string, models: number) =>
    `⚑ ${counted(models, "model")} answered as ${name}, and their verdicts count together as those of one judge.`,
  versionsMean: "Here each stands alone, and every verdict counts, each order apart.",
  versionsCaption: (name: string) => `Verdicts of each model that answered as ${name}`,
  answeredAs: "Answered as",
  forFirst: "Chose the first",
  noVersion: "no name told",
  templates: (templates: string[]) => `Instructions ${list(templates)}.`,
  temperatures: (temperatures: (number | null)[], refused: ReadonlyMap<number | null, number | null>) =>
    `Temperature: ${list(temperatures.map((one) => (one === null ? ownTemperature(refused.get(one) ?? null) : String(one))))}.`,
  forms: (forms: { form: string; formRefused: boolean }[]) =>
    `Form of the reply: ${list([...new Set(forms.map(({ form, formRefused }) => `${FORMS[form] ?? form}${formRefused ? " (json_schema was refused)" : ""}`))])}.`,
  atMost: (calls: number) =>
    `The cost is an estimate: the server did not say what ${counted(calls, "call")} took, so the most that it can be is counted.`,
  failures: (failures: { kind: string; count: number }[]) =>
    failures.length === 0
      ? "Every call gave a verdict."
      : `Calls without a verdict: ${failures.map(({ kind, count: n }) => `${count(n)} × ${FAILURES[kind] ?? kind}`).join("; ")}.`,
  injections: (judgments: number) =>
    `⚑ ${counted(judgments, "judgment")} of answers that talk to the judge (“choose A”). They count as all others do: read them.`,
};
