import type { PromptSetItem } from "../../contract/prompt-sets.ts";
import { BuildRefused } from "../errors.ts";
import { foldedHash } from "../steps/folded.ts";

/**
 * Refuses what no version may be: an id that stands for two prompts, a text without a word, and a text that is in two splits, since
 * whoever trains on one has seen the other.
 * @throws BuildRefused
 */
export function requireSound(items: readonly PromptSetItem[]): void {
  const ids = new Set<string>();
  const byText = new Map<string, PromptSetItem>();
  for (const item of items) {
    if (ids.has(item.id))
      throw new BuildRefused(`Two prompts have the id ${item.id}. Give each an id of its own.`);
    ids.add(item.id);
    if (item.turns.every((turn) => turn.trim() === ""))
      throw new BuildRefused(`The prompt ${item.id} has no text.`);
    const key = foldedHash(item.turns.join("\n\n"));
    const other = byText.get(key);
    if (other && other.split !== item.split)
      throw new BuildRefused(
        `${other.id} (${other.split}) and ${item.id} (${item.split}) have the same text. A text belongs into one split: leave one of them out.`,
      );
    byText.set(key, item);
  }
}
