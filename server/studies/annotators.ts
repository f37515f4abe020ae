import { type Context, newToken, now } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { LinkNotValid, LinkRevoked, StudyClosed, StudyFull } from "./errors.ts";
import { groupForPeople } from "./group-for-people.ts";
import { joinStateOf } from "./join-state.ts";
import { hashToken } from "./keys.ts";
import { recordChange } from "./store.ts";

const TOKEN_BYTES = 32;
/** People who came by an invite link, as opposed to names in a loaded file. */
export const INVITED = "invited";

/**
 * Makes personal links: one new annotator each.
 * @returns each annotator's display number and token; only a hash of the token is kept
 * @throws what `groupForPeople` throws, where there is nothing to invite to
 */
export async function inviteAnnotators(
  context: Context,
  invitation: { study: string; group: string; count: number; by: string },
): Promise<{ annotator: string; token: string }[]> {
  return context.database.transact(async (tx) => {
    const { study, group } = await groupForPeople(tx, invitation);
    const invited = [];
    for (let i = 0; i < invitation.count; i++) {
      invited.push(await addAnnotator(context, tx, { studyId: study.id, groupId: group.id }));
    }
    const detail = { group: group.name, count: invitation.count };
    await recordChange(tx, {
      studyId: study.id,
      kind: "invited",
      detail,
      at: now(context),
      by: invitation.by,
    });
    return invited;
  });
}

/** Makes the group's one shared link, in place of an earlier one. @returns the link's token */
export async function makeOpenLink(
  context: Context,
  invitation: { study: string; group: string; by: string },
): Promise<string> {
  const token = newToken(context, TOKEN_BYTES);
  await context.database.transact(async (tx) => {
    const { study, group } = await groupForPeople(tx, invitation);
    await tx.db
      .updateTable("annotator_group")
      .set({
        ...{ open_token_hash: hashToken(token), open_link_made_at: now(context) },
        ...{ open_link_used_at: null, open_link_revoked_at: null },
      })
      .where("id", "=", group.id)
      .execute();
    const detail = { group: group.name };
    await recordChange(tx, {
      studyId: study.id,
      kind: "open link",
      detail,
      at: now(context),
      by: invitation.by,
    });
  });
  return token;
}

/**
 * Makes an annotator of the group that a shared link belongs to. @returns the annotator's own token
 * @throws LinkNotValid, LinkRevoked, StudyClosed, StudyFull
 */
export async function joinByOpenLink(context: Context, link: string): Promise<string> {
  return context.database.transact(async (tx) => {
    const group = await tx.db
      .selectFrom("annotator_group as g")
      .innerJoin("study as s", "s.id", "g.study_id")
      .select(["g.id", "g.study_id", "s.state", "g.open_link_revoked_at as revokedAt"])
      .where("g.open_token_hash", "=", hashToken(link))
      .executeTakeFirst();
    if (!group) throw new LinkNotValid();
    if (group.revokedAt !== null) throw new LinkRevoked();
    const state = await joinStateOf(tx, { groupId: group.id, state: group.state, at: now(context) });
    if (state === "closed") throw new StudyClosed();
    if (state === "full") throw new StudyFull();
    // first, as whoever revokes it does: two who lock the group and the study in two orders would wait for each other
    const used = await tx.db
      .updateTable("annotator_group")
      .set({ open_link_used_at: now(context) })
      .where("id", "=", group.id)
      .where("open_link_revoked_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (!used) throw new LinkRevoked();
    const made = await addAnnotator(context, tx, { studyId: group.study_id, groupId: group.id });
    return made.token;
  });
}

async function addAnnotator(context: Context, tx: Transaction, where: { studyId: number; groupId: number }) {
  const token = newToken(context, TOKEN_BYTES);
  const number = await nextDisplayNumber(tx, where.studyId);
  const name = `annotator-${number}`;
  await tx.db
    .insertInto("annotator")
    .values({
      group_id: where.groupId,
      study_id: where.studyId,
      provider: INVITED,
      external_id: name,
      display_number: number,
      token_hash: hashToken(token),
      probe_key: null,
      created_at: now(context),
    })
    .execute();
  return { annotator: name, token };
}

/** The study's row is locked, so that two who join at once get two numbers. */
export async function nextDisplayNumber(tx: Transaction, studyId: number): Promise<number> {
  await tx.dialect
    .lockRows(tx.db.selectFrom("study").select("id").where("id", "=", studyId))
    .executeTakeFirstOrThrow();
  const row = await tx.db
    .selectFrom("annotator")
    .select((column) => column.fn.max<number | null>("display_number").as("last"))
    .where("study_id", "=", studyId)
    .executeTakeFirstOrThrow();
  return (row.last ?? 0) + 1;
}
