import { CallFailed, type CallFailureKind } from "./model-call.ts";

/** What a server says of a request that it did not answer. */
export interface Complaint {
  readonly message: string;
  /** Its own names of what is wrong, in lower case: type, code, inner code. */
  readonly codes: readonly string[];
  /** The parameter that it names. */
  readonly param: string | null;
  /** Whether it withheld the reply for what the texts say, as content filters do. */
  readonly isModeration: boolean;
}

const MESSAGE_MAX = 500;
export const RAW_MAX = 10_000;

/** Reads the complaint in a reply's body, in any of the shapes that model servers use. */
export function complaintOf(json: unknown, raw: string): Complaint {
  const top = membersOf(json);
  const error = membersOf(top.error);
  const inner = membersOf(error.innererror);
  const metadata = membersOf(error.metadata);
  const details = membersOf(error.details);
  const said = [error.message, top.error, top.message, top.detail].find((one) => typeof one === "string");
  const codes = [error.type, error.code, inner.code, details.error_code]
    .filter((code) => typeof code === "string")
    .map((code) => code.toLowerCase());
  return {
    message: clipped(said ?? (top.detail === undefined ? raw : JSON.stringify(top.detail)), MESSAGE_MAX),
    codes,
    param: typeof error.param === "string" && error.param !== "" ? error.param : null,
    isModeration: codes.some((code) => MODERATION.has(code)) || Array.isArray(metadata.reasons),
  };
}

/**
 * The failure that a status stands for. A limit that no waiting lifts, as a spent balance, is no rate limit although
 * some servers give it the same status.
 */
export function failureOf(
  host: string,
  given: { status: number; complaint: Complaint; raw: string; retryAfterMs: number | undefined },
): CallFailed {
  const { status, complaint, raw, retryAfterMs } = given;
  const kind = kindOf(status, complaint);
  const said = complaint.message === "" ? "." : `: ${complaint.message}`;
  const more = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new CallFailed(kind, `The model server at ${host} answered ${status}${said}`, {
    ...more,
    status,
    raw: clipped(raw, RAW_MAX),
  });
}

/**
 * Milliseconds until a server wants to be asked again; undefined: it does not say. `retry-after-ms` is finer and goes
 * before Retry-After, which holds seconds or a date. @param now milliseconds since 1970
 */
export function retryAfterOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | undefined {
  const fine = headers["retry-after-ms"] ?? headers["x-ms-retry-after-ms"];
  if (typeof fine === "string" && NUMBER.test(fine)) return Math.ceil(Number(fine));
  const after = headers["retry-after"];
  if (typeof after !== "string") return undefined;
  if (NUMBER.test(after)) return Math.ceil(Number(after) * 1000);
  const at = Date.parse(after);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

export const clipped = (text: string, max: number): string =>
  text.length <= max ? text.trim() : `${text.slice(0, max - 1).trim()}…`;

/** The members of an object; none of anything else. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

const NUMBER = /^\s*\d{1,12}(\.\d+)?\s*$/;

const MODERATION = new Set(["content_filter", "content_policy_violation", "responsibleaipolicyviolation"]);

const SPENT = new Set([
  "insufficient_quota",
  "billing_error",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "enforced_spend_limit_reached",
]);

/** How servers say that a request does not fit the model. */
const TOO_LONG =
  /context[ _](?:length|size|limit|window)|prompt is too long|maximum context|too long to fit|exceeds the available context/i;

const TOO_LONG_CODES = new Set(["context_length_exceeded", "exceed_context_size_error"]);

function kindOf(status: number, { message, codes }: Complaint): CallFailureKind {
  if (status === 429) return codes.some((code) => SPENT.has(code)) ? "rejected" : "rate limited";
  if (status === 408) return "timed out";
  if (status >= 500 || status === 409 || status === 425) return "server error";
  if (status === 413) return "too long";
  const isTooLong = codes.some((code) => TOO_LONG_CODES.has(code)) || TOO_LONG.test(message);
  return isTooLong && (status === 400 || status === 422) ? "too long" : "rejected";
}
