import type { AssignmentService } from "../assignments/assignment-service.ts";
import { letGo } from "../assignments/places.ts";
import { annotatorQuery, type AnnotatorAtWork } from "../assignments/statements.ts";
import { type Context, now } from "../context.ts";
import type { Finish } from "../contract/platforms.ts";
import type { FinishKind } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { currentProtocol } from "../studies/store.ts";
import { partAt } from "./end-of-part.ts";
import { partOf } from "./part.ts";
import { finishFor } from "./settings.ts";

/**
 * How somebody's part has ended, and how they get back to the platform that they came from. Only the server knows: it asks
 * what they hold and what is left for them. Who has completed their part once stays so.
 * @returns null while there is something to judge or to wait for, and for those who came from no platform
 * @throws LinkNotValid, LinkRevoked
 */
export async function finishOf(service: AssignmentService, token: string): Promise<Finish | null> {
  return service.context.database.transact(async (tx) => {
    const annotator = await service.lock(tx, token);
    const part = await partOf(tx, annotator.id);
    if (part === null) return null;
    const { held } = await service.fill(tx, annotator, []);
    if (part.finish !== "completed" && held.live.length > 0) return null;
    const at = now(service.context);
    const { protocol } = await currentProtocol(tx, annotator.studyId);
    const { finish } = await partAt(tx, { annotator, protocol, written: part.finish, at });
    if (finish === null) return null;
    if (finish !== part.finish) await write(tx, annotator.id, { finish, finished_at: at });
    if (finish === "timed_out" && finish !== part.finish)
      await letGo(tx, annotator.id, service.context.clock());
    return finishFor(part.settings, finish, part.ids);
  });
}

/**
 * Ends the part of somebody who wants to stop: what they judged stays and counts, and others are given what they hold. Who
 * came from no platform may go on later.
 * @throws LinkNotValid, LinkRevoked
 */
export async function stop(service: AssignmentService, token: string): Promise<void> {
  await service.context.database.transact(async (tx) => {
    const annotator = await service.lock(tx, token);
    if (annotator.stoppedAt !== null) return;
    if ((await partOf(tx, annotator.id)) !== null)
      await write(tx, annotator.id, { stopped_at: now(service.context) });
    await letGo(tx, annotator.id, service.context.clock());
  });
}

/**
 * Ends the part of somebody who leaves for good, whether they came from a platform or not; one that has ended before stays
 * as it ended. The annotator's row must be locked in this transaction.
 * @returns the way back to their platform; null: they came from none
 */
export async function endPart(
  context: Context,
  tx: Transaction,
  annotatorId: number,
): Promise<Finish | null> {
  const at = now(context);
  await tx.db
    .updateTable("participation")
    .set({ stopped_at: at })
    .where("annotator_id", "=", annotatorId)
    .where("stopped_at", "is", null)
    .where("finish", "is", null)
    .execute();
  const part = await partOf(tx, annotatorId);
  if (part === null) return null;
  const annotator = await annotatorQuery(tx.db)
    .where("a.id", "=", annotatorId)
    .$castTo<AnnotatorAtWork>()
    .executeTakeFirstOrThrow();
  const { protocol } = await currentProtocol(tx, annotator.studyId);
  const { finish } = await partAt(tx, { annotator, protocol, written: part.finish, at });
  if (finish === null) return null;
  if (finish !== part.finish) await write(tx, annotatorId, { finish, finished_at: at });
  return finishFor(part.settings, finish, part.ids);
}

const write = async (
  { db }: Transaction,
  annotatorId: number,
  row: { finish?: FinishKind; finished_at?: string; stopped_at?: string },
): Promise<unknown> =>
  db.updateTable("participation").set(row).where("annotator_id", "=", annotatorId).execute();
