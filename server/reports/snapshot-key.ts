import { hash } from "node:crypto";
import { sql } from "kysely";
import type { Reader } from "../storage/database.ts";
import { countPeople } from "./people.ts";
import { ESTIMATOR_VERSION } from "./estimator.ts";
import { requireStudy } from "../studies/store.ts";

/** How far back from the newest judgment of the database the newest of one study is looked for. */
const LOOK_BACK = 100_000;
/** Ids are given before a commit: among so many latest ones a judgment may still appear under a lower id. */
const COMMITTING_MAX = 10_000;

/** @internal */
export interface ReportOptions {
  /** One group's rows only. */
  readonly group?: string | undefined;
}

/**
 * A strong ETag for the report of a study with these options: the same key, the same report. It is read
 * without reading judgments: its time grows with the annotators of the study, not with what they judged.
 * @throws StudyNotFound
 */
export async function etagFor(
  reader: Reader,
  study: string,
  options: ReportOptions & { format?: string } = {},
): Promise<string> {
  return etagOf(await keyOf(reader, study), options);
}

/** What a report depends on: the same key, the same figures. */
export interface StudyKey {
  /** What moves with every judgment and every correction. */
  readonly judged: number;
  /** The id of the newest judgment; null where none is among the newest of the database. */
  readonly last: number | null;
  /** Judgments among the latest ids up to `last`. */
  readonly late: number;
  /** How far people came, as JSON: it is shown, and no figure depends on it. */
  readonly people: string;
  /** Everything else, as JSON. */
  readonly surroundings: string;
}

/** @throws StudyNotFound */
export async function keyOf(reader: Reader, study: string): Promise<StudyKey> {
  const row = await requireStudy(reader, study);
  const last = await lastJudgment(reader, row.id);
  return {
    judged: await countJudged(reader, row.id),
    last,
    late: last === null ? 0 : await countLate(reader, row.id, last),
    people: JSON.stringify(
      (await countPeople(reader, row.id)).map(({ what, signal, n }) => [what, signal, n]),
    ),
    surroundings: JSON.stringify([
      [row.id, row.name, row.public_title, row.state, row.note, row.seed],
      await surroundings(reader, row.id),
    ]),
  };
}

function etagOf(
  { judged, last, late, people, surroundings }: StudyKey,
  options: ReportOptions & { format?: string } = {},
): string {
  const key = JSON.stringify([
    ESTIMATOR_VERSION,
    [options.group ?? null, options.format ?? "json"],
    ...[judged, last, late],
    ...[people, surroundings],
  ]);
  return `"${hash("sha256", key, "base64url").slice(0, 27)}"`;
}

/**
 * Assignments of the study that were judged. An annotator's assignments are numbered from 1, so the highest
 * number less those that are live or ended otherwise tells it. Each part is written so that SQLite walks the
 * short index made for it (assignment_live, assignment_unjudged) and none that holds every assignment.
 */
async function countJudged({ db }: Reader, studyId: number): Promise<number> {
  const { rows } = await sql<{ judged: number }>`
    select coalesce(sum(
        (select coalesce(max(a.ordinal), 0) from assignment a where a.annotator_id = r.id)
      - (select count(*) from assignment a where a.annotator_id = r.id and a.ended_at is null and a.ordinal > 0)
      - (select count(a.opened_at) from assignment a
           where a.annotator_id = r.id and a.ended_how is not null and a.ended_how <> 'judged')), 0) as judged
    from annotator r where r.study_id = ${studyId}`.execute(db);
  return rows[0]!.judged;
}

/**
 * The newest judgment of the study, or null where it has none among the newest of the database. Those are not gone through for a
 * study without any.
 */
async function lastJudgment({ db }: Reader, studyId: number): Promise<number | null> {
  const any = await db
    .selectFrom("annotator as r")
    .innerJoin("judgment as own", "own.annotator_id", "r.id")
    .select("own.id")
    .where("r.study_id", "=", studyId)
    .limit(1)
    .executeTakeFirst();
  if (any === undefined) return null;
  const { rows } = await sql<{ id: number }>`
    select j.id from judgment j
    where j.id > (select coalesce(max(id), 0) - ${LOOK_BACK} from judgment)
      and exists (select 1 from annotator r where r.id = j.annotator_id and r.study_id = ${studyId})
    order by j.id desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The study's judgments among the latest ids up to `last`. */
export async function countLate({ db }: Reader, studyId: number, last: number): Promise<number> {
  const { rows } = await sql<{ late: number }>`
    select count(*) as late from judgment j
    where j.id > ${last - COMMITTING_MAX} and j.id <= ${last}
      and exists (select 1 from annotator r where r.id = j.annotator_id and r.study_id = ${studyId})`.execute(
    db,
  );
  return rows[0]!.late;
}

/** What moves with everything else that a report shows: small tables, read whole. */
async function surroundings({ db }: Reader, studyId: number): Promise<unknown[]> {
  const { rows } = await sql<{ part: string; id: number; value: string | null }>`
    select 'change' as part, max(id) as id, null as value from study_change where study_id = ${studyId}
    union all
    select 'protocol', id, body from protocol where study_id = ${studyId}
    union all
    select 'load', id, state from load where study_id = ${studyId}
    union all
    select 'exclusion', id, rule from exclusion where study_id = ${studyId} and lifted_at is null
    union all
    select 'adjudicated', max(id), cast(count(*) as text) from adjudication
      where study_id = ${studyId} and withdrawn_at is null
    union all
    select 'audit', max(id), null from blinding_audit where study_id = ${studyId} and body is not null
    union all
    select 'system', id, display_name from system where study_id = ${studyId}
    union all
    select 'skip', max(k.id), cast(count(*) as text) from annotator r join skip k on k.annotator_id = r.id
      join assignment a on a.id = k.assignment_id where r.study_id = ${studyId} and a.ended_how = 'skipped'
    union all
    select 'guess', r.id, u.could_tell from annotator r join guess u on u.annotator_id = r.id
      where r.study_id = ${studyId}
    union all
    select 'message', max(m.id), cast(count(*) as text) from annotator r join message m on m.annotator_id = r.id
      where r.study_id = ${studyId}
    union all
    select 'group', id, kind from annotator_group where study_id = ${studyId} and headline = 1
    union all
    select 'outside', id, kind from annotator_group where study_id = ${studyId} and headline = 0
    order by 1, 2`.execute(db);
  return rows.map(({ part, id, value }) => [part, id, value]);
}
