import type { AssignmentService } from "../assignments/assignment-service.ts";
import type { AnnotatorAtWork } from "../assignments/statements.ts";
import { now } from "../context.ts";
import type { Signs, SignsConsent } from "../contract/quality.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";

/** Signs that somebody leaves the page or copies texts: only of those who agreed, where the protocol has it. */

const selectConsent = statement<{ annotatorId: number }, { agreed: number }>((db, param) =>
  db.selectFrom("work_signs").select("agreed").where("annotator_id", "=", param("annotatorId")),
);

const addSigns = statement<{ annotatorId: number; left: number; copied: number }, never>((db, param) =>
  db
    .updateTable("work_signs")
    .set((e) => ({
      pairs: e("pairs", "+", 1),
      left_pairs: e("left_pairs", "+", param("left")),
      copied_pairs: e("copied_pairs", "+", param("copied")),
    }))
    .where("annotator_id", "=", param("annotatorId"))
    .where("agreed", "=", 1),
);

/** Whether an annotator is still to be asked, or has agreed; undefined: there is nothing to note of them. */
export async function consentOf(
  reader: Pick<Reader, "run">,
  { signs }: Protocol,
  annotatorId: number,
): Promise<SignsConsent | undefined> {
  if (signs === undefined) return undefined;
  const [row] = await reader.run(selectConsent, { annotatorId });
  if (row === undefined) return "ask";
  return row.agreed === 1 ? "on" : undefined;
}

/** Notes the signs of one judgment, of somebody who has agreed. The annotator's row must be locked in this transaction. */
export async function noteSigns(
  tx: Transaction,
  given: { annotator: AnnotatorAtWork; protocol: Protocol; signs: Signs | undefined },
): Promise<void> {
  const { annotator, protocol, signs } = given;
  if (protocol.signs === undefined || signs === undefined) return;
  const [left, copied] = [signs.left > 0 ? 1 : 0, signs.copied > 0 ? 1 : 0];
  await tx.run(addSigns, { annotatorId: annotator.id, left, copied });
}

/**
 * Whether somebody agrees that signs are noted. Who no longer agrees loses what was noted. Nothing is kept in a study
 * without signs. @throws LinkNotValid, LinkRevoked
 */
export async function agreeToSigns(
  service: AssignmentService,
  token: string,
  agrees: boolean,
): Promise<void> {
  await service.context.database.transact(async (tx) => {
    const annotator = await service.lock(tx, token);
    const { signs } = await service.protocolOf(tx, annotator);
    if (signs === undefined) return;
    const nothing = { pairs: 0, left_pairs: 0, copied_pairs: 0 };
    const row = { agreed: agrees ? 1 : 0, decided_at: now(service.context) };
    await tx.db
      .insertInto("work_signs")
      .values({ annotator_id: annotator.id, ...nothing, ...row })
      .onConflict((conflict) =>
        conflict.column("annotator_id").doUpdateSet(agrees ? row : { ...row, ...nothing }),
      )
      .execute();
  });
}
