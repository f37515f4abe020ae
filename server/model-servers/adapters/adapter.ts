import { z } from "zod";
import type { Finish, ModelRequest, TokenChoice } from "../model-call.ts";

/** Servers of one's own know it as the first (vLLM, SGLang) or the second (llama.cpp), and pass the other over. */
export type RepetitionPenaltyName = "repetition_penalty" | "repeat_penalty";

/** How a request is written for one server. */
export interface Manner {
  /** What the server has turned out not to take: members of the body, forms of a schema, keywords inside one. */
  readonly without: ReadonlySet<string>;
  /** The names under which the server may know a repetition penalty; none: it is not sent. */
  readonly repetitionPenaltyAs: readonly RepetitionPenaltyName[];
}

/** What stands in a reply, in no server's own words; its texts as they came. */
export interface Written {
  readonly text: string;
  /** Reasoning that the server puts beside the text. */
  readonly reasoning: string | null;
  readonly toolInput: string | null;
  readonly words?: readonly TokenChoice[];
  readonly finish: Finish;
  readonly finishWord: string | null;
  readonly reportedModel: string | null;
  readonly fingerprint: string | null;
  /** An error of its own that stands inside the reply, as the server writes errors; null: none. */
  readonly error: unknown;
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
  /** Ways of asking for a schema, the best first: each is what `without` holds once the server does not take it. */
  readonly schemaForms: readonly string[];
  /** The members by which a request says how hard a model is to think. */
  readonly effort: (level: string) => Readonly<Record<string, unknown>>;
  /** Reads a reply, whatever is missing in it; null: it has not the shape of one. */
  readonly read: (json: unknown) => Written | null;
  /** The reply that a stream's pieces make, as it would have come whole. */
  readonly join: (pieces: readonly unknown[]) => unknown;
}

/** The concession that a server streams its replies and gives them in no other way. */
export const STREAM = "unstreamed replies";

/** The members that are not null and that the server takes. */
export function given(
  members: Readonly<Record<string, unknown>>,
  without: ReadonlySet<string>,
): Record<string, unknown> {
  const kept = Object.entries(members).filter(([name, value]) => value !== null && !without.has(name));
  return Object.fromEntries(kept);
}

/** Keywords of a schema that some servers do not know, and that a schema can do without. */
export const SCHEMA_KEYWORDS = ["additionalProperties", "strict", "enum", "required"] as const;

/** The schema without the keywords that the server does not take. */
export function plainSchema(schema: object, without: ReadonlySet<string>): object {
  const keep = (name: string, value: unknown): unknown =>
    without.has(name) && (SCHEMA_KEYWORDS as readonly string[]).includes(name) ? undefined : value;
  return JSON.parse(JSON.stringify(schema, keep)) as object;
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

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

/** Texts that stand together as one; null: none of them holds anything. */
export const together = (texts: readonly (string | null)[]): string | null => texts.join("") || null;
