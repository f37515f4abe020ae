import { type Context, now } from "../context.ts";
import { cleaned, type CouldTell, type StudyMessages } from "../contract/remarks.ts";
import type { Reader } from "../storage/database.ts";
import { requireStudy } from "../studies/store.ts";
import { AnnotatorNotFound } from "./errors.ts";

/** What annotators of a study and its owner wrote to each other, the oldest first, and what annotators guessed. @throws StudyNotFound */
export async function studyMessages(
  { database }: Pick<Context, "database">,
  study: string,
): Promise<StudyMessages> {
  return database.read((reader) => messagesIn(reader, study));
}

/** The same messages as rows for a file, the header first. */
export function messageRows({ messages }: Pick<StudyMessages, "messages">): string[][] {
  const rows = messages.map(({ annotator, group, fromOwner, text, at }) => {
    return [annotator, group, fromOwner ? "owner" : "annotator", text, at];
  });
  return [["annotator", "group", "from", "text", "sent_at"], ...rows];
}

async function messagesIn(reader: Reader, study: string): Promise<StudyMessages> {
  const { id } = await requireStudy(reader, study);
  const of = { annotator: "r.external_id as annotator", group: "g.name as group" } as const;
  const rows = await reader.db
    .selectFrom("annotator as r")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .innerJoin("message as m", "m.annotator_id", "r.id")
    .select([of.annotator, of.group, "m.from_owner as fromOwner", "m.text", "m.sent_at as at"])
    .where("r.study_id", "=", id)
    .orderBy("m.id")
    .execute();
  const messages = rows.map(({ fromOwner, ...row }) => ({ ...row, fromOwner: fromOwner === 1 }));
  const latest = new Map(messages.map((one) => [JSON.stringify([one.group, one.annotator]), one.fromOwner]));
  const guesses = await reader.db
    .selectFrom("annotator as r")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .innerJoin("guess as u", "u.annotator_id", "r.id")
    .select([of.annotator, of.group, "u.could_tell as couldTell", "u.text"])
    .where("r.study_id", "=", id)
    .where("u.could_tell", "<>", "declined")
    .orderBy("r.id")
    .$narrowType<{ couldTell: CouldTell }>()
    .execute();
  return { messages, waiting: [...latest.values()].filter((fromOwner) => !fromOwner).length, guesses };
}

/**
 * Writes an answer of the owner to an annotator, who reads it on their page.
 * @param given.annotator as `studyMessages` names them
 * @returns the messages with the answer
 * @throws StudyNotFound, AnnotatorNotFound
 */
export async function answer(
  context: Context,
  { study, annotator, text }: { study: string; annotator: string; text: string },
): Promise<StudyMessages> {
  return context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, study);
    const named = tx.db
      .selectFrom("annotator")
      .select("id")
      .where("study_id", "=", id)
      .where("external_id", "=", annotator)
      .where("token_hash", "is not", null);
    const to = await tx.dialect.lockRows(named).executeTakeFirst();
    if (!to) throw new AnnotatorNotFound(annotator, study);
    const row = { annotator_id: to.id, from_owner: 1, text: cleaned(text), request_key: null };
    await tx.db
      .insertInto("message")
      .values({ ...row, sent_at: now(context), read_at: null })
      .execute();
    return messagesIn(tx, study);
  });
}
