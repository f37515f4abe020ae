import { sql } from "kysely";
import type { Context } from "../context.ts";
import type { IssuedLink } from "../contract/links.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { INVITED } from "../studies/annotators.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";

/** A link, and the id of its row: of a group, an annotator or a link to results. */
export interface LinkRow {
  readonly id: number;
  readonly link: IssuedLink;
}

/** Every link of a study that was given out: shared ones, personal ones, then those to its results. @throws StudyNotFound */
export async function issuedLinks(context: Context, study: string): Promise<IssuedLink[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return (await linkRows(reader, id)).map(({ link }) => link);
  });
}

export async function linkRows(reader: Reader, studyId: number): Promise<LinkRow[]> {
  const { protocol } = await currentProtocol(reader, studyId);
  return [
    ...(await sharedLinks(reader, studyId)),
    ...(await personalLinks(reader, studyId, protocol)),
    ...(await resultsLinks(reader, studyId)),
  ];
}

const NO_PROGRESS = { judged: null, of: null, snapshot: null } as const;
const stateOf = (revokedAt: string | null) => ({
  revokedAt,
  state: revokedAt === null ? ("valid" as const) : ("revoked" as const),
});

/** Each group has one at a time. */
async function sharedLinks({ db }: Reader, studyId: number): Promise<LinkRow[]> {
  const rows = await db
    .selectFrom("annotator_group")
    .select([
      "id",
      "name",
      "open_link_made_at",
      "open_link_used_at",
      "open_link_revoked_at",
      "open_link_most",
      "open_link_label",
    ])
    .where("study_id", "=", studyId)
    .where("open_token_hash", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    link: {
      ...{ name: `shared-${row.name}`, kind: "shared", label: row.open_link_label, group: row.name },
      ...{ madeAt: row.open_link_made_at, usedAt: row.open_link_used_at },
      ...{ ...stateOf(row.open_link_revoked_at), ...NO_PROGRESS, most: row.open_link_most },
    },
  }));
}

/**
 * Progress without walking what was judged: ordinals count what was handed out, less what is live or ended otherwise. Where
 * no use was noted yet, the latest pair handed out tells of one.
 */
async function personalLinks({ db }: Reader, studyId: number, { groups }: Protocol): Promise<LinkRow[]> {
  const { rows } = await sql<{
    id: number;
    name: string;
    group: string;
    madeAt: string;
    usedAt: string | null;
    revokedAt: string | null;
    judged: number;
    sawResultsAt: string | null;
    label: string | null;
  }>`
    select a.id, a.external_id as name, g.name as "group", a.created_at as "madeAt", a.link_revoked_at as "revokedAt",
      a.saw_results_at as "sawResultsAt", a.link_label as label,
      coalesce(a.link_used_at, (select l.opened_at from assignment l
        where l.annotator_id = a.id and l.ordinal > 0 order by l.ordinal desc limit 1)) as "usedAt",
      (select coalesce(max(m.ordinal), 0) from assignment m where m.annotator_id = a.id)
        - (select count(*) from assignment h where h.annotator_id = a.id and h.ended_at is null and h.ordinal > 0)
        - (select count(*) from assignment u
             where u.annotator_id = a.id and u.ended_how is not null and u.ended_how <> 'judged') as judged
    from annotator a join annotator_group g on g.id = a.group_id
    where a.study_id = ${studyId} and a.provider = ${INVITED} and a.token_hash is not null
    order by a.display_number`.execute(db);
  const each = new Map(groups.map((group) => [group.name, group.judgmentsPerAnnotator]));
  return rows.map(({ id, name, group, madeAt, usedAt, revokedAt, judged, sawResultsAt, label }) => ({
    id,
    link: {
      ...{ name, kind: "personal", label, group, madeAt, usedAt, ...stateOf(revokedAt) },
      ...{ judged: Number(judged), of: each.get(group) ?? null, snapshot: null },
      ...(sawResultsAt !== null && { sawResultsAt }),
    },
  }));
}

/** Numbered as they were made. */
async function resultsLinks({ db }: Reader, studyId: number): Promise<LinkRow[]> {
  const rows = await db
    .selectFrom("share_link as l")
    .leftJoin("report_snapshot as s", "s.id", "l.snapshot_id")
    .select(["l.id", "l.created_at", "l.used_at", "l.revoked_at", "l.label", "s.number"])
    .where("l.study_id", "=", studyId)
    .orderBy("l.id")
    .execute();
  return rows.map((row, i) => ({
    id: row.id,
    link: {
      ...{ name: `results-${i + 1}`, kind: "results", label: row.label, group: null },
      ...{ madeAt: row.created_at, usedAt: row.used_at, ...stateOf(row.revoked_at) },
      ...{ ...NO_PROGRESS, snapshot: row.number },
    },
  }));
}
