import type { Database } from "../../storage/database.ts";
import { latestRevision, parseProtocol } from "../../studies/store.ts";

/** Which systems the study compares: each with each, or a target with its baselines. */
export type Pairs = "all" | { readonly target: string; readonly baselines: readonly string[] };

export async function findPairs(database: Database, studyId: number): Promise<Pairs> {
  const row = await database.read((reader) => latestRevision(reader, studyId));
  return row ? parseProtocol(row.body).pairs : "all";
}

/** Of these systems, those whose outputs would meet another of them in a comparison. */
export function meeting(pairs: Pairs, systems: readonly string[]): string[] {
  if (pairs === "all") return systems.length > 1 ? [...systems] : [];
  const { target, baselines } = pairs;
  const met = systems.filter((name) => baselines.includes(name));
  return systems.includes(target) && met.length > 0 ? [target, ...met] : [];
}
