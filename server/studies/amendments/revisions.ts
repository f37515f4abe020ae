import type { Context } from "../../context.ts";
import { amendmentChangeSchema } from "../../contract/amendment-plan.ts";
import type { Revision } from "../../contract/amendments.ts";
import type { Reader } from "../../storage/database.ts";
import { requireStudy } from "../store.ts";

/** The frozen revisions of a study's protocol, the first one first; none of a draft. @throws StudyNotFound */
export async function listRevisions(context: Context, study: string): Promise<Revision[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return revisionsOf(reader, id);
  });
}

interface Noted {
  readonly by: string;
  readonly reason: string | null;
  readonly changes: Revision["changes"];
}

/** The same, of a study by its id. */
export async function revisionsOf(reader: Reader, studyId: number): Promise<Revision[]> {
  const rows = await reader.db
    .selectFrom("protocol")
    .select(["revision", "hash", "frozen_at as at"])
    .where("study_id", "=", studyId)
    .where("frozen_at", "is not", null)
    .orderBy("revision")
    .$narrowType<{ hash: string; at: string }>()
    .execute();
  const noted = await notedIn(reader, studyId);
  const judged = await judgedUnder(reader, studyId);
  return rows.map((row) => {
    const { by = null, reason = null, changes = [] } = noted.get(row.revision) ?? {};
    return { ...row, by, reason, changes, judgments: judged.get(row.revision) ?? 0 };
  });
}

/** Whether any revision of a study has a reason. Reads no judgments, so that a report may ask each time. */
export async function wasAmended(reader: Reader, studyId: number): Promise<boolean> {
  return [...(await notedIn(reader, studyId)).values()].some(({ reason }) => reason !== null);
}

async function notedIn({ db }: Reader, studyId: number): Promise<Map<number, Noted>> {
  const changes = await db
    .selectFrom("study_change")
    .select(["detail", "by_whom as by"])
    .where("study_id", "=", studyId)
    .where("kind", "=", "protocol amended")
    .execute();
  return new Map(
    changes.map(({ detail, by }) => {
      const said = JSON.parse(detail) as { revision: number; reason?: string; changes?: unknown };
      const read = amendmentChangeSchema.array().safeParse(said.changes ?? []);
      return [said.revision, { by, reason: said.reason ?? null, changes: read.data ?? [] }];
    }),
  );
}

async function judgedUnder({ db }: Reader, studyId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("annotator as r")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .select((e) => ["a.protocol_revision as revision", e.fn.countAll<number>().as("judgments")])
    .where("r.study_id", "=", studyId)
    .where("a.ended_how", "=", "judged")
    .where("a.protocol_revision", "is not", null)
    .groupBy("a.protocol_revision")
    .execute();
  return new Map(rows.map(({ revision, judgments }) => [revision!, Number(judgments)]));
}
