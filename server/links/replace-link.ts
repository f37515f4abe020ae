import { type Context, newToken, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { LinkReplaced } from "../contract/links.ts";
import type { Transaction } from "../storage/database.ts";
import { hashToken } from "../studies/keys.ts";
import { invite, links, warningOf } from "../studies/links.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { type LinkRow, linkRows } from "./issued-links.ts";
import { LinkNotFound } from "./revoke-links.ts";

class LinkNotReplaced extends TiebreakError {
  constructor(name: string, why: string) {
    super("LinkNotReplaced", 409, `The link ${name} cannot be replaced: ${why}`);
  }
}

const TOKEN_BYTES = 32;
const OF_PLATFORM = "this person comes back by the address at their platform.";
const OWN = "whoever runs the study gets it again by the command that started it.";

interface Request {
  readonly study: string;
  readonly name: string;
  /** The address of the server, with which the link begins. */
  readonly origin: string;
  readonly by: string;
}

/**
 * Makes a link anew, to send it again: of an issued one only a hash is kept. The old one ends, and also a revoked one is valid again. The
 * person of a personal link goes on where they were; a link to results shows what it showed; a shared link keeps its settings.
 * @returns the new link, and a warning if it opens on this machine only
 * @throws StudyNotFound, LinkNotFound; LinkNotReplaced where the person has another way back; InvitationRefused for the shared link
 *   of a platform
 */
export async function replaceLink(context: Context, request: Request): Promise<LinkReplaced> {
  const { study, name, origin, by } = request;
  const row = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const found = (await linkRows(reader, id)).find(({ link }) => link.name === name);
    if (!found) throw new LinkNotFound([name], study);
    return found;
  });
  if (row.link.kind === "shared") return replaceShared(context, request, row);
  const token = newToken(context, TOKEN_BYTES);
  await context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    if (row.link.kind === "results") await setResults(tx, row, token);
    else await setPersonal(tx, { ...row, study }, token);
    const change = { kind: "link replaced", detail: { link: name }, by };
    await recordChange(tx, { ...change, studyId, at: now(context) });
  });
  const url = row.link.kind === "results" ? links.results(origin, token) : links.judge(origin, token);
  return { name, url, warning: warningOf(origin) };
}

async function setResults({ db }: Transaction, { id }: LinkRow, token: string): Promise<void> {
  const made = { token_hash: hashToken(token), revoked_at: null, used_at: null };
  await db.updateTable("share_link").set(made).where("id", "=", id).execute();
}

async function setPersonal(
  { db }: Transaction,
  { id, link, study }: LinkRow & { study: string },
  token: string,
): Promise<void> {
  const made = { token_hash: hashToken(token), link_revoked_at: null };
  const set = db.updateTable("annotator").set(made).where("id", "=", id).where("token_hash", "is not", null);
  const { numUpdatedRows } = await set.executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new LinkNotFound([link.name], study); // erased meanwhile: nothing leads back to them
  const group = await db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .leftJoin("participant as p", "p.annotator_id", "a.id")
    .select(["g.link_secret as secret", "p.platform"])
    .where("a.id", "=", id)
    .executeTakeFirstOrThrow();
  if (group.platform !== null) throw new LinkNotReplaced(link.name, OF_PLATFORM);
  if (group.secret !== null) throw new LinkNotReplaced(link.name, OWN);
}

async function replaceShared(
  context: Context,
  request: Request,
  { id, link: { name, group } }: LinkRow,
): Promise<LinkReplaced> {
  const settings = await context.database.read(({ db }) =>
    db
      .selectFrom("annotator_group")
      .select(["open_link_most as most", "open_link_several as several"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow(),
  );
  const most = settings.most === null ? {} : { most: settings.most };
  const open = { group: group ?? "", open: true, ...most, several: Boolean(settings.several) };
  const { links: made, warning } = await invite(context, { ...request, ...open });
  return { name, url: made[0]!.url, warning };
}
