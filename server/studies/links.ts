import type { Context } from "../context.ts";
import { isLoopback } from "../contract/loopback.ts";
import type { InviteReply, InviteRequest } from "../contract/studies.ts";
import { asWord } from "../report-document/as-word.ts";
import type { Transaction } from "../storage/database.ts";
import { inviteAnnotators, isOpenLink, makeOpenLinkIn } from "./annotators.ts";
import { InvitationRefused } from "./errors.ts";

/** Every link that is issued, under the public address of the server. Tokens are in the fragment. */
export const links = {
  judge: (origin: string, token: string) => `${origin}/judge#${token}`,
  join: (origin: string, token: string) => `${origin}/join#${token}`,
  dashboard: (origin: string, token: string) => `${origin}/dashboard#${token}`,
  /** Without a token, for who is signed in there. */
  preview: (origin: string, study: string, token?: string) =>
    `${origin}/dashboard/${encodeURIComponent(study)}?show=preview${token === undefined ? "" : `#${token}`}`,
  results: (origin: string, token: string) => `${origin}/results#${token}`,
};

/**
 * Makes invite links of a group: `count` personal ones, or with `open` one shared link.
 * @returns the links, and a warning if they would open on this machine only, or if an earlier open link ended
 * @throws InvitationRefused where the open link is in the address of a platform
 */
export async function invite(
  context: Context,
  request: InviteRequest & { study: string; origin: string; by: string },
): Promise<InviteReply> {
  const { origin, study, group, most, several, by } = request;
  const warnings = [warningOf(origin) ?? []].flat();
  if (request.open) {
    const token = await context.database.transact(async (tx) => {
      const before = await openLinkInUse(tx, { study, group });
      if (before.isOfPlatform) throw new InvitationRefused(OF_PLATFORM(study, group));
      if (before.isThere) warnings.push(`The earlier open link of ${group} no longer works.`);
      return makeOpenLinkIn(context, tx, { study, group, most, several, by });
    });
    return { links: [{ annotator: null, url: links.join(origin, token) }], warning: joined(warnings) };
  }
  const invited = await inviteAnnotators(context, { study, group, count: request.count ?? 1, by });
  const made = invited.map((one) => ({ annotator: one.annotator, url: links.judge(origin, one.token) }));
  return { links: made, warning: joined(warnings) };
}

/** What to know of links that begin with this address; null: nothing. */
export const warningOf = (origin: string): string | null => (reachesOthers(origin) ? null : ON_THIS_MACHINE);

const ON_THIS_MACHINE =
  "These links open on this machine only. Start the server with --public-url https://… for links that work elsewhere.";
const OF_PLATFORM = (study: string, group: string) =>
  `People come to the group “${group}” from a platform, by its open link. A new one would end the address that was pasted there. To replace it all the same, revoke it first:\n  npx tiebreak links ${asWord(study)} --revoke ${asWord(`shared-${group}`)}`;

const joined = (warnings: readonly string[]): string | null =>
  warnings.length === 0 ? null : warnings.join("\n");

/** Whether a group has an open link that works, and whether it is in the address of a platform. */
async function openLinkInUse(
  { db }: Transaction,
  { study, group }: { study: string; group: string },
): Promise<{ isThere: boolean; isOfPlatform: boolean }> {
  const row = await db
    .selectFrom("annotator_group as g")
    .innerJoin("study as s", "s.id", "g.study_id")
    .leftJoin("platform as p", "p.group_id", "g.id")
    .select(["g.open_token_hash", "g.open_link_revoked_at", "p.link"])
    .where("s.name", "=", study)
    .where("g.name", "=", group)
    .executeTakeFirst();
  if (row === undefined) return { isThere: false, isOfPlatform: false };
  const isThere = row.open_token_hash !== null && row.open_link_revoked_at === null;
  return { isThere, isOfPlatform: isOpenLink(row.link, row) };
}

/** Whether links to this address open on other machines too. */
function reachesOthers(origin: string): boolean {
  const { hostname } = new URL(origin);
  return !isLoopback(hostname) && !["0.0.0.0", "[::]"].includes(hostname);
}
