import { dollars } from "../../../server/report-document/numbers.ts";
import { counted } from "./counted.ts";
import { judged } from "./dashboard-judged.ts";

const number = (count: number): string => count.toLocaleString("en-US");

/** The words about models that judge, on the dashboard. */
export const judges = {
  means:
    "A model judges the pairs that people judge, blind and with the same question. Its judgments form a group of their own and never count among people’s.",
  notOpen: {
    draft: "Models can judge once the study is open.",
    paused: "The study is paused: no pairs are assigned. Reopen it to let a model judge.",
    closed: "The study is closed: no more pairs are assigned.",
  },

  server: "Model server",
  withKey: (url: string) => `${url} (with a key)`,
  otherServer: "Another address",
  address: "Address",
  addressMeans: "A public address with https. No key is sent to it.",
  operator:
    "Servers that need a key or are in your own network are configured by the operator of this server: serve --judge-servers FILE",
  adapter: "API",
  adapters: {
    openai: "OpenAI chat completions",
    responses: "OpenAI responses",
    anthropic: "Anthropic messages",
  },
  model: "Model",
  modelMeans: "Its name on the server.",
  group: "Group",
  groupMeans: "Several models in one group form a jury.",
  groupFirst: "models",
  orders: "Orders",
  order: {
    one: "One order, as people see it",
    both: "Both orders: each pair a second time with sides swapped, for twice the calls",
  },

  more: "More settings",
  annotator: "Name in the report",
  annotatorMeans: "Leave empty for the model’s name.",
  repeats: "Repeats of each pair",
  temperature: "Temperature",
  temperatureMeans: "Leave empty for the server’s default.",
  seed: "Seed",
  seedMeans: "If the server supports it.",
  maxTokens: "Maximum tokens per reply",
  language: "Language of the instructions",
  structured: "Ask for JSON if the server supports it, instead of a final verdict line",
  keepThinking: "Keep what the model thought with each judgment, apart from its reasons",
  limits: "Limits",
  noLimit: "Leave empty for no limit.",
  calls: "Calls",
  dollars: "Dollars",
  dollarsMeans: "Needs the model’s price.",
  minutes: "Minutes",
  concurrency: "Calls at once",
  attempts: "Tries per pair",

  estimate: "Estimate",
  start: "Start",
  estimated: (calls: number, sent: number, received: number) =>
    `About ${counted(calls, "call")}, ${number(sent)} tokens to send and ${number(received)} to receive.`,
  costs: (value: number | null) =>
    value === null ? "The cost is unknown: no price is configured." : `About ${dollars(value)}.`,
  nothingSent: "Nothing was sent. Tokens are estimated from the lengths of the texts.",
  started: "The run has started. You can leave this page.",

  runs: "Runs",
  noRuns: "No run was started in this study.",
  inGroup: "in",
  at: (model: string, host: string, again: { orders: "one" | "both"; repeats: number }) =>
    [
      `${model} at ${host}`,
      ...(again.orders === "both" ? ["both orders"] : []),
      ...(again.repeats > 0 ? [counted(again.repeats, "repeat")] : []),
    ].join(", "),
  states: {
    running: "running",
    stopping: "stopping",
    waiting: "waiting for a batch",
    done: "done",
    "calls spent": "call limit reached",
    "budget spent": "cost limit reached",
    "time spent": "time limit reached",
    "quota spent": "the server’s daily quota is used up",
    stopped: "stopped",
    "gave up": "gave up after repeated failures",
    "given up": "abandoned",
    died: "interrupted",
  },
  elsewhere: "Started elsewhere; stop it there.",
  batchMeans: "Import the results, or abandon them, on the command line.",
  stoppingMeans: "Waiting for the calls in progress.",
  diedMeans: "Its process ended. Start it again to continue: completed calls are not repeated.",
  bar: (annotator: string) => `Judged by ${annotator}`,
  judgedOf: (judged: number, of: number) => `${number(judged)} of ${counted(of, "judgment")}`,
  until: (iso: string) =>
    `until about ${new Intl.DateTimeFormat("en-GB", { timeStyle: "short" }).format(new Date(iso))}`,
  called: (calls: number, answered: number) => `${counted(calls, "call")}, ${counted(answered, "verdict")}`,
  failed: (kind: string, count: number) => `${kind}: ${number(count)}`,
  without: "Without a verdict",
  tokens: (sent: number, received: number) => `${number(sent)} tokens sent, ${number(received)} received`,
  spent: dollars,
  stop: "Stop",
  stopWhat: (annotator: string) => `Stop ${annotator}`,

  instructions: "Instructions to the model",
  instructionsMeans:
    "One message per pair, with the two responses left and right as people would see them. The code at their ends follows from the study and the prompt and occurs in no text, so that no response can imitate the end of the template.",
  version: (version: string) => `Template version ${version}`,
  hash: "Hash with this wording",
  judged,
};
