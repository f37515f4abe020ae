import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../storage/database.ts";
import { FIRST_REPLICATES } from "./wanted-slots.ts";

/**
 * Takes comparisons out of what a study hands out: their slots go, and the allotments are as much smaller, the latest first. No
 * assignment may refer to these slots.
 * @param comparisons a query of their ids
 */
export async function takeBackWork(
  tx: Transaction,
  studyId: number,
  comparisons: RawBuilder<unknown>,
): Promise<void> {
  const { db } = tx;
  const { numAffectedRows = 0n } = await sql`delete from slot where comparison_id in ${comparisons}`.execute(
    db,
  );
  if (numAffectedRows === 0n) return;
  const allotments = await db
    .selectFrom("allotment")
    .select(["id", "group_id", "stage", "comparisons", "prompts"])
    .where("study_id", "=", studyId)
    .orderBy("number", "desc")
    .execute();
  for (const { group_id, stage } of distinct(allotments)) {
    const own = allotments.filter((one) => one.group_id === group_id && one.stage === stage);
    const there = await db
      .selectFrom("slot")
      .select((e) => [
        e.fn.countAll<number>().as("comparisons"),
        e.fn.count<number>("prompt_id").distinct().as("prompts"),
      ])
      .where("group_id", "=", group_id)
      .where("stage", "=", stage)
      .where("replicate", "in", FIRST_REPLICATES)
      .executeTakeFirstOrThrow();
    const sum = (column: "comparisons" | "prompts") => own.reduce((total, one) => total + one[column], 0);
    let comparisonsOver = sum("comparisons") - Number(there.comparisons);
    let promptsOver = sum("prompts") - Number(there.prompts);
    for (const { id, comparisons: had, prompts: hadPrompts } of own) {
      const left = had - Math.min(had, comparisonsOver);
      const leftPrompts = hadPrompts - Math.min(hadPrompts, promptsOver);
      comparisonsOver -= had - left;
      promptsOver -= hadPrompts - leftPrompts;
      if (left === had) continue;
      if (left === 0) await db.deleteFrom("allotment").where("id", "=", id).execute();
      else
        await db
          .updateTable("allotment")
          .set({ comparisons: left, prompts: leftPrompts })
          .where("id", "=", id)
          .execute();
    }
  }
}

type Place = { readonly group_id: number; readonly stage: string };
const distinct = <One extends Place>(all: readonly One[]): One[] => [
  ...new Map(all.map((one) => [`${one.group_id} ${one.stage}`, one])).values(),
];
