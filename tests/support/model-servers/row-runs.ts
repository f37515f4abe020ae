import type { Context } from "../../../server/context.ts";
import { generateResponses } from "../../../server/generation/generate.ts";
import { REPETITION_PENALTY_NAMES } from "../../../server/generation/settings.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { listRuns } from "../../../server/judges/run-store.ts";
import { findAdapter } from "../../../server/model-servers/adapters/index.ts";
import { anyAddress } from "../../../server/model-servers/addresses.ts";
import { openModelServer } from "../../../server/model-servers/model-server.ts";
import { type DatabaseKind, testContext } from "../context.ts";
import { generationOf, responsesOf } from "../generation.ts";
import { meansFor, requestFor } from "../judge.ts";
import { openStudy } from "../study.ts";
import { playReplies, type ReplyRow } from "./replies.ts";

/** Dollars per million tokens, by which the playing servers bill. */
const PRICE = { input: 2, output: 8 };
export const PAIRS = 4;
/** So much that a call or two can be reserved, and some pairs stay unpaid. */
export const LIMIT = 0.016;
/** Minutes after which a run ends that only waits. */
const MINUTES = 3;
const isSilent = ({ raw }: ReplyRow) => raw === "$SILENCE";

type StudyOfRows = Context & { readonly advance: (ms: number) => void };

/** A study that all rows are played for, each to a judge and a system of its own; pauses pass at once, on its clock. */
export async function studyOfRows(kind: DatabaseKind): Promise<StudyOfRows> {
  const context = await testContext(kind);
  await openStudy(context, { prompts: PAIRS, baselines: 1, annotators: 1 });
  return context;
}

/** What came of a row: first within a limit of cost, then without. */
export interface Came {
  /** As the rows have it. */
  readonly outcome: string;
  /** What the server bills, and what was counted: within the limit, and in all. */
  readonly limited: { readonly billed: number; readonly counted: number };
  readonly all: { readonly billed: number; readonly counted: number };
  /** What was read of it. */
  readonly said: string;
  /** Requests that reached the server. */
  readonly requests: number;
}

/** Lets a model judge through a server that behaves as the row says. */
export async function judgeRow(context: StudyOfRows, row: ReplyRow, name = row.name): Promise<Came> {
  return play(context, row, async ({ url, dollars, notices, means }) => {
    const settings = { adapter: row.wire, baseUrl: url, model: name, maxTokens: 1024 };
    const limits = { concurrency: isSilent(row) ? PAIRS : 2, minutes: MINUTES, dollars };
    const request = requestFor({ annotator: `j-${name}`, price: PRICE, settings, limits });
    const quiet = { process: PROCESS, onProgress: () => undefined };
    const summary = await judgeStudy(context, request, meansFor(means.server, { ...means, ...quiet }));
    notices.push(summary.said);
    return { ending: summary.ending, dollars: summary.progress.dollars ?? 0 };
  }).then(async (came) => {
    const runs = await context.database.read((reader) => listRuns(reader, "s"));
    const own = runs.filter(({ annotator }) => annotator === `j-${name}`);
    const kinds = own.flatMap(({ failures }) => failures.map(({ kind }) => kind));
    const choices = await choicesOf(context, `j-${name}`);
    return { ...came, outcome: outcomeOf(came.ending, choices, kinds) };
  });
}

/** Generates a system's responses through a server that behaves as the row says. */
export async function generateRow(context: StudyOfRows, row: ReplyRow, name = row.name): Promise<Came> {
  const system = `g-${name}`;
  const kinds = new Set<string>();
  const came = await play(context, row, async ({ url, dollars, notices, means }) => {
    const settings = { adapter: row.wire, baseUrl: url, model: name, maxTokens: 1024 };
    const limits = { concurrency: isSilent(row) ? PAIRS : 2, minutes: MINUTES, dollars };
    const request = generationOf({ system, price: PRICE, settings, limits });
    const summary = await generateResponses(context, request, means);
    for (const { kind } of summary.unanswered) kinds.add(kind);
    notices.push(summary.said, ...summary.unanswered.map(({ message }) => message));
    return { ending: summary.ending, dollars: summary.progress.dollars ?? 0 };
  });
  const stored = await responsesOf(context, system);
  const whole = stored.map(({ generation }) => (generation.truncated === true ? "cut off" : "stored"));
  return { ...came, outcome: outcomeOf(came.ending, whole, [...kinds]) };
}

const PROCESS = { name: "here:1", isAlive: (name: string) => name === "here:1" };

interface Playing {
  readonly url: string;
  readonly dollars: number | null;
  readonly notices: string[];
  readonly means: Parameters<typeof generateResponses>[2];
}

async function play(
  context: StudyOfRows,
  row: ReplyRow,
  go: (playing: Playing) => Promise<{ ending: string; dollars: number }>,
): Promise<Omit<Came, "outcome"> & { ending: string }> {
  const server = await playReplies(row);
  const notices: string[] = [];
  const means = () => ({
    server: openModelServer({
      ...{ adapter: findAdapter(row.wire)!, baseUrl: server.url, key: null, addresses: anyAddress },
      ...{ timeoutMs: isSilent(row) ? 100 : 30_000, concurrency: PAIRS, clock: context.clock },
      repetitionPenaltyAs: REPETITION_PENALTY_NAMES,
    }),
    random: () => 0.5,
    pause: async (ms: number) => {
      context.advance(Math.ceil(ms));
      await new Promise((resolve) => setImmediate(resolve));
    },
    stop: new AbortController().signal,
    abandon: new AbortController().signal,
    onProgress: () => undefined,
    onNotice: (said: string) => void notices.push(said),
  });
  try {
    const first = await go({ url: server.url, dollars: LIMIT, notices, means: means() });
    const limited = { billed: server.bill(PRICE), counted: first.dollars };
    const { ending, dollars } = await go({ url: server.url, dollars: null, notices, means: means() });
    const all = { billed: server.bill(PRICE), counted: first.dollars + dollars };
    return { ending, limited, all, said: notices.join("\n"), requests: server.received.length };
  } finally {
    await server.stop();
  }
}

/** One word for all pairs: what came of each, else why nothing did. */
function outcomeOf(ending: string, came: readonly string[], kinds: readonly string[]): string {
  const whole = came.length === PAIRS ? [...new Set(came)].join(" and ") : null;
  const some = came.length === 0 ? [] : [`${came.length} of ${PAIRS}`];
  const what = whole ?? [...some, ...new Set(kinds)].sort().join(", ");
  if (ending === "done") return what;
  return what === "" ? ending : `${ending}: ${what}`;
}

async function choicesOf({ database }: Context, annotator: string): Promise<string[]> {
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("judgment as j")
      .innerJoin("annotator as r", "r.id", "j.annotator_id")
      .select("j.choice")
      .where("r.external_id", "=", annotator)
      .execute(),
  );
  return rows.map(({ choice }) => choice);
}
