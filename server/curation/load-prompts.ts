import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import type { PromptSetItem, PromptSetUsed, PromptsLoaded, PromptsWanted } from "../contract/prompt-sets.ts";
import { loadSources } from "../loading/load-sources.ts";
import type { ReadItem } from "../loading/reading/records.ts";
import type { LoadSource } from "../loading/source.ts";
import { itemLine } from "../prompt-sets/kept/items.ts";
import { metadataOf } from "../prompt-sets/kept/write-as.ts";
import { promptsOf } from "./draw.ts";

interface ToLoad extends PromptsWanted {
  readonly study: string;
  readonly set: string;
  readonly dryRun: boolean;
  readonly reason?: string | undefined;
  readonly by: string;
  readonly serverBeside?: boolean;
}

/** Loads prompts of a version into a study, whose load remembers the set, its version and hash. @throws what loading throws, PromptSetWrong */
export async function loadPrompts(context: Context, wanted: ToLoad): Promise<PromptsLoaded> {
  const { study, dryRun, reason, by, serverBeside = false } = wanted;
  const { items, ...drawn } = await promptsOf(context, wanted.set, wanted);
  const source = sourceOf(items, { ...drawn, draw: wanted.draw ?? null });
  const choices = {
    dryRun,
    skipBad: false,
    yes: false,
    serverBeside,
    by,
    ...(reason !== undefined && { reason }),
  };
  const report = await loadSources(context, { study, sources: [source], ...choices });
  return { report, drawn: { ...drawn, taken: items.length } };
}

function sourceOf(
  items: readonly PromptSetItem[],
  { set, version, hash, split, draw }: PromptSetUsed,
): LoadSource {
  const records = items.map((item, at): ReadItem => {
    const { id, source, turns } = item;
    const record = { kind: "prompt", row: at + 1, promptId: id, turns, metadata: metadataOf(item) } as const;
    return { record: { ...record, ...(source !== null && { source }), split: item.split } };
  });
  return {
    name: `${set}@${version}${split === null ? "" : ` ${split}`}`,
    format: "prompt set",
    contentHash: createHash("sha256").update(items.map(itemLine).join("\n")).digest("hex"),
    promptSet: { set, version, hash, split, draw },
    async *read() {
      yield records;
    },
  };
}
