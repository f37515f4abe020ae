import { inspect } from "node:util";
import { anyAddress } from "../../../server/model-servers/addresses.ts";
import { findAdapter } from "../../../server/model-servers/adapters/index.ts";
import { Key } from "../../../server/model-servers/keys.ts";
import {
  CallFailed,
  type ModelReply,
  type ModelRequest,
  type ModelServer,
} from "../../../server/model-servers/model-call.ts";
import { addressOf, openModelServer } from "../../../server/model-servers/model-server.ts";
import type { ModelServerSettings } from "../../../server/model-servers/server-settings.ts";
import { judgeMessages, verdictSchema } from "../../../server/judges/template.ts";

export const SECRET = "sk-secret-0123456789abcdef";
const NOW = new Date("2026-03-01T12:00:00Z");
export const NEVER = new AbortController().signal;
export const wording = {
  ...{ question: "Which is better?", left: "A is", tie: "Neither is", right: "B is" },
  guidelines: null,
};

/** Opens a model server at `url` with a key, the usual settings and what is said otherwise. */
export function openAt(url: string, name: string, more: Partial<ModelServerSettings> = {}): ModelServer {
  const adapter = findAdapter(name)!;
  const key = new Key(SECRET, addressOf(adapter, url).origin);
  const usual = { adapter, baseUrl: url, key, addresses: anyAddress, timeoutMs: 5000, concurrency: 4 };
  return openModelServer({ ...usual, clock: () => NOW, ...more });
}

/** A judge's request about two responses. */
export function judgeRequest(structured = true, texts: { left?: string; right?: string } = {}): ModelRequest {
  const { left = "A short one.", right = "A response that is longer by far." } = texts;
  const given = { wording, prompt: ["Why?"], left: [left], right: [right] };
  return {
    ...{ model: "judge-1", maxTokens: 256, temperature: 0, topP: null, repetitionPenalty: null, seed: 3 },
    messages: judgeMessages({ ...given, boundary: "unguessable-1", structured }),
    schema: structured ? { name: "verdict", body: verdictSchema } : null,
  };
}

/** The failure of a call that must fail. */
export async function failureOf(asked: Promise<ModelReply>): Promise<CallFailed> {
  const failure = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure instanceof CallFailed) return failure;
  throw new Error(`Did not fail as a call does: ${inspect(failure)}`);
}
