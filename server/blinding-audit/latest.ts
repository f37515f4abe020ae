import { sql } from "kysely";
import { type Audit, auditBodySchema, type AuditDecision } from "../contract/blinding.ts";
import type { AuditChoice, FindingKind } from "../contract/findings.ts";
import type { Reader } from "../storage/database.ts";
import { findingName } from "./findings.ts";
import { textsKey } from "./texts-key.ts";

/** Whether the texts of a study were audited. */
export async function wasAudited({ db }: Reader, studyId: number): Promise<boolean> {
  const audit = await db
    .selectFrom("blinding_audit")
    .select("id")
    .where("study_id", "=", studyId)
    .where("body", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return audit !== undefined;
}

/** The latest audit of a study with what was decided; null: there was none. */
export async function latestAudit(
  reader: Reader,
  studyId: number,
): Promise<{ id: number; audit: Audit } | null> {
  const row = await reader.db
    .selectFrom("blinding_audit")
    .select(["id", "texts", "body"])
    .where("study_id", "=", studyId)
    .where("body", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row?.body) return null;
  const body = auditBodySchema.parse(JSON.parse(row.body));
  const decisions = await decisionsOf(reader, studyId);
  const isStale = row.texts !== (await textsKey(reader, studyId));
  const findings: Audit["findings"] = [];
  for (const one of body.findings) {
    const decided = decisions.get(one.finding);
    const since = decided === undefined ? 0 : await foundSince(reader, row.id, decided);
    findings.push({ ...one, decision: decided?.decision ?? null, ...(since > 0 && { sinceDecided: since }) });
  }
  return { id: row.id, audit: { ...body, findings, isStale } };
}

/** Responses with what was decided about that the decision did not reach, since they came later. */
async function foundSince(
  { db }: Reader,
  auditId: number,
  { kind, systemId, choice, decision }: Decided,
): Promise<number> {
  const isReached = {
    keep: sql`exists (select 1 from load l where l.id = r.load_id and l.ended_at <= ${decision.at})`,
    mask: sql`exists (select 1 from masked_response m where m.response_id = r.id)`,
    "leave out": sql`exists (select 1 from left_out_response o where o.response_id = r.id and o.kind = f.kind)`,
  }[choice];
  const { rows } = await sql<{ since: number }>`
    select count(*) as since from found_sign f join response r on r.id = f.response_id
    where f.audit_id = ${auditId} and f.kind = ${kind} and r.system_id = ${systemId} and not ${isReached}`.execute(
    db,
  );
  return Number(rows[0]!.since);
}

/** What is decided about a kind of sign in the responses of one system. */
interface Decided {
  readonly kind: FindingKind;
  readonly systemId: number;
  readonly choice: AuditChoice;
  readonly decision: AuditDecision;
}

/** The decisions in force, by the names of their findings. */
export async function decisionsOf({ db }: Reader, studyId: number): Promise<Map<string, Decided>> {
  const rows = await db
    .selectFrom("blinding_decision as d")
    .innerJoin("system as s", "s.id", "d.system_id")
    .select(["d.kind", "d.system_id as systemId", "s.name", "d.choice", "d.reason"])
    .select(["d.by_whom as by", "d.decided_at as at"])
    .where("d.study_id", "=", studyId)
    .orderBy("d.id")
    .execute();
  return new Map(
    rows.map(({ kind, systemId, name, choice, ...why }) => [
      findingName(kind, name),
      { kind, systemId, choice, decision: { choice, ...why } },
    ]),
  );
}
