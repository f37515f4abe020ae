import type { PromptSetItem } from "../contract/prompt-sets.ts";
import { textOf } from "../loading/text.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import type { Reader } from "../storage/database.ts";

interface Used {
  readonly ids: ReadonlySet<string>;
  /** The studies that have them, by name. */
  readonly usedBy: readonly { readonly study: string; readonly prompts: number }[];
}

/** Which prompts have a text that a study has, in whatever way it came there. */
export async function usedOf({ db }: Reader, items: readonly PromptSetItem[]): Promise<Used> {
  const byHash = new Map<string, string[]>();
  for (const { id, turns } of items) {
    const { hash } = textOf(turns);
    byHash.set(hash, [...(byHash.get(hash) ?? []), id]);
  }
  const ids = new Set<string>();
  const studies = new Map<string, Set<string>>();
  for (const some of batchesOf([...byHash.keys()], INSERT_ROWS)) {
    const rows = await db
      .selectFrom("study as s")
      .innerJoin("prompt_text as t", "t.study_id", "s.id")
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["s.name", "t.content_hash as hash"])
      .distinct()
      .where("t.content_hash", "in", some)
      .where("l.state", "=", "published")
      .execute();
    for (const { name, hash } of rows)
      for (const id of byHash.get(hash) ?? []) {
        ids.add(id);
        studies.set(name, (studies.get(name) ?? new Set()).add(id));
      }
  }
  const usedBy = [...studies].map(([study, prompts]) => ({ study, prompts: prompts.size }));
  return { ids, usedBy: usedBy.sort((a, b) => (a.study < b.study ? -1 : 1)) };
}
