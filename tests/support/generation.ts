import type { Context } from "../../server/context.ts";
import type { GenerationMeans, GenerationRequest } from "../../server/generation/generate.ts";
import {
  type GenerationSettings,
  LIMA_SAMPLING,
  REPETITION_PENALTY_NAMES,
} from "../../server/generation/settings.ts";
import type { ModelServer } from "../../server/model-servers/model-call.ts";
import type { ModelServerSettings } from "../../server/model-servers/server-settings.ts";
import { openAt } from "./model-servers/ask.ts";

type Limits = GenerationRequest["limits"];

/** A request for the responses of b0 with LIMA's settings, one at a time. */
export const generationOf = (
  over: Omit<Partial<GenerationRequest>, "settings" | "limits"> & {
    settings?: Partial<GenerationSettings>;
    limits?: Partial<Limits>;
  } = {},
): GenerationRequest => ({
  ...{ study: "s", system: "b0", by: "test", reason: "more", price: null },
  ...over,
  settings: {
    ...{ adapter: "openai", baseUrl: "http://127.0.0.1:1/v1/chat/completions", model: "m" },
    ...{ systemPrompt: null, seed: null, ...LIMA_SAMPLING, ...over.settings },
  },
  limits: { ...{ calls: null, dollars: null, minutes: null, concurrency: 1 }, ...over.limits },
});

/** Everything that a run needs besides, at a server on loopback; `notices` gathers what it tells. */
export function meansAt(
  url: string,
  over: Partial<GenerationMeans> & {
    readonly adapter?: string;
    readonly open?: Partial<ModelServerSettings>;
  } = {},
): GenerationMeans & { readonly notices: string[] } {
  const { adapter = "openai", open = {}, ...rest } = over;
  const notices: string[] = [];
  return {
    server: openAt(url, adapter, { repetitionPenaltyAs: REPETITION_PENALTY_NAMES, ...open }),
    random: () => 0.01,
    stop: new AbortController().signal,
    abandon: new AbortController().signal,
    onProgress: () => undefined,
    onNotice: (said) => void notices.push(said),
    notices,
    ...rest,
  };
}

/** A model server without a socket. */
export const serverThat = (ask: ModelServer["ask"]): ModelServer => ({
  ask,
  conceded: () => [],
  close: () => undefined,
});

interface StoredResponse {
  readonly prompt: string;
  readonly turns: string[];
  readonly generation: Record<string, unknown>;
}

/** A system's responses that can be seen, by prompt. */
export async function responsesOf({ database }: Context, system: string): Promise<StoredResponse[]> {
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("response as r")
      .innerJoin("system as s", "s.id", "r.system_id")
      .innerJoin("prompt as p", "p.id", "r.prompt_id")
      .innerJoin("load as l", "l.id", "r.load_id")
      .select(["p.external_id as prompt", "r.turns", "r.metadata"])
      .where("s.name", "=", system)
      .where("l.state", "=", "published")
      .orderBy("p.id")
      .execute(),
  );
  return rows.map(({ prompt, turns, metadata }) => ({
    prompt,
    turns: JSON.parse(turns) as string[],
    generation: (JSON.parse(metadata) as { generation?: Record<string, unknown> }).generation ?? {},
  }));
}

/** The same context with a clock that goes, so that pauses end, so many times as fast as others. */
export function moving(context: Context, speed = 1): Context {
  const [start, from] = [Date.now(), context.clock().getTime()];
  return { ...context, clock: () => new Date(from + speed * (Date.now() - start)) };
}
