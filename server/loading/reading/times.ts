import type { Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";
import { shown } from "./values.ts";

/** Numbers below are seconds since 1970 (until the year 5138), numbers above are milliseconds. */
const SECONDS_MAX = 1e11;
const YEAR_10000_MS = 253_402_300_800_000;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A time in ISO 8601, or in seconds or milliseconds since 1970, as ISO 8601 UTC; null where there is none.
 * A time without a zone is UTC, so that a file means the same on every machine.
 */
export function timeIn(row: Fields, field: string): string | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const ms = millisecondsOf(typeof value === "string" ? value.trim() : value);
  if (ms >= 0 && ms < YEAR_10000_MS) return new Date(ms).toISOString();
  throw new RowFault(
    "TimeWrong",
    `${field} is ${shown(value)}, which is not a time (ISO 8601, or seconds since 1970).`,
    field,
  );
}

const MILLISECONDS_MAX = 2 ** 31 - 1;

/** How long something took, in whole milliseconds, up to 24 days; null where nothing says. */
export function durationIn(row: Fields, field: string): number | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const ms = typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof ms === "number" && ms >= 0 && ms <= MILLISECONDS_MAX) return Math.round(ms);
  const what = `${field} is ${shown(value)}, which is not a number of milliseconds from 0 to ${MILLISECONDS_MAX}.`;
  throw new RowFault("TimeWrong", what, field);
}

/** NaN where it is no time. */
function millisecondsOf(value: unknown): number {
  if (typeof value === "number") return Math.round(value < SECONDS_MAX ? value * 1000 : value);
  if (typeof value !== "string") return NaN;
  if (/^\d+(\.\d+)?$/.test(value)) return millisecondsOf(Number(value));
  const [, date = "", minutes = "00:00", seconds = ":00", fraction = "", zone = "Z"] = ISO.exec(value) ?? [];
  const offset = /^(Z|UTC)$/i.test(zone) ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
  const local = `${date}T${minutes}${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}`;
  const isOnCalendar = date !== "" && isSameDay(date, Date.parse(`${date}T00:00:00Z`));
  return isOnCalendar ? Date.parse(`${local}${offset}`) : NaN;
}

/** False for a 31st of February, which a Date takes for a day in March. */
const isSameDay = (date: string, ms: number): boolean =>
  Number.isFinite(ms) && new Date(ms).toISOString().startsWith(date);
