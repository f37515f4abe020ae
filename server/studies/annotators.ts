import { type Context, newToken, now } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { groupForPeople } from "./group-for-people.ts";
import { hashToken } from "./keys.ts";
import { recordChange } from "./store.ts";

const TOKEN_BYTES = 32;
/** People who came by an invite link, as opposed to names in a loaded file. */
export const INVITED = "invited";
/** Rows that votes without a name stand under: no people, and never counted, listed or named as such. */
export const NAMELESS = "nameless";

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

interface OpenInvitation {
  readonly study: string;
  readonly group: string;
  /** How many people may join by the link; default: see participants/crowd.ts. */
  readonly most?: number | undefined;
  /** Whether one browser may join as several people; default: no. */
  readonly several?: boolean | undefined;
  readonly by: string;
}

/** Makes the group's one shared link, in place of an earlier one. @returns the link's token */
export async function makeOpenLink(context: Context, invitation: OpenInvitation): Promise<string> {
  return context.database.transact((tx) => makeOpenLinkIn(context, tx, invitation));
}

/** The same in a transaction that does more. */
export async function makeOpenLinkIn(
  context: Context,
  tx: Transaction,
  invitation: OpenInvitation,
): Promise<string> {
  const token = newToken(context, TOKEN_BYTES);
  const { study, group } = await groupForPeople(tx, invitation);
  const { most, several, by } = invitation;
  await tx.db
    .updateTable("annotator_group")
    .set({
      ...{ open_token_hash: hashToken(token), open_link_made_at: now(context) },
      ...{ open_link_used_at: null, open_link_revoked_at: null },
      ...{ open_link_most: most ?? null, open_link_several: several === true ? 1 : 0 },
    })
    .where("id", "=", group.id)
    .execute();
  const detail = { group: group.name };
  await recordChange(tx, { studyId: study.id, kind: "open link", detail, at: now(context), by });
  return token;
}

/** Whether a link is a group's open link, and works. */
export const isOpenLink = (
  link: string | null,
  group: { open_token_hash: string | null; open_link_revoked_at: string | null },
): boolean =>
  link !== null && hashToken(link) === group.open_token_hash && group.open_link_revoked_at === null;

/**
 * Adds somebody to a group. The study's row is locked from then on, until the transaction ends.
 * @param where.token of their personal link; none: a new one
 * @returns their id, display name and token, of which only a hash is kept
 */
export async function addAnnotator(
  context: Context,
  tx: Transaction,
  where: { studyId: number; groupId: number; token?: string },
): Promise<{ id: number; annotator: string; token: string }> {
  const token = where.token ?? newToken(context, TOKEN_BYTES);
  const number = await nextDisplayNumber(tx, where.studyId);
  const name = `annotator-${number}`;
  const { id } = await tx.db
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
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, annotator: name, token };
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
