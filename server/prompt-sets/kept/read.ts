import fs from "node:fs";
import path from "node:path";
import type { Split } from "../../contract/prompt-recipes.ts";
import {
  promptSetItemSchema,
  SET_BYTES_MAX,
  SET_ITEMS_MAX,
  type PromptSetItem,
  type VersionToKeep,
} from "../../contract/prompt-sets.ts";
import { BuildRefused } from "../errors.ts";
import { CHECKSUMS_FILE, isAsBuilt, SET_FILE } from "./checksums.ts";
import { readFileItems } from "./read-file.ts";
import { requireSound } from "./require-sound.ts";

/** What a version is made of, without why. */
type Read = Required<Pick<VersionToKeep, "files" | "recipe" | "datasheet" | "edited" | "items">>;

/**
 * Reads what becomes a version: a folder that `prompts build` wrote, or files that loading reads.
 * @param split for prompts whose file names none
 * @throws BuildRefused where something cannot be read, or is no version
 */
export async function readToKeep(paths: readonly string[], split: Split | null): Promise<Read> {
  const [first = "", ...more] = paths;
  const isFolder = fs.statSync(first, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && more.length > 0)
    throw new BuildRefused("Name one folder that prompts build wrote, or files; not both.");
  if (isFolder && split !== null)
    throw new BuildRefused("A built set has its splits: leave --split out, or name its files instead.");
  const read = isFolder ? readFolder(first) : await readFiles(paths, split);
  if (read.items.length === 0) throw new BuildRefused(`${paths.join(", ")}: there is no prompt in it.`);
  if (read.items.length > SET_ITEMS_MAX)
    throw new BuildRefused(
      `There are ${read.items.length.toLocaleString("en")} prompts. A set has ${SET_ITEMS_MAX.toLocaleString("en")} at most.`,
    );
  requireSound(read.items);
  return read;
}

function readFolder(folder: string): Read {
  const text = textOf(folder, SET_FILE);
  if (text === null)
    throw new BuildRefused(
      `${folder} has no ${SET_FILE}, so prompts build did not write it. Name the files with the prompts instead.`,
    );
  const checksums = textOf(folder, CHECKSUMS_FILE) ?? "";
  const recipe = textOf(folder, "recipe.yaml");
  const datasheet = textOf(folder, "datasheet.md");
  return {
    files: [path.basename(path.resolve(folder))],
    ...{ recipe, datasheet },
    edited: !isAsBuilt(checksums, SET_FILE, text),
    items: itemsIn(text, path.join(folder, SET_FILE)),
  };
}

function textOf(folder: string, name: string): string | null {
  const file = path.join(folder, name);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return null;
  if (stat.size > SET_BYTES_MAX) throw new BuildRefused(`${file} is too large.`);
  return fs.readFileSync(file, "utf8");
}

function itemsIn(text: string, file: string): PromptSetItem[] {
  const items: PromptSetItem[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const where = `${file}, line ${at + 1}`;
    const { data, error } = promptSetItemSchema.safeParse(parsed(line, where));
    if (error) {
      const [issue] = error.issues;
      throw new BuildRefused(`${where}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}.`);
    }
    items.push(data);
  }
  return items;
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BuildRefused(`${where}: is not JSON.`);
  }
}

async function readFiles(paths: readonly string[], split: Split | null): Promise<Read> {
  for (const file of paths)
    if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new BuildRefused(`There is no file ${file}.`);
  const items = await readFileItems(paths, split);
  return {
    files: paths.map((file) => path.basename(file)),
    recipe: null,
    datasheet: null,
    edited: false,
    items,
  };
}
