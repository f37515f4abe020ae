import { type Expression, expressionBuilder, type Selectable, sql } from "kysely";
import { type Protocol, protocolSchema } from "../contract/studies.ts";
import type { StudyState } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import type { Tables } from "../storage/tables/index.ts";
import type { ProtocolTable, StudyTable } from "../storage/tables/study.ts";
import { StudyNotFound } from "./errors.ts";

export type StudyRow = Selectable<StudyTable>;

export interface ProtocolRevision {
  readonly id: number;
  readonly revision: number;
  readonly protocol: Protocol;
  readonly hash: string | null;
}

/** The study of this name. @throws StudyNotFound, naming those that exist. */
export async function requireStudy(reader: Reader, name: string): Promise<StudyRow> {
  const study = await findStudy(reader, name);
  if (study) return study;
  const all = await reader.db.selectFrom("study").select("name").orderBy("id").execute();
  throw new StudyNotFound(
    name,
    all.map((row) => row.name),
  );
}

export async function findStudy(reader: Reader, name: string): Promise<StudyRow | undefined> {
  return reader.db.selectFrom("study").selectAll().where("name", "=", name).executeTakeFirst();
}

export async function allStudies(reader: Reader): Promise<StudyRow[]> {
  return reader.db.selectFrom("study").selectAll().orderBy("id").execute();
}

/** The id of a study's protocol in force: of its latest revision. */
export const protocolInForce = (studyId: number | Expression<number>) =>
  expressionBuilder<Tables>()
    .selectFrom("protocol as p")
    .select("p.id")
    .where("p.study_id", "=", studyId)
    .orderBy("p.revision", "desc")
    .limit(sql.lit(1));

/** The protocol in force, as it is stored. Undefined where a study has none yet. */
export async function latestRevision(
  { db }: Reader,
  studyId: number,
): Promise<Selectable<ProtocolTable> | undefined> {
  return db.selectFrom("protocol").selectAll().where("id", "=", protocolInForce(studyId)).executeTakeFirst();
}

/** The protocol in force, checked. @throws Error where the study has none. */
export async function currentProtocol(reader: Reader, studyId: number): Promise<ProtocolRevision> {
  const row = await latestRevision(reader, studyId);
  if (!row) throw new Error(`Study ${studyId} has no protocol.`);
  const { id, revision, hash, body } = row;
  return { id, revision, hash, protocol: parseProtocol(body) };
}

/** A protocol as the table holds it. @throws ZodError */
export const parseProtocol = (body: string): Protocol => protocolSchema.parse(JSON.parse(body));

export async function insertStudy(
  tx: Transaction,
  study: Omit<StudyRow, "id">,
  protocol: Protocol,
): Promise<number> {
  const { id } = await tx.db.insertInto("study").values(study).returning("id").executeTakeFirstOrThrow();
  await tx.db
    .insertInto("protocol")
    .values({ study_id: id, revision: 1, body: JSON.stringify(protocol), hash: null, frozen_at: null })
    .execute();
  return id;
}

export async function replaceDraft(tx: Transaction, protocolId: number, protocol: Protocol): Promise<void> {
  await tx.db
    .updateTable("protocol")
    .set({ body: JSON.stringify(protocol) })
    .where("id", "=", protocolId)
    .where("frozen_at", "is", null)
    .execute();
}

export async function freezeProtocol(
  tx: Transaction,
  frozen: { id: number; hash: string; at: string },
): Promise<void> {
  await tx.db
    .updateTable("protocol")
    .set({ hash: frozen.hash, frozen_at: frozen.at })
    .where("id", "=", frozen.id)
    .where("frozen_at", "is", null)
    .execute();
}

export async function updateState(tx: Transaction, studyId: number, state: StudyState): Promise<void> {
  await tx.db.updateTable("study").set({ state }).where("id", "=", studyId).execute();
}

/** Writes down a change that can move a figure and is no judgment. */
export async function recordChange(
  tx: Transaction,
  change: { studyId: number; kind: string; detail: object; at: string; by: string },
): Promise<void> {
  await tx.db
    .insertInto("study_change")
    .values({
      study_id: change.studyId,
      kind: change.kind,
      detail: JSON.stringify(change.detail),
      by_whom: change.by,
      changed_at: change.at,
    })
    .execute();
}

/** The systems of a study, but for those that only an unpublished load has named. */
export async function systemsOf({ db }: Reader, studyId: number) {
  return db
    .selectFrom("system")
    .selectAll()
    .where("study_id", "=", studyId)
    .where((e) => e.or([e("load_id", "is", null), e("load_id", "in", published(db, studyId))]))
    .orderBy("id")
    .execute();
}

/** The groups of a study, but for those that only an unpublished load has named. */
export async function groupsOf({ db }: Reader, studyId: number) {
  return db
    .selectFrom("annotator_group")
    .selectAll()
    .where("study_id", "=", studyId)
    .where((e) => e.or([e("load_id", "is", null), e("load_id", "in", published(db, studyId))]))
    .orderBy("id")
    .execute();
}

const published = (db: Reader["db"], studyId: number) =>
  db.selectFrom("load").select("id").where("study_id", "=", studyId).where("state", "=", "published");
