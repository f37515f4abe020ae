import { sql } from "kysely";
import type { Transaction } from "../storage/database.ts";
import { INVITED } from "../studies/annotators.ts";
import { scrubJson, scrubReport, scrubText, type Traces } from "./scrub.ts";
import type { Leaver } from "./who.ts";

/** Somebody without what identified them. */
interface Erased {
  /** The name that they have from now on. */
  readonly name: string;
  /** What is still to be taken out of records: see scrubRecords. */
  readonly traces: Traces;
}

/**
 * Erases what identifies an annotator: ids at a platform, the personal link with its label, and a name from a file; what the owner wrote of
 * them is erased by `scrubRecords`, for many people at once. A name that was made here, such as annotator-7, identifies nobody any
 * more, and stays: kept reports have it.
 */
export async function eraseIdentity(
  tx: Transaction,
  leaver: Omit<Leaver, "state">,
  { link = true }: { link?: boolean } = {},
): Promise<Erased> {
  const { db } = tx;
  const { id, number, provider } = leaver;
  const ids = await idsOf(tx, id);
  const isOurs = provider === INVITED;
  const name = isOurs ? leaver.name : `annotator-${number}`;
  await db.deleteFrom("participant").where("annotator_id", "=", id).execute();
  const row = { external_id: name, provider: INVITED, link_label: null };
  await db.updateTable("annotator").set(row).where("id", "=", id).execute();
  if (link) {
    const none = { token_hash: null, link_used_at: null, link_revoked_at: null };
    await db
      .updateTable("annotator")
      .set({ ...none, created_at: dayOf("created_at"), saw_results_at: dayOf("saw_results_at") })
      .where("id", "=", id)
      .execute();
  }
  return { name, traces: { ids, names: new Map(isOurs ? [] : [[leaver.name, name]]) } };
}

async function idsOf({ db }: Transaction, annotatorId: number): Promise<string[]> {
  const row = await db
    .selectFrom("participant")
    .select(["external_id", "session_id"])
    .where("annotator_id", "=", annotatorId)
    .executeTakeFirst();
  return [row?.external_id, row?.session_id].filter((one) => typeof one === "string");
}

/** Takes what identified people out of what the owner wrote, what loading reported and what reports keep: each is rewritten once. */
export async function scrubRecords(
  { db }: Transaction,
  studyId: number,
  of: readonly Traces[],
): Promise<void> {
  const traces: Traces = {
    ids: of.flatMap(({ ids }) => ids),
    names: new Map(of.flatMap(({ names }) => [...names])),
  };
  if (traces.ids.length === 0 && traces.names.size === 0) return;
  const rules = await db
    .selectFrom("exclusion")
    .select(["id", "rule"])
    .where("study_id", "=", studyId)
    .execute();
  for (const { id, rule } of rules) {
    const clean = scrubText(rule, traces);
    if (clean !== rule) await db.updateTable("exclusion").set({ rule: clean }).where("id", "=", id).execute();
  }
  const changes = await db
    .selectFrom("study_change")
    .select(["id", "detail"])
    .where("study_id", "=", studyId)
    .execute();
  for (const { id, detail } of changes) {
    const clean = scrubJson(detail, traces);
    if (clean !== detail)
      await db.updateTable("study_change").set({ detail: clean }).where("id", "=", id).execute();
  }
  const loads = await db
    .selectFrom("load")
    .select(["id", "report"])
    .where("study_id", "=", studyId)
    .where("report", "is not", null)
    .execute();
  for (const { id, report } of loads) {
    const clean = scrubJson(report ?? "null", traces);
    if (clean !== report) await db.updateTable("load").set({ report: clean }).where("id", "=", id).execute();
  }
  const kept = await db.selectFrom("report_snapshot").select("id").where("study_id", "=", studyId).execute();
  for (const { id } of kept) await scrubSnapshot({ db }, id, traces);
}

/** Reports are large: one at a time. */
async function scrubSnapshot({ db }: Pick<Transaction, "db">, id: number, traces: Traces): Promise<void> {
  const { body } = await db
    .selectFrom("report_snapshot")
    .select("body")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const clean = scrubReport(body, traces);
  if (clean !== body)
    await db.updateTable("report_snapshot").set({ body: clean }).where("id", "=", id).execute();
}

/**
 * Erases the texts of an annotator and what their browser knows of their judgments. Choices stay, and of the times the day:
 * a moment would lead back to the person through a platform's own log.
 */
export async function eraseTexts({ db }: Transaction, annotatorId: number): Promise<void> {
  const texts = { rationale: null, answers: null, metadata: null, language: null };
  await db
    .updateTable("judgment")
    .set({
      ...{ ...texts, request_key: keyOf("id") },
      ...{ judged_at: dayOf("judged_at"), received_at: dayOf("received_at") },
    })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db
    .updateTable("skip")
    .set({ comment: null, request_key: keyOf("id"), received_at: dayOf("received_at") })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db
    .updateTable("assignment")
    .set({
      ...{ token: keyOf("id"), opened_at: dayOf("opened_at"), lease_end: dayOf("lease_end") },
      ended_at: dayOf("ended_at"),
      source_key: sql`case when source_key like 'row%' then source_key end`, // else the id of a judgment in a file
    })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db
    .updateTable("participation")
    .set({
      ...{ joined_at: dayOf("joined_at"), leave_by: null },
      ...{ stopped_at: dayOf("stopped_at"), finished_at: dayOf("finished_at") },
    })
    .where("annotator_id", "=", annotatorId)
    .execute();
}

/** Erases what somebody flagged, wrote and answered about themselves, how they practised, and what rules and people saw of their work. */
export async function eraseWork({ db }: Transaction, annotatorId: number): Promise<void> {
  await db.deleteFrom("flag").where("annotator_id", "=", annotatorId).execute();
  await db.deleteFrom("message").where("annotator_id", "=", annotatorId).execute();
  await db.deleteFrom("guess").where("annotator_id", "=", annotatorId).execute();
  await db.deleteFrom("personal_answer").where("annotator_id", "=", annotatorId).execute();
  await db.deleteFrom("work_tally").where("annotator_id", "=", annotatorId).execute();
  await db.deleteFrom("work_signs").where("annotator_id", "=", annotatorId).execute();
  await db
    .deleteFrom("review")
    .where("annotator_id", "=", annotatorId)
    .where("decision", "is", null)
    .execute();
  // that they agreed, how long practice took, which is paid, and whether a person ended their part, stays
  await db
    .updateTable("entry_judgment")
    .set({ judged_at: dayOf("judged_at") })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db
    .updateTable("entry_passage")
    .set({ language: null, passed_at: dayOf("passed_at") })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db
    .updateTable("review")
    .set({
      ...{ answer: null, reason: null, trigger_id: null },
      ...{ opened_at: dayOf("opened_at"), decided_at: dayOf("decided_at") },
    })
    .where("annotator_id", "=", annotatorId)
    .execute();
  await db.deleteFrom("rule_trigger").where("annotator_id", "=", annotatorId).execute();
}

/** The day of a moment, as a moment; null where there is none. */
const dayOf = (column: string) => sql<string>`substr(${sql.ref(column)}, 1, 10) || 'T00:00:00.000Z'`;

/** A key that no browser knows. */
const keyOf = (column: string) => sql<string>`'erased-' || cast(${sql.ref(column)} as text)`;
