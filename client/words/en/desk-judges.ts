import { counted } from "../../../server/report-document/numbers.ts";

const number = (count: number): string => count.toLocaleString("en-US");
const dollars = (value: number): string => `$${value.toFixed(value < 0.995 ? 4 : 2)}`;

/** The words about models that judge, on the researcher's desk. */
export const judges = {
  means:
    "A model judges what people judge: the same question and options, without the systems’ names. Its judgments stand in a group of their own and never count among people.",
  notOpen: {
    draft: "Models judge once the study is open.",
    paused: "The study is paused: nothing is handed out. Open it again to let a model judge.",
    closed: "The study is closed: nothing is handed out any more.",
  },

  server: "Model server",
  withKey: (url: string) => `${url} (with a key)`,
  otherServer: "Another address",
  address: "Address",
  addressMeans: "A public one over https. No key is sent to it.",
  operator:
    "Servers that need a key, or are in your own network, are named by whoever runs this server: serve --judge-servers FILE",
  adapter: "Speaks as",
  adapters: { openai: "OpenAI chat completions", anthropic: "Anthropic messages" },
  model: "Model",
  modelMeans: "As its server calls it.",
  group: "Group",
  groupMeans: "Several models in one group are a jury.",
  groupFirst: "models",
  orders: "Orders",
  order: {
    one: "One order, as people get it",
    both: "Both orders: each pair again with its sides changed, for twice the calls",
  },

  more: "More settings",
  annotator: "Name in the report",
  annotatorMeans: "The model, if left empty.",
  repeats: "Repeats of each pair",
  temperature: "Temperature",
  temperatureMeans: "Empty: as the server has it.",
  seed: "Seed",
  seedMeans: "Where the server knows one.",
  maxTokens: "Longest reply, in tokens",
  language: "Wording",
  structured: "Ask for JSON where the server has it, and not for a last line",
  limits: "Limits",
  noLimit: "Empty: no limit.",
  calls: "Calls",
  dollars: "Dollars",
  dollarsMeans: "Needs the model’s price.",
  minutes: "Minutes",
  concurrency: "Calls at once",
  attempts: "Calls about one pair",

  estimate: "Estimate",
  start: "Start",
  estimated: (calls: number, sent: number, received: number) =>
    `About ${counted(calls, "call")}, ${number(sent)} tokens to send and ${number(received)} to receive.`,
  costs: (value: number | null) =>
    value === null ? "What it would cost is not known: no price is configured." : `About ${dollars(value)}.`,
  nothingSent: "Nothing was sent. Tokens are estimated from the lengths of the texts.",
  started: "The run has started. You can leave this page.",

  runs: "Runs",
  noRuns: "No model has judged in this study.",
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
    "calls spent": "calls spent",
    "budget spent": "budget spent",
    "time spent": "time spent",
    "quota spent": "the server’s quota of the day is spent",
    stopped: "stopped",
    "gave up": "gave up",
    "given up": "given up",
    died: "died",
  },
  elsewhere: "Started elsewhere, and stopped there.",
  batchMeans: "Read the results in, or give them up, at the command line.",
  stoppingMeans: "Waiting for the calls under way.",
  diedMeans: "Its process ended. Start it again to go on: nothing that came back is asked again.",
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

  told: "What the model is told",
  toldMeans:
    "One message for each pair, with the two responses as people would see them, left and right. The code is drawn anew for every call, so that no response can pretend to end the frame.",
  version: (version: string) => `Version ${version} of the frame`,
  hash: "Hash with this wording",
};
