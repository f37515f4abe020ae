import type { Context } from "../context.ts";
import type { FullReport } from "../contract/report.ts";

/** A system or a prompt that got another name, or became one with another; or the study, or its title. */
interface Renamed {
  readonly what: "system" | "prompt" | "study" | "title";
  readonly from: string;
  readonly to: string;
  readonly merged: boolean;
}

/** What the owner has changed in a study since a report was kept, of what moves its names or judgments. */
export interface OwnerChanges {
  readonly renamed: readonly Renamed[];
  /** The files that were taken back. */
  readonly unloaded: readonly string[];
  /** The revisions that amended the study. */
  readonly amended: readonly number[];
}

export async function ownerChangesSince(
  context: Context,
  { study_id: studyId, taken_at: takenAt }: { study_id: number; taken_at: string },
): Promise<OwnerChanges> {
  const changes = await context.database.read(({ db }) =>
    db
      .selectFrom("study_change")
      .select(["kind", "detail"])
      .where("study_id", "=", studyId)
      .where("kind", "in", ["rename", "unload", "protocol amended"])
      .where("changed_at", ">=", takenAt)
      .orderBy("id")
      .execute(),
  );
  const of = <Detail>(wanted: string) =>
    changes.flatMap(({ kind, detail }) => (kind === wanted ? [JSON.parse(detail) as Detail] : []));
  return {
    renamed: of<Renamed>("rename"),
    unloaded: of<{ loads: { file: string }[] }>("unload").flatMap(({ loads }) =>
      loads.map(({ file }) => file),
    ),
    amended: of<{ revision: number; reason?: string }>("protocol amended").flatMap(({ revision, reason }) =>
      reason === undefined ? [] : [revision],
    ),
  };
}

/** A kept report with the names that systems and prompts have now, and the hash of the protocol that has these names. */
export function asRenamed(body: string, renamed: OwnerChanges["renamed"], now: FullReport): string {
  if (renamed.length === 0) return body;
  const kept = JSON.parse(body) as FullReport;
  if (renamed.some(({ what }) => what === "study" || what === "title"))
    Object.assign(kept, { study: now.study, publicTitle: now.publicTitle });
  const names = new Map<string, string>();
  for (const { what, from, to } of renamed) {
    if (what === "study" || what === "title") continue;
    for (const [was, is] of names) if (is === from) names.set(was, to);
    names.set(from, to);
  }
  const { protocolHash: hash } = kept.analysis;
  if (hash !== null && now.analysis.protocolHash !== null) names.set(hash, now.analysis.protocolHash);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [names.get(key) ?? key, walk(one)]));
  };
  return JSON.stringify(walk(kept));
}
