import { itemsOf, membersOf } from "./json-members.ts";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** How long a server wants to be left alone: milliseconds, undefined where it does not say, and where it says so. */
export interface Wait {
  readonly ms: number | undefined;
  readonly isByHeader: boolean;
}

/**
 * Reads how long a server wants to be left alone: `retry-after-ms`, which is finer and goes first, then Retry-After
 * (seconds or a date), then the resets of its rate limits (of those that are spent, the last), then what its body says
 * (Google's RetryInfo and the like). Moments are read by the server's own clock, its Date header, where it sends one.
 * @param now milliseconds since 1970
 */
export function waitOf(headers: Headers, json: unknown, now: number): Wait {
  const theirs = typeof headers.date === "string" ? Date.parse(headers.date) : NaN;
  const then = Number.isNaN(theirs) ? now : theirs;
  const byHeader = retryAfterOf(headers, then) ?? resetOf(headers, then);
  return { ms: byHeader ?? delayIn(json, 0), isByHeader: byHeader !== undefined };
}

/**
 * Milliseconds of Retry-After in all its forms; undefined: it is not there. @param now milliseconds since 1970
 * @internal
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const fine = headers["retry-after-ms"] ?? headers["x-ms-retry-after-ms"];
  if (typeof fine === "string" && NUMBER.test(fine)) return Math.ceil(Number(fine));
  const after = headers["retry-after"];
  if (typeof after !== "string") return undefined;
  if (NUMBER.test(after)) return Math.ceil(Number(after) * 1000);
  const at = Date.parse(after);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Headers as x-ratelimit-reset-tokens or anthropic-ratelimit-requests-reset, each beside one of what remains. */
function resetOf(headers: Headers, now: number): number | undefined {
  const resets = Object.entries(headers).flatMap(([name, value]) => {
    if (!/rate-?limit/.test(name) || !/reset/.test(name) || typeof value !== "string") return [];
    const ms = momentOf(value, now);
    const left = headers[name.replace("reset", "remaining")];
    return ms === undefined ? [] : [{ ms, isSpent: left === "0" }];
  });
  const spent = resets.filter(({ isSpent }) => isSpent);
  const all = (spent.length > 0 ? spent : resets).map(({ ms }) => ms);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** A span ("1m3.2s", "120ms"), seconds, or a moment (ISO 8601, seconds or milliseconds since 1970). */
function momentOf(value: string, now: number): number | undefined {
  if (NUMBER.test(value)) {
    const number = Number(value);
    if (number >= 1e12) return Math.max(0, number - now);
    return number >= 1e9 ? Math.max(0, number * 1000 - now) : Math.ceil(number * 1000);
  }
  const span = spanOf(value);
  if (span !== undefined) return span;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function spanOf(value: string): number | undefined {
  if (!/^\s*(?:\d+(?:\.\d+)?(?:ms|[dhms])\s*)+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)];
  return Math.ceil(parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!, 0));
}

const DEPTH_MAX = 5;

/** A member such as retryDelay or retry_after, wherever it stands: a span, or seconds. */
function delayIn(value: unknown, depth: number): number | undefined {
  if (depth > DEPTH_MAX) return undefined;
  const inside = Array.isArray(value) ? itemsOf(value) : Object.values(membersOf(value));
  for (const [name, told] of Object.entries(membersOf(value))) {
    if (!/^retry[_-]?(?:after|delay|in)/i.test(name)) continue;
    const ms = typeof told === "number" ? told : typeof told === "string" ? spanOrSeconds(told) : undefined;
    if (ms !== undefined && ms >= 0)
      return /ms$|millis/i.test(name) || typeof told === "string" ? ms : ms * 1000;
  }
  return inside.map((one) => delayIn(one, depth + 1)).find((ms) => ms !== undefined);
}

const spanOrSeconds = (text: string): number | undefined =>
  NUMBER.test(text) ? Math.ceil(Number(text) * 1000) : spanOf(text);

const NUMBER = /^\s*\d{1,13}(\.\d+)?\s*$/;
