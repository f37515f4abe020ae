import { createHash } from "node:crypto";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Split, SPLITS } from "../../contract/prompt-recipes.ts";
import { promptSetItemSchema, type PromptSetItem } from "../../contract/prompt-sets.ts";
import { readFile } from "../../loading/reading/read-file.ts";
import type { LoadRecord } from "../../loading/reading/records.ts";
import { BuildRefused } from "../errors.ts";

/** Columns that are a part of their own in a set; the others are kept under their names. */
const GROUPED_BY = ["group", "category", "topic", "subject", "task"] as const;
const LICENCE = ["licence", "license"] as const;
const OWN: ReadonlySet<string> = new Set([
  "prompt_id",
  "prompt",
  "tags",
  "url",
  "attribution",
  "source",
  "split",
  ...LICENCE,
]);
const isSplit = (text: unknown): text is Split => (SPLITS as readonly unknown[]).includes(text);

/**
 * The prompts of files that loading reads, each with the one response to it, if there is any.
 * @param split for prompts whose file names none
 * @throws BuildRefused with file and line
 */
export async function readFileItems(paths: readonly string[], split: Split | null): Promise<PromptSetItem[]> {
  const items = new Map<string, PromptSetItem>();
  for (const file of paths) {
    const fileName = path.basename(file);
    const options = { format: null, map: new Map(), system: null, group: null, annotator: null, fileName };
    for await (const found of readFile(file, options))
      for (const one of found) {
        if ("problem" in one)
          throw new BuildRefused(`${at(fileName, one.problem.row)}: ${one.problem.message}`);
        if ("record" in one)
          add(items, itemOf(one.record, { fileName, split }), at(fileName, one.record.row));
      }
  }
  return [...items.values()];
}

const at = (file: string, row: number): string => (row === 0 ? file : `${file}, line ${row}`);

/** A prompt may come in one row, and its response in another. */
function add(items: Map<string, PromptSetItem>, item: PromptSetItem, where: string): void {
  const known = items.get(item.id);
  if (!known) return void items.set(item.id, item);
  if (!isDeepStrictEqual(known.turns, item.turns))
    throw new BuildRefused(`${where}: the id ${item.id} stands for another text already.`);
  if (known.split !== item.split)
    throw new BuildRefused(`${where}: ${item.id} is in the split ${known.split} already, not ${item.split}.`);
  if (known.response !== null && item.response !== null)
    throw new BuildRefused(`${where}: ${item.id} has a response already. A set keeps one for each prompt.`);
  items.set(item.id, { ...known, response: known.response ?? item.response });
}

function itemOf(
  record: LoadRecord,
  { fileName, split }: { fileName: string; split: Split | null },
): PromptSetItem {
  const where = at(fileName, record.row);
  if (record.kind !== "prompt" && record.kind !== "response")
    throw new BuildRefused(
      `${where}: holds judgments. A set is made of prompts, with responses for training.`,
    );
  const turns = record.kind === "prompt" ? record.turns : record.promptTurns;
  if (turns === null) throw new BuildRefused(`${where}: has a response without the text of its prompt.`);
  if (record.kind === "response" && record.turns.length > 1)
    throw new BuildRefused(
      `${where}: has responses to several turns. A set keeps one response for each prompt.`,
    );
  const { metadata } = record;
  const given = record.kind === "prompt" ? record : { source: metadata.source, split: metadata.split };
  const own = GROUPED_BY.find((name) => isWord(metadata[name]));
  const rest = Object.entries(metadata).filter(([name]) => !OWN.has(name) && name !== own);
  const { data, error } = promptSetItemSchema.safeParse({
    id: record.promptId ?? idOf(turns),
    split: splitOf(given.split, split, where),
    turns: [...turns],
    response: record.kind === "response" ? (record.turns[0] ?? null) : null,
    source: wordIn(given.source),
    group: own === undefined ? null : metadata[own],
    tags: tagsIn(metadata.tags),
    licence: wordIn(LICENCE.map((name) => metadata[name]).find(isWord)),
    url: wordIn(metadata.url),
    attribution: wordIn(metadata.attribution),
    fields: Object.fromEntries(rest),
  });
  if (!error) return data;
  const [issue] = error.issues;
  throw new BuildRefused(`${where}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}.`);
}

/** Never guessed: a prompt for testing that is taken for training spoils both. */
function splitOf(given: unknown, split: Split | null, where: string): Split {
  if (isSplit(given)) return given;
  if (given === undefined || given === null || given === "") {
    if (split !== null) return split;
    throw new BuildRefused(
      `${where}: names no split. Add --split test (or train, dev), or a column “split”.`,
    );
  }
  const name = typeof given === "string" ? given : JSON.stringify(given);
  throw new BuildRefused(`${where}: the split “${name}” is none of ${SPLITS.join(", ")}.`);
}

const isWord = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
const wordIn = (value: unknown): string | null => (isWord(value) ? value : null);

function tagsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter(isWord);
  return isWord(value)
    ? value
        .split(/[,;|]/)
        .map((tag) => tag.trim())
        .filter(isWord)
    : [];
}

const ID_LENGTH = 12;

/** As loading names a prompt without an id. */
const idOf = (turns: readonly string[]): string =>
  `text-${createHash("sha256").update(JSON.stringify(turns)).digest("hex").slice(0, ID_LENGTH)}`;
