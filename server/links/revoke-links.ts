import { giveBack } from "../assignments/places.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { IssuedLink, LinksChanged } from "../contract/links.ts";
import type { Transaction } from "../storage/database.ts";
import { asWord } from "../report-document/as-word.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { type LinkRow, linkRows } from "./issued-links.ts";

export class LinkNotFound extends TiebreakError {
  constructor(missing: readonly string[], study: string) {
    super(
      "LinkNotFound",
      404,
      `The study “${study}” has no link ${missing.join(", ")}. List them with: npx tiebreak links ${asWord(study)}`,
    );
  }
}

interface Request {
  readonly study: string;
  readonly names: readonly string[];
  readonly by: string;
}

/**
 * Ends links. Whoever comes by one is told; what was judged by a personal one stays and counts, and the pairs that its person
 * holds are free for others. Nothing is deleted: `restoreLinks` brings them back.
 * @returns the names that were valid before, and all links. @throws StudyNotFound, LinkNotFound
 */
export const revokeLinks = (context: Context, request: Request): Promise<LinksChanged> =>
  change(context, request, "revoked");

/** Makes revoked links valid again, the same as they were given out. @returns and @throws as revokeLinks */
export const restoreLinks = (context: Context, request: Request): Promise<LinksChanged> =>
  change(context, request, "valid");

async function change(
  context: Context,
  { study, names, by }: Request,
  to: IssuedLink["state"],
): Promise<LinksChanged> {
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const wanted = new Set(names);
    const found = (await linkRows(tx, studyId)).filter(({ link }) => wanted.has(link.name));
    const missing = [...wanted].filter((name) => !found.some(({ link }) => link.name === name));
    if (missing.length > 0) throw new LinkNotFound(missing, study);
    const rows = found.filter(({ link }) => link.state !== to);
    const changed = rows.map(({ link }) => link.name);
    const at = now(context);
    for (const row of rows) await set(tx, row, { revokedAt: to === "revoked" ? at : null, at });
    if (changed.length > 0) {
      const kind = to === "revoked" ? "links revoked" : "links restored";
      await recordChange(tx, { studyId, kind, detail: { links: changed }, at, by });
    }
    return { changed, links: (await linkRows(tx, studyId)).map(({ link }) => link) };
  });
}

async function set(
  tx: Transaction,
  { id, link: { kind } }: LinkRow,
  { revokedAt, at }: { revokedAt: string | null; at: string },
): Promise<void> {
  const { db } = tx;
  if (kind === "results") {
    await db.updateTable("share_link").set({ revoked_at: revokedAt }).where("id", "=", id).execute();
  } else if (kind === "shared") {
    const row = { open_link_revoked_at: revokedAt };
    await db.updateTable("annotator_group").set(row).where("id", "=", id).execute();
  } else {
    const row = { link_revoked_at: revokedAt }; // which also locks the annotator, as all of their own use cases do first
    await db.updateTable("annotator").set(row).where("id", "=", id).execute();
    if (revokedAt !== null) await tx.run(giveBack, { annotatorId: id, at });
  }
}
