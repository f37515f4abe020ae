import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Transaction } from "../storage/database.ts";
import { lockStudy } from "../studies/lock-study.ts";

/** Another process, or another request, audits the same study. */
class AuditRunning extends TiebreakError {
  constructor(study: string) {
    super(
      "AuditRunning",
      409,
      `The texts of ${study} are being audited already. Wait until that has ended; an audit that was killed ends after ${ALIVE_MS / 1000} seconds.`,
    );
  }
}

/** Who has given no sign of life for so long does not audit any more. */
const ALIVE_MS = 30_000;
const SIGN_EVERY_MS = 5000;

/** @throws AuditRunning where an audit of the study has given a sign of life */
export async function requireNone(
  context: Context,
  tx: Transaction,
  { studyId, name }: { studyId: number; name: string },
): Promise<void> {
  await lockStudy(tx, studyId);
  const alive = new Date(context.clock().getTime() - ALIVE_MS).toISOString();
  const running = await tx.db
    .selectFrom("blinding_audit")
    .select("id")
    .where("study_id", "=", studyId)
    .where("body", "is", null)
    .where("alive_at", ">", alive)
    .executeTakeFirst();
  if (running) throw new AuditRunning(name);
}

/** The signs of life of one audit, every few seconds at most. */
export class Life {
  readonly #context: Context;
  readonly #auditId: number;
  #signedAt: number;

  constructor(context: Context, auditId: number) {
    this.#context = context;
    this.#auditId = auditId;
    this.#signedAt = context.clock().getTime();
  }

  async sign(): Promise<void> {
    const at = this.#context.clock().getTime();
    if (at - this.#signedAt < SIGN_EVERY_MS) return;
    this.#signedAt = at;
    await this.#context.database.transact(({ db }) =>
      db
        .updateTable("blinding_audit")
        .set({ alive_at: now(this.#context) })
        .where("id", "=", this.#auditId)
        .execute(),
    );
  }
}
