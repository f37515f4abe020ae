import type { Context } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import { STREAM } from "../model-servers/adapters/adapter.ts";
import { mannersOf } from "../model-servers/manners.ts";

/** What a server is known not to take for a model, but for streams, which batches never are; null: nothing is known. */
export async function learntBefore(
  context: Context,
  { baseUrl, model }: Pick<JudgeSettings, "baseUrl" | "model">,
): Promise<ReadonlySet<string> | null> {
  const remembered = await mannersOf(context, new URL(baseUrl)).recall(model);
  return remembered && new Set(remembered.filter((name) => name !== STREAM));
}
