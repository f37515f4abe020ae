import { hash } from "node:crypto";
import { sql } from "kysely";
import { type Context, now } from "../context.ts";
import type { DecideFinding, Followed } from "../contract/blinding.ts";
import { type AuditChoice, type FindingKind, isMaskable, type MaskableKind } from "../contract/findings.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Transaction } from "../storage/database.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { recordChange, requireStudy, type StudyRow } from "../studies/store.ts";
import { readFindingName } from "./findings.ts";
import { decisionsOf, latestAudit } from "./latest.ts";
import { maskedTurns, namesBySystem } from "./signs/signs.ts";

class FindingNotFound extends TiebreakError {
  constructor(finding: string, there: readonly string[]) {
    const some = there.length === 0 ? "It has no findings." : `Its findings are ${there.join(", ")}.`;
    super("FindingNotFound", 404, `The latest audit has no finding called ${finding}. ${some}`);
  }
}

class MaskRefused extends TiebreakError {
  constructor(message: string) {
    super("MaskRefused", 409, message);
  }
}

/**
 * Decides what is done about a finding of the latest audit, in place of an earlier decision: keep the responses as they are, mask
 * what was found, or leave out every comparison that shows one of them. It applies to the responses that were found. Nothing is deleted:
 * another decision undoes it. Masking changes what annotators see, so it is refused once the study was opened or the texts were judged.
 * @throws StudyNotFound, FindingNotFound, MaskRefused
 */
export async function decideFinding(
  context: Context,
  request: DecideFinding & { study: string; by: string },
): Promise<Followed> {
  const { finding, choice, reason, by } = request;
  return context.database.transact(async (tx) => {
    const study = await requireStudy(tx, request.study);
    await lockStudy(tx, study.id);
    const latest = await latestAudit(tx, study.id);
    const before = await decisionsOf(tx, study.id);
    const there =
      latest?.audit.findings.some((one) => one.finding === finding) === true || before.has(finding);
    const named = readFindingName(finding);
    if (!latest || !there || !named)
      throw new FindingNotFound(finding, latest?.audit.findings.map((one) => one.finding) ?? []);
    if (choice === "mask" || before.get(finding)?.choice === "mask")
      await requireMaskable(tx, study, finding);
    const { id: systemId } = await tx.db
      .selectFrom("system")
      .select("id")
      .where("study_id", "=", study.id)
      .where("name", "=", named.system)
      .executeTakeFirstOrThrow();
    const at = now(context);
    const decided = { kind: named.kind, system_id: systemId, choice, reason, decided_at: at, by_whom: by };
    await tx.db
      .insertInto("blinding_decision")
      .values({ ...decided, study_id: study.id })
      .execute();
    await recordChange(tx, {
      studyId: study.id,
      kind: "blinding",
      detail: { finding, choice, reason },
      at,
      by,
    });
    const masked = await applyMasks(tx, { study, auditId: latest.id });
    const isFound = latest.audit.findings.some((one) => one.finding === finding);
    const leftOut = await applyLeftOut(tx, {
      studyId: study.id,
      decided,
      foundBy: isFound ? latest.id : null,
    });
    return { leftOut, masked };
  });
}

async function requireMaskable(tx: Transaction, { id, state }: StudyRow, finding: string): Promise<void> {
  const named = readFindingName(finding);
  if (named && !isMaskable(named.kind))
    throw new MaskRefused(
      `${finding} cannot be masked, since nothing could be taken out of the texts. Keep them, or leave them out.`,
    );
  if (state !== "draft")
    throw new MaskRefused(
      "Masking changes what annotators see, so it ends when the study opens. Leave the comparisons out, or keep the texts.",
    );
  const judged = await tx.db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .select("a.id")
    .where("c.study_id", "=", id)
    .limit(1)
    .executeTakeFirst();
  if (judged)
    throw new MaskRefused(
      "Texts of this study were judged as they are, so they cannot be masked. Leave the comparisons out, or keep the texts.",
    );
}

/** A list for the database is never empty. */
const NO_KIND = "" as MaskableKind;

interface Applying {
  readonly study: StudyRow;
  readonly auditId: number;
}

/** Makes every text what the decisions in force make of its original. @returns how many are masked */
async function applyMasks(tx: Transaction, { study, auditId }: Applying): Promise<number> {
  const { db } = tx;
  const decisions = [...(await decisionsOf(tx, study.id)).values()];
  const systems = await db
    .selectFrom("system")
    .select(["id", "name", "display_name as displayName"])
    .where("study_id", "=", study.id)
    .orderBy("id")
    .execute();
  const names = namesBySystem(systems);
  let masked = 0;
  let emptied = 0;
  for (const { id, name } of systems) {
    const kinds = new Set(
      decisions.flatMap(({ kind, systemId, choice }): MaskableKind[] =>
        systemId === id && choice === "mask" && isMaskable(kind) ? [kind] : [],
      ),
    );
    const rows = await db
      .selectFrom("response as r")
      .leftJoin("masked_response as m", "m.response_id", "r.id")
      .select(["r.id", "r.turns", "r.content_hash as hash", "m.turns as original", "m.content_hash as was"])
      .where("r.system_id", "=", id)
      .where((e) =>
        e.or([
          e("m.response_id", "is not", null),
          e.exists(
            e
              .selectFrom("found_sign as f")
              .select("f.kind")
              .whereRef("f.response_id", "=", "r.id")
              .where("f.audit_id", "=", auditId)
              .where("f.kind", "in", [...kinds, NO_KIND]),
          ),
        ]),
      )
      .execute();
    for (const row of rows) {
      const original = row.original ?? row.turns;
      const texts = JSON.parse(original) as string[];
      const shown = maskedTurns(texts, kinds, names.get(name)!);
      if (shown.some((text, i) => text.trim() === "" && texts[i]!.trim() !== "")) emptied++;
      const turns = JSON.stringify(shown);
      await db.deleteFrom("masked_response").where("response_id", "=", row.id).execute();
      if (turns !== original) {
        const kept = { response_id: row.id, turns: original, content_hash: row.was ?? row.hash };
        await db.insertInto("masked_response").values(kept).execute();
        masked++;
      }
      if (turns !== row.turns)
        await db
          .updateTable("response")
          .set({ turns, content_hash: hash("sha256", turns) })
          .where("id", "=", row.id)
          .execute();
    }
  }
  if (emptied > 0)
    throw new MaskRefused(
      `Masking would leave ${emptied} ${emptied === 1 ? "response" : "responses"} without text. Leave the comparisons out, or keep the texts.`,
    );
  return masked;
}

interface LeavingOut {
  readonly studyId: number;
  readonly decided: { readonly kind: FindingKind; readonly system_id: number; readonly choice: AuditChoice };
  /** The audit that found it; null: an earlier one did, and the latest did not. */
  readonly foundBy: number | null;
}

/**
 * Leaves out what this decision leaves out, or takes it back in. What other decisions left out stays out, whether or not the latest
 * audit finds it again.
 */
async function applyLeftOut({ db }: Transaction, given: LeavingOut): Promise<Followed["leftOut"]> {
  const { studyId, foundBy } = given;
  const { kind, system_id: systemId, choice } = given.decided;
  if (choice !== "leave out" || foundBy !== null)
    await db
      .deleteFrom("left_out_response")
      .where("kind", "=", kind)
      .where("system_id", "=", systemId)
      .execute();
  if (choice === "leave out" && foundBy !== null)
    await sql`
      insert into left_out_response (response_id, kind, prompt_id, system_id)
      select r.id, f.kind, r.prompt_id, r.system_id from found_sign f join response r on r.id = f.response_id
      where f.audit_id = ${foundBy} and f.kind = ${kind} and r.system_id = ${systemId}`.execute(db);
  const affected = sql`(select c.id from comparison c where c.study_id = ${studyId}
    and exists (select 1 from left_out_response o where o.prompt_id = c.prompt_id
      and (o.system_id = c.low_system_id or o.system_id = c.high_system_id)))`;
  const own = sql`comparison_id in (select id from comparison where study_id = ${studyId})`;
  // a replicate below 0 is looked for by nobody
  await sql`update slot set replicate = -1 - replicate where replicate >= 0 and comparison_id in ${affected}`.execute(
    db,
  );
  await sql`update slot set replicate = -1 - replicate where replicate < 0 and ${own} and comparison_id not in ${affected}`.execute(
    db,
  );
  const { rows } = await sql<{ responses: number; comparisons: number }>`
    select (select count(distinct o.response_id) from left_out_response o join prompt p on p.id = o.prompt_id
        where p.study_id = ${studyId}) as responses,
      (select count(*) from comparison where id in ${affected}) as comparisons`.execute(db);
  return { responses: Number(rows[0]!.responses), comparisons: Number(rows[0]!.comparisons) };
}
