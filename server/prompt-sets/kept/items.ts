import { createHash } from "node:crypto";
import type { PromptSetItem } from "../../contract/prompt-sets.ts";
import type { Item } from "../build.ts";
import { attributionLine } from "../write/attribution.ts";
import { idOf, licenceOf } from "../write/prompts.ts";

/** A prompt of a built set as a version keeps it. Responses are kept for training alone. */
export function itemOf(item: Item): PromptSetItem {
  const { source, split, candidate } = item;
  const { prompt, response } = candidate.texts;
  return {
    id: idOf(source.name, candidate.id),
    split,
    turns: [prompt ?? ""],
    response: split === "train" ? response : null,
    source: source.name,
    group: candidate.group,
    tags: [...candidate.tags],
    licence: licenceOf(item),
    url: candidate.url,
    attribution: source.terms.attribution ? attributionLine(item) : null,
    fields: {},
  };
}

/** An item as one line, its members in one order. */
export function itemLine(item: PromptSetItem): string {
  const { id, split, turns, response, source, group, tags, licence, url, attribution, fields } = item;
  const all = { id, split, turns, response, source, group, tags, licence, url, attribution };
  return JSON.stringify({ ...all, fields: sorted(fields) });
}

const sorted = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The SHA-256 of a version's prompts, in whatever order they come. */
export const hashOfItems = (items: readonly PromptSetItem[]): string =>
  createHash("sha256").update(items.map(itemLine).sort().join("\n")).digest("hex");
