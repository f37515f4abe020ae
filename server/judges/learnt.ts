import type { Context } from "../context.ts";
import { type JudgeSettings, judgeSettingsSchema, sentParametersSchema } from "../contract/judges.ts";
import { STREAM } from "../model-servers/adapters/adapter.ts";
import { mannersOf } from "../model-servers/manners.ts";
import type { Reader } from "../storage/database.ts";

type Asked = Pick<JudgeSettings, "adapter" | "baseUrl" | "model">;

/**
 * What a server was found not to take for a model: by the latest call of a judge that got a reply, else by what is
 * remembered of the server, as when responses were generated with it; null: nothing is known.
 */
export async function learntBefore(context: Context, settings: Asked): Promise<ReadonlySet<string> | null> {
  const learnt = await context.database.read((reader) => learntOf(reader, settings));
  if (learnt) return learnt;
  const remembered = await mannersOf(context, new URL(settings.baseUrl)).recall(settings.model);
  return remembered.length === 0 ? null : withoutStream(remembered);
}

/** Batches are never streamed. */
const withoutStream = (names: readonly string[]) => new Set(names.filter((name) => name !== STREAM));

async function learntOf({ db }: Reader, settings: Asked): Promise<ReadonlySet<string> | null> {
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
    if (without) return withoutStream(without);
  }
  return null;
}
