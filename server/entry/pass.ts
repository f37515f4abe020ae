import type { Entry } from "../contract/entry.ts";
import type { EntryEnd, EntryStage } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { versionOf } from "../studies/entry-stages.ts";

/** Writes down that somebody has passed a stage, or how it ended their part. */
export async function pass(
  { db }: Transaction,
  given: {
    annotatorId: number;
    entry: Entry;
    stage: EntryStage;
    outcome: "passed" | EntryEnd;
    language?: string;
    at: string;
  },
): Promise<void> {
  const { annotatorId, entry, stage, outcome, language = null, at } = given;
  const row = { outcome, language, passed_at: at };
  await db
    .insertInto("entry_passage")
    .values({ annotator_id: annotatorId, stage, version: versionOf(stage, entry), ...row })
    .onConflict((conflict) => conflict.columns(["annotator_id", "stage", "version"]).doUpdateSet(row))
    .execute();
}
