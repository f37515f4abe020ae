import { protocolSchema } from "../../contract/studies.ts";
import type { Database } from "../../storage/database.ts";

/** Which systems the study compares: each with each, or a target with its baselines. */
export type Pairs = "all" | { readonly target: string; readonly baselines: readonly string[] };

export async function findPairs(database: Database, studyId: number): Promise<Pairs> {
  const row = await database.read(({ db }) =>
    db
      .selectFrom("protocol")
      .select("body")
      .where("study_id", "=", studyId)
      .orderBy("revision", "desc")
      .limit(1)
      .executeTakeFirst(),
  );
  return row ? protocolSchema.parse(JSON.parse(row.body)).pairs : "all";
}

/** Of these systems, those whose outputs would meet another of them in a comparison. */
export function meeting(pairs: Pairs, systems: readonly string[]): string[] {
  if (pairs === "all") return systems.length > 1 ? [...systems] : [];
  const { target, baselines } = pairs;
  const met = systems.filter((name) => baselines.includes(name));
  return systems.includes(target) && met.length > 0 ? [target, ...met] : [];
}

/** The study's systems, loaded or only named in its protocol; none where there is no such study. */
export async function namesOfSystems(database: Database, study: string): Promise<string[]> {
  const found = await database.read(({ db }) =>
    db
      .selectFrom("study as t")
      .leftJoin("system as s", "s.study_id", "t.id")
      .select(["t.id", "s.name"])
      .where("t.name", "=", study)
      .orderBy("s.id")
      .execute(),
  );
  const [first] = found;
  if (!first) return [];
  const pairs = await findPairs(database, first.id);
  const compared = pairs === "all" ? [] : [pairs.target, ...pairs.baselines];
  return [...new Set([...found.flatMap((row) => row.name ?? []), ...compared])];
}
