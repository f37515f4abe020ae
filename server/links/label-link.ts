import { type Context, now } from "../context.ts";
import type { LinksChanged } from "../contract/links.ts";
import type { Transaction } from "../storage/database.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { type LinkRow, linkRows } from "./issued-links.ts";
import { LinkNotFound } from "./revoke-links.ts";

interface Request {
  readonly study: string;
  readonly name: string;
  /** What whoever runs the study calls the link; null: nothing. */
  readonly label: string | null;
  readonly by: string;
}

/**
 * Sets what whoever runs a study calls a link; nobody who comes by it sees that. The record of changes has no label, since that of a
 * personal link may name its person, who can be erased.
 * @returns the name if its label was another one before, and all links. @throws StudyNotFound, LinkNotFound
 */
export async function labelLink(
  context: Context,
  { study, name, label, by }: Request,
): Promise<LinksChanged> {
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const row = (await linkRows(tx, studyId)).find(({ link }) => link.name === name);
    if (!row) throw new LinkNotFound([name], study);
    const changed = row.link.label === label ? [] : [name];
    if (changed.length > 0) {
      await set(tx, row, label);
      await recordChange(tx, { studyId, kind: "link label", detail: { link: name }, at: now(context), by });
    }
    return { changed, links: (await linkRows(tx, studyId)).map(({ link }) => link) };
  });
}

async function set(
  { db }: Transaction,
  { id, link: { kind } }: LinkRow,
  label: string | null,
): Promise<void> {
  if (kind === "results") await db.updateTable("share_link").set({ label }).where("id", "=", id).execute();
  else if (kind === "shared")
    await db.updateTable("annotator_group").set({ open_link_label: label }).where("id", "=", id).execute();
  else
    await db
      .updateTable("annotator")
      .set({ link_label: label })
      .where("id", "=", id)
      .where("token_hash", "is not", null) // erased meanwhile: nobody is called anything
      .execute();
}
