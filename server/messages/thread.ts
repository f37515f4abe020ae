import type { AssignmentService } from "../assignments/assignment-service.ts";
import { now } from "../context.ts";
import { cleaned, type GuessRequest, type MessageRequest, type Thread } from "../contract/remarks.ts";
import type { Transaction } from "../storage/database.ts";
import { NotAsked, TooManyMessages } from "./errors.ts";

/** How many messages one annotator may send. */
const IN_ALL = 100;
const AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/**
 * Sends the owner a message of an annotator. The same request key is written once, however often it is sent.
 * @returns what both have written
 * @throws LinkNotValid, LinkRevoked, NotAsked, TooManyMessages
 */
export async function sendMessage(
  service: AssignmentService,
  token: string,
  { text, requestKey }: MessageRequest,
): Promise<Thread> {
  return service.context.database.transact(async (tx) => {
    const { id } = await annotatorWith(service, tx, { token, asks: "messages" });
    const sent = await tx.db
      .selectFrom("message")
      .select(["request_key as key", "sent_at as at"])
      .where("annotator_id", "=", id)
      .where("from_owner", "=", 0)
      .execute();
    if (sent.some(({ key }) => key === requestKey)) return threadOf(tx, id);
    const hourAgo = new Date(service.context.clock().getTime() - HOUR_MS).toISOString();
    const lately = sent.filter(({ at }) => at > hourAgo).length;
    if (sent.length >= IN_ALL || lately >= AN_HOUR) throw new TooManyMessages();
    const row = { annotator_id: id, from_owner: 0, text: cleaned(text), request_key: requestKey };
    await tx.db
      .insertInto("message")
      .values({ ...row, sent_at: now(service.context), read_at: null })
      .execute();
    return threadOf(tx, id);
  });
}

/**
 * Opens what an annotator and the owner have written: the owner's messages count as read from then on.
 * @throws LinkNotValid, LinkRevoked, NotAsked
 */
export async function openThread(service: AssignmentService, token: string): Promise<Thread> {
  return service.context.database.transact(async (tx) => {
    const { id } = await annotatorWith(service, tx, { token, asks: "messages" });
    await tx.db
      .updateTable("message")
      .set({ read_at: now(service.context) })
      .where("annotator_id", "=", id)
      .where("from_owner", "=", 1)
      .where("read_at", "is", null)
      .execute();
    return threadOf(tx, id);
  });
}

/**
 * Writes down whether an annotator could tell which system wrote which response, or that they declined to answer; the latest
 * answer counts.
 * @throws LinkNotValid, LinkRevoked, NotAsked
 */
export async function giveGuess(
  service: AssignmentService,
  token: string,
  { couldTell, text }: GuessRequest,
): Promise<void> {
  await service.context.database.transact(async (tx) => {
    const { id } = await annotatorWith(service, tx, { token, asks: "guess" });
    const given = {
      could_tell: couldTell,
      text: text === undefined || couldTell === "declined" ? null : cleaned(text),
      given_at: now(service.context),
    };
    await tx.db
      .insertInto("guess")
      .values({ annotator_id: id, ...given })
      .onConflict((conflict) => conflict.column("annotator_id").doUpdateSet(given))
      .execute();
  });
}

async function annotatorWith(
  service: AssignmentService,
  tx: Transaction,
  { token, asks }: { token: string; asks: "messages" | "guess" },
) {
  const annotator = await service.lock(tx, token);
  if (!(await service.protocolOf(tx, annotator))[asks]) throw new NotAsked();
  return annotator;
}

async function threadOf({ db }: Transaction, annotatorId: number): Promise<Thread> {
  const rows = await db
    .selectFrom("message")
    .select(["from_owner as fromOwner", "text", "sent_at as at"])
    .where("annotator_id", "=", annotatorId)
    .orderBy("id")
    .execute();
  return { messages: rows.map(({ fromOwner, ...row }) => ({ isMine: fromOwner === 0, ...row })) };
}
