import type { Context } from "../context.ts";
import type { Contact } from "../contract/judging.ts";
import { hashToken } from "../studies/keys.ts";
import { currentProtocol } from "../studies/store.ts";

/** Whom somebody with a link writes to, open or personal, revoked or not; null: the link is none, or nobody is named. */
export async function contactOf(context: Context, link: string): Promise<Contact> {
  return context.database.read(async (reader) => {
    const hash = hashToken(link);
    const personal = reader.db.selectFrom("annotator").select("study_id").where("token_hash", "=", hash);
    const open = reader.db
      .selectFrom("annotator_group")
      .select("study_id")
      .where("open_token_hash", "=", hash);
    const found = (await personal.executeTakeFirst()) ?? (await open.executeTakeFirst());
    if (found === undefined) return { contact: null };
    const { protocol } = await currentProtocol(reader, found.study_id);
    return { contact: protocol.contact ?? null };
  });
}
