import { itemsOf, membersOf, textIn } from "./json-members.ts";
import { CallFailed, type CallFailureKind } from "./model-call.ts";
import { type Wait } from "./retry-after.ts";

/** What a server says of a request that it did not answer. */
export interface Complaint {
  readonly message: string;
  /** Its own names of what is wrong, in lower case: type, code, inner code. */
  readonly codes: readonly string[];
  /** The parameter that it names. */
  readonly param: string | null;
  /** Everything that it says, names and places of errors included, but for what it repeats of the request. */
  readonly words: string;
  /** Whether it withheld the reply for what the texts say, as content filters do. */
  readonly isModeration: boolean;
  /** Whether it tells of a text that the model wrote and that did not come out right. */
  readonly isBadGeneration: boolean;
}

const MESSAGE_MAX = 500;
const WORDS_MAX = 5000;
export const RAW_MAX = 10_000;

/** Reads the complaint in a reply's body, in any of the shapes that model servers use. */
export function complaintOf(json: unknown, raw: string): Complaint {
  const top = membersOf(json);
  const error = membersOf(top.error ?? itemsOf(top.errors)[0]);
  const inner = membersOf(error.innererror);
  const metadata = membersOf(error.metadata);
  const details = membersOf(error.details);
  const said = [error.message, top.error, top.message, top.detail, top.errors].find(
    (one) => typeof one === "string",
  );
  const codes = [
    error.type,
    error.code,
    error.status,
    inner.code,
    details.error_code,
    ...itemsOf(error.details).map((detail) => membersOf(detail).reason),
    metadata.error_type,
    top.error_type,
  ]
    .filter((code) => typeof code === "string")
    .map((code) => code.toLowerCase());
  const isPage = /^\s*<(?:!doctype|html|head|body)/i.test(raw);
  const other = isPage ? "a web page" : top.detail === undefined ? raw : JSON.stringify(top.detail);
  return {
    message: clipped(said ?? other, MESSAGE_MAX),
    codes,
    param: textIn(error.param) ?? textIn(top.param),
    words: clipped([...wordsIn(json), ...(json === null && !isPage ? [raw] : [])].join("\n"), WORDS_MAX),
    isModeration: codes.some((code) => MODERATION.test(code)) || Array.isArray(metadata.reasons),
    isBadGeneration: "failed_generation" in error || codes.some((code) => BAD_GENERATION.test(code)),
  };
}

/** The status that goes with a server's names of what is wrong, where it gives none: 500 where they say nothing. */
export const statusNamed = (codes: readonly string[]): number =>
  STATUSES.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1] ?? 500;

const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/rate_?limit|too_?many|throttl|quota|resource_?exhausted|insufficient|usage_limit/, 429],
  [/overloaded|unavailable|capacity/, 503],
  [/billing|credit|balance|payment/, 402],
  [/authenti|unauthori|api_?key/, 401],
  [/permission|forbidden/, 403],
  [/not_?found/, 404],
  [/invalid_?request|invalid_?argument|bad_?request|context|too_long|too_large|content_filter/, 400],
];

/** What servers repeat of a request, or of a reply, when they complain: it names everything. */
const REPEATED = new Set([
  "input",
  "body",
  "request",
  "messages",
  "received",
  "failed_generation",
  "url",
  "ctx",
]);

function wordsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return Object.entries(membersOf(value)).flatMap(([name, inside]) =>
    REPEATED.has(name) ? [] : [name, ...wordsIn(inside)],
  );
}

interface Answered {
  readonly url: URL;
  readonly status: number;
  readonly complaint: Complaint;
  readonly raw: string;
  readonly wait: Wait;
  /** Whether the server has given replies before. */
  readonly hasAnswered: boolean;
}

/**
 * The failure that a status stands for. A limit that no waiting lifts, as a spent balance, is no rate limit although
 * some servers give it the same status.
 */
export function failureOf(answered: Answered): CallFailed {
  const { url, status, complaint, raw, wait } = answered;
  const kind = kindOf(answered);
  const said = complaint.message === "" ? "." : `: ${complaint.message}`;
  const hint = hintFor(kind, isAboutKey(complaint) ? 401 : status, url);
  return new CallFailed(kind, `The model server at ${url.host} answered ${status}${said}${hint}`, {
    ...(wait.ms === undefined ? {} : { retryAfterMs: wait.ms }),
    isDayQuota: kind === "rate limited" && DAY.test(complaint.words) && !wait.isByHeader,
    status,
    raw: clipped(raw, RAW_MAX),
    mayBeBilled: MAY_HAVE_WORKED.has(status),
  });
}

export const clipped = (text: string, max: number): string =>
  text.length <= max ? text.trim() : `${text.slice(0, max - 1).trim()}…`;

/** What might help, for somebody who reads of it. */
function hintFor(kind: CallFailureKind, status: number, url: URL): string {
  if (kind === "bad request")
    return " (--body NAME=VALUE sets a member of the request, NAME=null leaves it out.)";
  if (kind !== "rejected") return "";
  if (status === 401 || status === 403)
    return " (A key is given with --key-env or --key-file, another header with --header NAME=VALUE.)";
  if (status === 404 || status === 405)
    return ` (Asked was ${url.origin}${url.pathname}. A base URL looks like ${url.origin}/v1, or is the whole address.)`;
  return "";
}

const MODERATION =
  /content[_ ]?(?:filter|policy)|moderat|responsibleai|data_inspection|prohibited_content|unsafe/;
const BAD_GENERATION =
  /validate_failed|failed_generation|(?:bad|invalid|failed)_generation|tool_use_failed|parse_failed/;
const SPENT_CODES = /insufficient|billing|credit|balance|spend|current_quota|usage_limit|payment/;
const SPENT = /\b(?:credits?|balance|billing|funds|payment|prepaid|top[- ]?up)\b/i;
const DAY = /per[ _-]?day|perday|\bdaily\b|\b[rt]pd\b|\b(?:this|the|a|each|today['’]?s) day\b|\b24[ -]?h/i;

/** Statuses with which a gateway gives up on a model that may have worked, and may be paid for. */
const MAY_HAVE_WORKED = new Set([408, 499, 504, 522, 524, 598, 599]);

/** Statuses after which nothing but another key, address or account helps. */
const FINAL = new Set([401, 402, 403, 404, 405, 406, 407, 410, 411, 414, 415, 426, 431, 451]);
/** Of these, the ones that gateways give in passing. */
const PASSING = new Set([404, 405, 410]);

function kindOf({ status, complaint, hasAnswered }: Answered): CallFailureKind {
  const { codes, message } = complaint;
  const isSpent = codes.some((code) => SPENT_CODES.test(code));
  if (status === 429) return isSpent ? "rejected" : "rate limited";
  if (status === 408) return "timed out";
  if (status === 413) return "too long";
  if (FINAL.has(status)) return PASSING.has(status) && hasAnswered ? "server error" : "rejected";
  if (status !== 400 && status !== 422) return "server error";
  if (complaint.isBadGeneration) return "bad generation";
  if (isTooLong(complaint)) return "too long";
  return isSpent || SPENT.test(message) || isAboutKey(complaint) ? "rejected" : "bad request";
}

/** Google answers 400 to a key that is none. */
const isAboutKey = ({ codes }: Complaint): boolean => codes.some((code) => /api_?key_|_api_?key/.test(code));

/** How servers say that a request does not fit the model. */
const TOO_LONG =
  /context[ _-]?(?:length|size|limit|window)|maximum context|(?:prompt|input|messages?|request|context)[^.]{0,40}\btoo (?:long|large|big|many)|exceeds? [^.]{0,30}\bcontext/i;
const TOO_LONG_CODES =
  /context_length|context_size|context_window|too_long|too_large|string_above_max|tokens_limit/;
/** Of what is sent, rather than of what is to be written. */
const SENT_SIDE = /\b(?:inputs?|prompts?|messages|context)\b/i;

/** By a code, by a sentence, or where what is sent, tokens and two counts are spoken of: a limit, and what passes it. */
function isTooLong({ codes, message, param }: Complaint): boolean {
  if (codes.some((code) => TOO_LONG_CODES.test(code)) || TOO_LONG.test(message)) return true;
  const counts = message.match(/\b\d[\d,._]{2,}\b/g) ?? [];
  const isOfSent = SENT_SIDE.test(message) || SENT_SIDE.test(param ?? "");
  return isOfSent && /token|character|length/i.test(message) && counts.length >= 2;
}

/** Whether a server says that the reply did not end within the most tokens of a reply, which it was given. */
export const couldNotFinish = (complaint: Complaint): boolean =>
  !isTooLong(complaint) &&
  /max_(?:completion_|output_)?tokens|output[ _]tokens|output limit|token limit/i.test(complaint.message) &&
  /finish|complete\b|reached|truncat|cut (?:off|short)|incomplete|ran out|exhausted|\bhit\b/i.test(
    complaint.message,
  );
