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
