import type { Context } from "../context.ts";
import type { InviteReply, InviteRequest } from "../contract/studies.ts";
import { inviteAnnotators, makeOpenLink } from "./annotators.ts";

/** Every link that is issued, under the public address of the server. Tokens are in the fragment. */
export const links = {
  judge: (origin: string, token: string) => `${origin}/judge#${token}`,
  join: (origin: string, token: string) => `${origin}/join#${token}`,
  dashboard: (origin: string, token: string) => `${origin}/dashboard#${token}`,
  preview: (origin: string, study: string, token: string) =>
    `${origin}/dashboard/${encodeURIComponent(study)}?show=preview#${token}`,
  results: (origin: string, token: string) => `${origin}/results#${token}`,
};

/**
 * Makes invite links of a group: `count` personal ones, or with `open` one shared link.
 * @returns the links, and a warning if they would open on this machine only
 */
export async function invite(
  context: Context,
  request: InviteRequest & { study: string; origin: string; by: string },
): Promise<InviteReply> {
  const { origin, study, group, most, several, by } = request;
  const warning = reachesOthers(origin)
    ? null
    : `These links open on this machine only. Start the server with --public-url https://… for links that work elsewhere.`;
  if (request.open) {
    const token = await makeOpenLink(context, { study, group, most, several, by });
    return { links: [{ annotator: null, url: links.join(origin, token) }], warning };
  }
  const invited = await inviteAnnotators(context, { study, group, count: request.count ?? 1, by });
  const made = invited.map((one) => ({ annotator: one.annotator, url: links.judge(origin, one.token) }));
  return { links: made, warning };
}

/** Whether links to this address open on other machines too. */
function reachesOthers(origin: string): boolean {
  return !/^(localhost|127\.|\[::1\]|0\.0\.0\.0|\[::\])/.test(new URL(origin).hostname);
}
