import { hash } from "node:crypto";
import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sessionOf } from "../accounts/sessions.ts";
import { type Context, newToken, now } from "../context.ts";
import { bearerIn, SESSION_COOKIE } from "../http/access.ts";
import { hashToken } from "./keys.ts";
import { recordChange, requireStudy } from "./store.ts";

/** By which a browser is known again that has shown the results of a study. */
const READER_COOKIE = "tiebreak_reader";
const COOKIE_BYTES = 16;
const YEAR_S = 365 * 24 * 3600;
const JUDGING = "/api/judge/judgments";

/**
 * Notes which browsers and accounts have read a study's results, and marks an annotator who then judges in it with one of
 * them: the report counts them, and the list of links shows them. Nobody is hindered, and who judges in another browser
 * without signing in stays unknown.
 */
export function watchReaders(app: FastifyInstance, context: Context, cookie: CookieSerializeOptions): void {
  app.decorateRequest("resultsOf", null);
  app.addHook("onSend", async (request, reply) => {
    const { resultsOf } = request;
    if (resultsOf === null || reply.statusCode >= 400) return;
    const browser = request.cookies[READER_COOKIE] ?? newToken(context, COOKIE_BYTES);
    reply.setCookie(READER_COOKIE, browser, { ...cookie, maxAge: YEAR_S });
    const keys = keysOf(browser, await accountIdOf(context, request));
    for (const study of [resultsOf].flat()) {
      const noted = noteReading(context, study, keys);
      await noted.catch(() => undefined); // results can be read where nothing can be written
    }
  });
  app.addHook("preHandler", async (request) => {
    if (request.routeOptions.url !== JUDGING) return;
    const browser = request.cookies[READER_COOKIE];
    if (browser === undefined && request.cookies[SESSION_COOKIE] === undefined) return;
    const marked = markReader(context, request, keysOf(browser, await accountIdOf(context, request)));
    await marked.catch((error: unknown) =>
      request.log.error(error, "Who saw the results could not be noted."),
    );
  });
}

/** The account of a program's token or of the session in this browser, also where the request comes by a link. */
async function accountIdOf(context: Context, { caller, cookies }: FastifyRequest): Promise<number | null> {
  const secret = cookies[SESSION_COOKIE];
  if (caller !== null || secret === undefined) return caller?.accountId ?? null;
  return (await sessionOf(context, secret))?.accountId ?? null;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The study, or studies, whose results the reply shows; null: of none. */
    resultsOf: string | readonly string[] | null;
  }
}

const keysOf = (browser: string | undefined, accountId: number | null): string[] => [
  ...(browser === undefined ? [] : [hash("sha256", `browser ${browser}`)]),
  ...(accountId === null ? [] : [hash("sha256", `account ${accountId}`)]),
];

async function noteReading(context: Context, name: string, keys: readonly string[]): Promise<void> {
  const { id, known } = await context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const of = reader.db.selectFrom("results_reader").select("browser_hash").where("study_id", "=", study.id);
    const rows = await of.where("browser_hash", "in", keys).execute();
    return { id: study.id, known: new Set(rows.map((row) => row.browser_hash)) };
  });
  const fresh = keys.filter((key) => !known.has(key));
  if (fresh.length === 0) return;
  const rows = fresh.map((key) => ({ study_id: id, browser_hash: key, first_at: now(context) }));
  await context.database.transact(({ db }) =>
    db
      .insertInto("results_reader")
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** Marks the annotator of a personal link, once, where one of these keys has read the results of their study. */
async function markReader(context: Context, request: FastifyRequest, keys: readonly string[]): Promise<void> {
  const token = bearerIn(request);
  if (token === null || keys.length === 0) return;
  const found = await context.database.read(({ db }) =>
    db
      .selectFrom("annotator as a")
      .innerJoin("results_reader as r", "r.study_id", "a.study_id")
      .select(["a.id", "a.study_id as studyId"])
      .where("a.token_hash", "=", hashToken(token))
      .where("a.saw_results_at", "is", null)
      .where("r.browser_hash", "in", keys)
      .executeTakeFirst(),
  );
  if (found === undefined) return;
  await context.database.transact(async (tx) => {
    const at = now(context);
    const marked = tx.db.updateTable("annotator").set({ saw_results_at: at }).where("id", "=", found.id);
    const { numUpdatedRows } = await marked.where("saw_results_at", "is", null).executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    const change = { kind: "judged after the results", detail: { annotatorId: found.id }, by: "server" };
    await recordChange(tx, { ...change, studyId: found.studyId, at });
  });
}
