import { setImmediate as nextTurn } from "node:timers/promises";
import type { Context } from "../context.ts";
import type { Reader } from "../storage/database.ts";

/** A published response as the audit reads it. */
export interface AuditedResponse {
  readonly id: number;
  readonly promptId: number;
  readonly prompt: string;
  readonly promptTurns: readonly string[];
  readonly system: string;
  /** As it was loaded, whatever is masked. */
  readonly turns: readonly string[];
  /** As annotators see it. */
  readonly shown: readonly string[];
  readonly hash: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const PROMPTS_PER_PAGE = 50;

/** The published responses to these prompts, in the order of prompts and systems. */
async function readResponses({ db }: Reader, promptIds: readonly number[]): Promise<AuditedResponse[]> {
  const rows = await db
    .selectFrom("response as r")
    .innerJoin("prompt as p", "p.id", "r.prompt_id")
    .innerJoin("system as s", "s.id", "r.system_id")
    .innerJoin("load as l", "l.id", "r.load_id")
    .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
    .leftJoin("masked_response as m", "m.response_id", "r.id")
    .select(["r.id", "p.id as promptId", "p.external_id as prompt", "t.turns as promptTurns"])
    .select(["s.name as system", "r.turns as shown", "m.turns as original", "r.metadata"])
    .select((e) => e.fn.coalesce("m.content_hash", "r.content_hash").as("hash"))
    .where("r.prompt_id", "in", [...promptIds, -1])
    .where("l.state", "=", "published")
    .orderBy("p.id")
    .orderBy("s.id")
    .execute();
  return rows.map(({ promptTurns, shown, original, metadata, ...rest }) => ({
    ...rest,
    promptTurns: promptTurns === null ? [] : (JSON.parse(promptTurns) as string[]),
    turns: JSON.parse(original ?? shown) as string[],
    shown: JSON.parse(shown) as string[],
    metadata: JSON.parse(metadata) as Record<string, unknown>,
  }));
}

/** Reads the responses to many prompts a page at a time; others get a turn in between. */
export async function* pagesOf(
  { database }: Pick<Context, "database">,
  promptIds: readonly number[],
): AsyncGenerator<{ responses: AuditedResponse[]; prompts: number }> {
  for (let at = 0; at < promptIds.length; at += PROMPTS_PER_PAGE) {
    const page = promptIds.slice(at, at + PROMPTS_PER_PAGE);
    yield { responses: await database.read((reader) => readResponses(reader, page)), prompts: page.length };
    await nextTurn();
  }
}
