import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { LinksChanged } from "../contract/links.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { linkRows } from "./issued-links.ts";
import { LinkNotFound } from "./revoke-links.ts";

class LinkNotShared extends TiebreakError {
  constructor(name: string) {
    super("LinkNotShared", 409, `The link ${name} is of one person, or of results: nobody joins by it.`);
  }
}

interface Request {
  readonly study: string;
  readonly name: string;
  /** How many people may join the group; null: the default, three times the people needed and at least 50. */
  readonly most: number | null;
  readonly by: string;
}

/**
 * Sets how many people may join by a shared link, which stays the same link. Whoever has joined already stays.
 * @returns the name if its limit was another one before, and all links. @throws StudyNotFound, LinkNotFound, LinkNotShared
 */
export async function limitLink(context: Context, { study, name, most, by }: Request): Promise<LinksChanged> {
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const row = (await linkRows(tx, studyId)).find(({ link }) => link.name === name);
    if (!row) throw new LinkNotFound([name], study);
    if (row.link.kind !== "shared") throw new LinkNotShared(name);
    const before = row.link.most ?? null;
    const changed = before === most ? [] : [name];
    if (changed.length > 0) {
      const limit = { open_link_most: most };
      await tx.db.updateTable("annotator_group").set(limit).where("id", "=", row.id).execute();
      const detail = { link: name, before, most };
      await recordChange(tx, { studyId, kind: "link limit", detail, at: now(context), by });
    }
    return { changed, links: (await linkRows(tx, studyId)).map(({ link }) => link) };
  });
}
