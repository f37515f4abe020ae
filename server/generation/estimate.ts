import type { Context } from "../context.ts";
import type { Outlay } from "../model-servers/budget.ts";
import {
  CHARACTERS_PER_TOKEN,
  costOf,
  estimateTokens,
  MESSAGE_TOKENS,
  type TokenPrice,
  worstCost,
  worstOf,
} from "../model-servers/cost.ts";
import { requireStudy } from "../studies/store.ts";
import { meanTurnLength, type Unanswered, unansweredAfter } from "./missing.ts";
import { type GenerationSettings, messagesFor, requestOf } from "./settings.ts";

/** What asking for the missing responses would come to if every call succeeded at once. */
export interface GenerationEstimate {
  /** Responses that are missing. */
  readonly missing: number;
  readonly calls: number;
  readonly promptTokens: number;
  /** If they are as long as the study's other responses are. */
  readonly completionTokens: number;
  /** null: no price is known. */
  readonly dollars: number | null;
  /** If every turn is as long as it may be; null: no price is known. */
  readonly dollarsAtMost: number | null;
}

/** Tokens that a turn is taken to have where the study has no other responses. */
const TURN_TOKENS = 400;
const PROMPTS_A_PAGE = 200;

/** @throws StudyNotFound */
export async function estimateGeneration(
  context: Context,
  wanted: {
    study: string;
    system: string;
    settings: GenerationSettings;
    price: TokenPrice | null;
    /** The prompts whose stored responses are generated anew; null: those without one. */
    again: readonly Unanswered[] | null;
  },
): Promise<GenerationEstimate> {
  const { settings, price, system } = wanted;
  const { studyId, meanLength } = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, wanted.study);
    return { studyId: id, meanLength: await meanTurnLength(reader, id) };
  });
  const turnTokens = Math.min(
    settings.maxTokens,
    meanLength === null ? TURN_TOKENS : Math.ceil(meanLength / CHARACTERS_PER_TOKEN),
  );
  const likely = { calls: 0, promptTokens: 0, completionTokens: 0 };
  const most = { calls: 0, promptTokens: 0, completionTokens: 0 };
  let missing = 0;
  for (let after = 0; ;) {
    const from = { after, limit: PROMPTS_A_PAGE };
    const page =
      wanted.again ??
      (await context.database.read((reader) => unansweredAfter(reader, { studyId, system }, from)));
    for (const { turns } of page) {
      missing++;
      add(likely, tokensFor(settings, turns, turnTokens));
      add(most, tokensFor(settings, turns, settings.maxTokens));
    }
    if (wanted.again !== null || page.length < PROMPTS_A_PAGE) break;
    after = page.at(-1)!.id;
  }
  const dollars = price && (costOf(likely, price) ?? 0) / 1e9;
  return { missing, ...likely, dollars, dollarsAtMost: price && (costOf(most, price) ?? 0) / 1e9 };
}

/** What one response may come to at the most, by its prompt's length: each turn's answer is sent again with the next. */
export function outlayFor(
  settings: GenerationSettings,
  turns: readonly string[],
  price: TokenPrice | null,
): Outlay {
  const costs = turns.map((_, before) => {
    const messages = messagesFor(settings, turns, Array<string>(before).fill(""));
    const { promptTokens, completionTokens } = worstOf(requestOf(settings, messages), settings.body);
    const history = before * completionTokens;
    return worstCost({ promptTokens: promptTokens + history, completionTokens }, price);
  });
  return { calls: turns.length, nanodollars: costs.reduce((sum, cost) => sum + cost, 0) };
}

interface Tokens {
  calls: number;
  promptTokens: number;
  completionTokens: number;
}

/** Every turn sends what came before it again. */
function tokensFor(settings: GenerationSettings, turns: readonly string[], turnTokens: number): Tokens {
  const sent = turns.map((_, before) => {
    const texts = messagesFor(settings, turns, Array<string>(before).fill(""));
    const said = texts.reduce((sum, { content }) => sum + estimateTokens(content) + MESSAGE_TOKENS, 0);
    return said + before * turnTokens;
  });
  const promptTokens = sent.reduce((sum, tokens) => sum + tokens, 0);
  return { calls: turns.length, promptTokens, completionTokens: turns.length * turnTokens };
}

function add(sum: Tokens, more: Tokens): void {
  sum.calls += more.calls;
  sum.promptTokens += more.promptTokens;
  sum.completionTokens += more.completionTokens;
}
