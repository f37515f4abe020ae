import type { Context } from "../context.ts";
import { dataHash, judgedOf, type Listed } from "./data-hash.ts";
import type { readSnapshot } from "./snapshots.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";

/**
 * Whether the hash of a report that an older version kept is that of these judgments. It covered the names of all prompts,
 * systems and annotators that there were, judged or not, so those that came later without a judgment are left out.
 */
export async function isOlderHash(
  context: Context,
  { row, data }: { row: Awaited<ReturnType<typeof readSnapshot>>; data: StudyData },
): Promise<boolean> {
  const judged = judgedOf(data);
  const later = await cameAfter(context, row);
  const listed = (known: readonly { id: number }[], marks: Uint8Array, after: ReadonlySet<number>) =>
    Uint8Array.from(known, ({ id }, code) => (marks[code] === 1 || !after.has(id) ? 1 : 0));
  const then: Listed = {
    prompts: listed(data.prompts, judged.prompts, later.prompts),
    systems: listed(data.facts.systems, judged.systems, later.systems),
    annotators: listed(data.annotators, judged.annotators, later.annotators),
  };
  return dataHash(data, then) === row.data_hash;
}

/** The ids of what came into a study after a report of it was kept. */
async function cameAfter(context: Context, { study_id, taken_at }: { study_id: number; taken_at: string }) {
  const found = await context.database.read(async ({ db }) => {
    const loaded = (table: "prompt" | "system") =>
      db
        .selectFrom(table)
        .innerJoin("load as l", "l.id", `${table}.load_id`)
        .select(`${table}.id as id`)
        .where(`${table}.study_id`, "=", study_id)
        .where("l.started_at", ">", taken_at)
        .execute();
    const annotators = db
      .selectFrom("annotator")
      .select("id")
      .where("study_id", "=", study_id)
      .where("created_at", ">", taken_at);
    return {
      prompts: await loaded("prompt"),
      systems: await loaded("system"),
      annotators: await annotators.execute(),
    };
  });
  const ids = (rows: readonly { id: number }[]) => new Set(rows.map(({ id }) => id));
  return { prompts: ids(found.prompts), systems: ids(found.systems), annotators: ids(found.annotators) };
}
