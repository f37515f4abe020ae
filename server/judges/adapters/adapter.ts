import { z } from "zod";
import type { ModelReply, ModelRequest } from "../model-call.ts";

/** Servers of one's own know it as the first (vLLM, SGLang) or the second (llama.cpp), and pass the other over. */
export type RepetitionPenaltyName = "repetition_penalty" | "repeat_penalty";

/** How a request is written for one server. */
export interface Manner {
  /** Members of the body that the server has turned out not to take. */
  readonly without: ReadonlySet<string>;
  /** The names under which the server may know a repetition penalty; none: it is not sent. */
  readonly repetitionPenaltyAs: readonly RepetitionPenaltyName[];
}

/** How one kind of model server is spoken to: a description, without a state and without a call. */
export interface Adapter {
  readonly name: string;
  readonly defaultBaseUrl: string;
  /** The environment variable that usually holds its key. */
  readonly keyVariable: string;
  /** Where requests are posted to. @param baseUrl with or without the version and the last part of the path */
  readonly url: (baseUrl: URL) => URL;
  readonly headers: (key: string | null, url: URL) => Record<string, string>;
  /** The request in the server's words. Must leave out, or say in another way, what is in `without`. */
  readonly body: (request: ModelRequest, manner: Manner) => Record<string, unknown>;
  /** Reads a reply; null: it has not the shape of one. */
  readonly read: (json: unknown) => Omit<ModelReply, "raw"> | null;
}

/** The members that are not null and that the server takes. */
export function given(
  members: Readonly<Record<string, unknown>>,
  without: ReadonlySet<string>,
): Record<string, unknown> {
  const kept = Object.entries(members).filter(([name, value]) => value !== null && !without.has(name));
  return Object.fromEntries(kept);
}

/** The address with another path; its query stays, since some servers need one. */
export function withPath(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = path;
  url.hash = "";
  return url;
}

/** What a server may say, leave out or get wrong without making its reply unreadable. */
export const textOrNull = z.string().min(1).nullish().catch(null).transform(orNull);
export const countOrNull = z.number().int().nonnegative().nullish().catch(null).transform(orNull);

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}
