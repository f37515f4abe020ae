import { sql } from "kysely";
import { type Context, now } from "../context.ts";
import type { Audit, AuditEntry } from "../contract/accounts.ts";
import type { Reader, Transaction } from "../storage/database.ts";

export interface Event {
  readonly who: string;
  /** How they came: `owner link`, `password`, `OpenID Connect`, `token`, `invitation` or `command line`. */
  readonly via: string;
  readonly verb: string;
  readonly study?: string | null;
  readonly object?: string | null;
  readonly detail?: string | null;
  /** The id of the request, as the server's log has it. */
  readonly request?: string | null;
}

/** Reading the same study's results again within this time adds no entry: a page that stays open asks every few seconds. */
const SAME_READ_MS = 3_600_000;

/** Writes down in this transaction who did what: never a text of a study, never a secret. */
export async function recordIn(context: Context, { db }: Transaction, event: Event): Promise<void> {
  const { study = null, object = null, detail = null, request = null, ...rest } = event;
  await db
    .insertInto("audit_event")
    .values({ ...rest, study, object, detail, request, at: now(context) })
    .execute();
}

export async function record(context: Context, event: Event): Promise<void> {
  await context.database.transact((tx) => recordIn(context, tx, event));
}

/** Writes down that somebody read a study's results, once an hour. */
export async function recordReading(context: Context, event: Event & { study: string }): Promise<void> {
  const since = new Date(context.clock().getTime() - SAME_READ_MS).toISOString();
  const isKnown = async ({ db }: Reader) =>
    (await db
      .selectFrom("audit_event")
      .select("id")
      .where("study", "=", event.study)
      .where("at", ">", since)
      .where("verb", "=", event.verb)
      .where("who", "=", event.who)
      .limit(1)
      .executeTakeFirst()) !== undefined;
  if (!(await context.database.read(isKnown))) await record(context, event);
}

/** What the command line changed is in the studies' own record of changes. */
const COMMAND_LINE = "command line";

/**
 * Who did what, the latest first: over HTTP, and to studies by the command line.
 * @param given.before the `next` of an earlier page; null: from the latest on
 * @param given.limit entries at most
 */
export async function auditOf(
  context: Context,
  { study, before, limit }: { study?: string | undefined; before?: string | undefined; limit: number },
): Promise<Audit> {
  const { at: until, source: last, id: lastId } = placeOf(before);
  const after = (source: number) =>
    sql<boolean>`(at < ${until} or (at = ${until} and (${sql.lit(source)} < ${last} or (${sql.lit(source)} = ${last} and id < ${lastId}))))`;
  const rows = await context.database.read(async ({ db }) => {
    let events = db
      .selectFrom("audit_event")
      .select(["id", "at", "who", "via", "verb", "study", "object", "detail", "request"])
      .select(sql<1>`1`.as("source"));
    if (before !== undefined) events = events.where(after(1));
    if (study !== undefined) events = events.where("study", "=", study);
    const changes = db
      .selectFrom((inner) => {
        const all = inner
          .selectFrom("study_change as c")
          .innerJoin("study as s", "s.id", "c.study_id")
          .select(["c.id", "c.changed_at as at", "c.by_whom as who", "c.kind as verb"])
          .select("s.name as study")
          .where("c.by_whom", "=", COMMAND_LINE);
        return (study === undefined ? all : all.where("s.name", "=", study)).as("c");
      })
      .select(["id", "at", "who", "verb", "study"])
      .select(sql<0>`0`.as("source"))
      .$if(before !== undefined, (query) => query.where(after(0)));
    const newest = [
      ...(await events
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute()),
      ...(await changes
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute()),
    ];
    return newest.sort((a, b) => (a.at === b.at ? b.source - a.source || b.id - a.id : a.at < b.at ? 1 : -1));
  });
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  return {
    entries: page.map(entryOf),
    next: rows.length > limit && end ? `${end.at} ${end.source} ${end.id}` : null,
  };
}

type Row = Pick<AuditEntry, "at" | "who" | "verb" | "study"> &
  ((Pick<AuditEntry, "via" | "object" | "detail" | "request"> & { source: 1 }) | { source: 0 });

/** The details of a study's own record stay there: they may hold texts. */
function entryOf(row: Row): AuditEntry {
  const { at, who, verb, study } = row;
  if (row.source === 0)
    return { at, who, verb, study, via: COMMAND_LINE, object: null, detail: null, request: null };
  const { via, object, detail, request } = row;
  return { at, who, verb, study, via, object, detail, request };
}

function placeOf(before: string | undefined): { at: string; source: number; id: number } {
  const [at = "", source, id] = (before ?? "").split(" ");
  return { at, source: Number(source) || 0, id: Number(id) || 0 };
}
