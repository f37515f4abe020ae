import type { Reader } from "../storage/database.ts";
import type { FinishKind } from "../contract/words.ts";
import type { Ids } from "./platforms/platform.ts";
import { keyOfPlatform, readSettings, type Settings } from "./settings.ts";

/** How a group's platform is set, with the secret behind its participants' links. */
export interface GroupPlatform {
  readonly settings: Settings;
  readonly secret: string;
  readonly link: string | null;
}

/** The platform of a group; null where it has none. */
export async function platformOfGroup({ db }: Reader, groupId: number): Promise<GroupPlatform | null> {
  const row = await db
    .selectFrom("platform")
    .select(["settings", "secret", "link"])
    .where("group_id", "=", groupId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, settings: readSettings(row.settings) };
}

/** The part of somebody who came from a platform. */
interface Part {
  readonly settings: Settings;
  readonly ids: Ids;
  readonly finish: FinishKind | null;
}

/** @returns null for annotators who came from no platform, or from one that another has replaced since */
export async function partOf({ db }: Reader, annotatorId: number): Promise<Part | null> {
  const row = await db
    .selectFrom("participant as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .innerJoin("platform as f", "f.group_id", "a.group_id")
    .innerJoin("participation as part", "part.annotator_id", "a.id")
    .select([
      "p.platform",
      "p.external_id",
      "p.session_id",
      "p.platform_study_id",
      "f.settings",
      "part.finish",
    ])
    .where("a.id", "=", annotatorId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const settings = readSettings(row.settings);
  if (row.platform !== keyOfPlatform(settings)) return null;
  const ids = { participant: row.external_id, session: row.session_id, study: row.platform_study_id };
  return { settings, ids, finish: row.finish };
}

/** Who judges in a study as a participant of a platform; null: nobody yet. */
export async function annotatorOf(
  { db }: Reader,
  given: { studyId: number; settings: Settings; participant: string },
): Promise<{ id: number; groupId: number; secret: string } | null> {
  const row = await db
    .selectFrom("participant as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .innerJoin("platform as f", "f.group_id", "a.group_id")
    .select(["a.id", "a.group_id as groupId", "f.secret"])
    .where("p.study_id", "=", given.studyId)
    .where("p.platform", "=", keyOfPlatform(given.settings))
    .where("p.external_id", "=", given.participant)
    .executeTakeFirst();
  return row ?? null;
}
