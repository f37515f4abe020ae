import { createHmac } from "node:crypto";
import { type Context, newToken, now } from "../context.ts";
import { asWord } from "../report-document/as-word.ts";
import { addAnnotator } from "./annotators.ts";
import { InvitationRefused } from "./errors.ts";
import { groupForPeople } from "./group-for-people.ts";
import { hashToken } from "./keys.ts";
import { recordChange } from "./store.ts";

const SECRET_BYTES = 32;

const revoked = (study: string, name: string): string =>
  `The link of ${name} was revoked. Make it valid again first:\n  npx tiebreak links ${asWord(study)} --restore ${name}`;

/**
 * The personal link of whoever runs the study, as the one annotator of a group: the same each time, so that answers
 * which a browser has not sent yet still arrive.
 * @returns the link's token
 * @throws what `groupForPeople` throws, InvitationRefused where the link was revoked
 */
export async function ownToken(
  context: Context,
  given: { study: string; group: string; by: string },
): Promise<string> {
  return context.database.transact(async (tx) => {
    const { study, group } = await groupForPeople(tx, given);
    const { link_secret: before } = await tx.db
      .selectFrom("annotator_group")
      .select("link_secret")
      .where("id", "=", group.id)
      .executeTakeFirstOrThrow();
    const secret = before ?? newToken(context, SECRET_BYTES);
    const token = createHmac("sha256", secret).update(`own ${group.id}`).digest("base64url");
    const there = await tx.db
      .selectFrom("annotator")
      .select(["external_id as name", "link_revoked_at as revokedAt"])
      .where("token_hash", "=", hashToken(token))
      .executeTakeFirst();
    if (there && there.revokedAt !== null) throw new InvitationRefused(revoked(study.name, there.name));
    if (there) return token;
    await tx.db
      .updateTable("annotator_group")
      .set({ link_secret: secret })
      .where("id", "=", group.id)
      .execute();
    await addAnnotator(context, tx, { studyId: study.id, groupId: group.id, token });
    const detail = { group: group.name, count: 1 };
    await recordChange(tx, { studyId: study.id, kind: "invited", detail, at: now(context), by: given.by });
    return token;
  });
}
