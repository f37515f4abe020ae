import { LinkNotValid, LinkRevoked } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";

interface Opened {
  readonly id: number;
  readonly studyId: number;
  readonly group: string;
  readonly revokedAt: string | null;
}

const selectOpened = statement<{ hash: string }, Opened>((db, param) =>
  db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select(["a.id", "a.study_id as studyId", "g.name as group", "a.link_revoked_at as revokedAt"])
    .where("a.token_hash", "=", param("hash")),
);

/** Whose personal link this is, for those who only read. @throws LinkNotValid, LinkRevoked */
export async function annotatorByLink(reader: Reader, token: string): Promise<Opened> {
  const [found] = await reader.run(selectOpened, { hash: hashToken(token) });
  if (!found) throw new LinkNotValid();
  if (found.revokedAt !== null) throw new LinkRevoked();
  return found;
}
