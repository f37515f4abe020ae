import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Transaction } from "../../storage/database.ts";

/** Keeps what a file says of the calls behind models' judgments: of several files, the latest is in force. */
export async function storeToldCalls(
  { db }: Transaction,
  { loadId, modelCalls }: { loadId: number; modelCalls: ReadonlyMap<number, ModelCalls> },
): Promise<void> {
  for (const [annotator_id, told] of modelCalls) {
    const calls = JSON.stringify(told);
    await db
      .insertInto("told_calls")
      .values({ annotator_id, load_id: loadId, calls })
      .onConflict((conflict) => conflict.columns(["annotator_id", "load_id"]).doUpdateSet({ calls }))
      .execute();
  }
}
