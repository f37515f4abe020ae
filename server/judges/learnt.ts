import { type JudgeSettings, judgeSettingsSchema, sentParametersSchema } from "../contract/judges.ts";
import { STREAM } from "../model-servers/adapters/adapter.ts";
import type { Reader } from "../storage/database.ts";

/**
 * What a server was found not to take for a model, by the latest call to it that got a reply; null: none did, so nothing
 * is known.
 */
export async function learntOf(
  { db }: Reader,
  settings: Pick<JudgeSettings, "adapter" | "baseUrl" | "model">,
): Promise<ReadonlySet<string> | null> {
  const runs = await db.selectFrom("judge_run").select(["id", "settings"]).orderBy("id", "desc").execute();
  for (const run of runs) {
    const own = judgeSettingsSchema.parse(JSON.parse(run.settings));
    const isSame = (["adapter", "baseUrl", "model"] as const).every((name) => own[name] === settings[name]);
    if (!isSame) continue;
    const call = await db
      .selectFrom("judge_call")
      .select("sent")
      .where("run_id", "=", run.id)
      .where("state", "in", ["answered", "failed"])
      .where("sent", "is not", null)
      .where((e) => e.or([e("state", "=", "answered"), e("reported_model", "is not", null)]))
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    const without = call && sentParametersSchema.parse(JSON.parse(call.sent!)).without;
    if (without) return new Set(without.filter((name) => name !== STREAM)); // batches are never streamed
  }
  return null;
}
