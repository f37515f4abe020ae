import type { Adapter } from "../model-servers/adapters/index.ts";
import type { RepetitionPenaltyName } from "../model-servers/adapters/adapter.ts";
import type { ModelMessage, ModelRequest } from "../model-servers/model-call.ts";

/** How responses are asked for; what is null is left to the server. */
export interface GenerationSettings {
  readonly adapter: string;
  /** Without credentials. */
  readonly baseUrl: string;
  readonly model: string;
  readonly systemPrompt: string | null;
  /** 0 to 2. */
  readonly temperature: number | null;
  /** Nucleus sampling, above 0 up to 1. */
  readonly topP: number | null;
  /** 1 is none. Sent to servers that may know it. */
  readonly repetitionPenalty: number | null;
  /** The most tokens of one turn. */
  readonly maxTokens: number;
  readonly seed: number | null;
  /** Members of each request that somebody set by hand; null leaves one out. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** As LIMA's responses were sampled: "LIMA: Less Is More for Alignment" (arXiv 2305.11206), section 4.1. */
export const LIMA_SAMPLING = { topP: 0.9, temperature: 0.7, repetitionPenalty: 1.2, maxTokens: 2048 };

/** A server that knows neither name passes it over or refuses it, and is then asked without. */
export const REPETITION_PENALTY_NAMES: readonly RepetitionPenaltyName[] = [
  "repetition_penalty",
  "repeat_penalty",
];

export const requestOf = (settings: GenerationSettings, messages: readonly ModelMessage[]): ModelRequest => ({
  ...{ model: settings.model, messages, temperature: settings.temperature, topP: settings.topP },
  ...{ repetitionPenalty: settings.repetitionPenalty, seed: settings.seed },
  ...{ maxTokens: settings.maxTokens, schema: null },
});

/** What the system has been told before it answers turn `turns.length`: its own earlier answers are the history. */
export function messagesFor(
  { systemPrompt }: GenerationSettings,
  prompt: readonly string[],
  answers: readonly string[],
): ModelMessage[] {
  const said = prompt.slice(0, answers.length + 1).flatMap((content, i): ModelMessage[] => {
    const answer = answers[i];
    const asked: ModelMessage = { role: "user", content };
    return answer === undefined ? [asked] : [asked, { role: "assistant", content: answer }];
  });
  return systemPrompt === null ? said : [{ role: "system", content: systemPrompt }, ...said];
}

/**
 * The settings as they are sent to a server of this kind, read off the request itself: null is what this kind of server
 * has no word for, and what this one has refused.
 */
export function sentSettings(
  settings: GenerationSettings,
  adapter: Pick<Adapter, "body">,
  refused: readonly string[],
): GenerationSettings {
  const manner = { without: new Set(refused), repetitionPenaltyAs: REPETITION_PENALTY_NAMES };
  const body = adapter.body(requestOf(settings, []), manner);
  const has = (...names: string[]) => names.some((name) => name in body);
  return {
    ...settings,
    temperature: has("temperature") ? settings.temperature : null,
    topP: has("top_p") ? settings.topP : null,
    repetitionPenalty: has(...REPETITION_PENALTY_NAMES) ? settings.repetitionPenalty : null,
    seed: has("seed") ? settings.seed : null,
  };
}
