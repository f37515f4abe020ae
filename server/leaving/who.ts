import { lockAnnotators } from "../assignments/exclude.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { GroupKind, StudyState } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import { requireStudy } from "../studies/store.ts";

class NotAPerson extends TiebreakError {
  constructor(name: string) {
    super("NotAPerson", 409, `${name} is a model: it cannot withdraw or be erased. Exclude it instead.`);
  }
}

/** Somebody who leaves. */
export interface Leaver {
  readonly id: number;
  readonly studyId: number;
  readonly name: string;
  readonly number: number;
  readonly provider: string;
  readonly state: StudyState;
}

/**
 * The annotator of a personal link, with their row and then the study's locked; a revoked link serves as well: whoever has
 * it may still leave. @throws LinkNotValid
 */
export async function lockByLink(tx: Transaction, token: string): Promise<Leaver> {
  const { db, dialect } = tx;
  const own = db
    .selectFrom("annotator")
    .select(["id", "study_id"])
    .where("token_hash", "=", hashToken(token));
  const found = await dialect.lockRows(own).executeTakeFirst();
  if (found === undefined) throw new LinkNotValid();
  const study = db.selectFrom("study").select("id").where("id", "=", found.study_id);
  await dialect.lockRows(study).executeTakeFirstOrThrow();
  return readLeaver(tx, found.id);
}

/**
 * The annotator of this name in a study, or with this id at a platform, locked in the same way.
 * @throws StudyNotFound, AnnotatorNotFound, NotAPerson
 */
export async function lockByName(
  tx: Transaction,
  { study, annotator }: { study: string; annotator: string },
): Promise<Leaver> {
  const { id: studyId } = await requireStudy(tx, study);
  const participant = await tx.db
    .selectFrom("participant as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .select("a.external_id as name")
    .where("p.study_id", "=", studyId)
    .where("p.external_id", "=", annotator)
    .executeTakeFirst();
  const { found } = await lockAnnotators(tx, { study, annotators: [participant?.name ?? annotator] });
  return readLeaver(tx, found[0]!.id);
}

async function readLeaver({ db }: Transaction, id: number): Promise<Leaver> {
  const { kind, ...leaver } = await db
    .selectFrom("annotator as a")
    .innerJoin("study as s", "s.id", "a.study_id")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .select(["a.id", "a.study_id as studyId", "a.external_id as name", "a.display_number as number"])
    .select(["a.provider", "s.state", "g.kind"])
    .where("a.id", "=", id)
    .$castTo<Leaver & { kind: GroupKind }>()
    .executeTakeFirstOrThrow();
  if (kind === "model") throw new NotAPerson(leaver.name);
  return leaver;
}
