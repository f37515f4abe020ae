import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { SPLITS } from "../../contract/prompt-recipes.ts";
import type { Built } from "../build.ts";
import { BuildRefused } from "../errors.ts";
import { attributionText } from "./attribution.ts";
import { CHECKSUMS_FILE, checksumsOf, SET_FILE } from "../kept/checksums.ts";
import { itemLine, itemOf } from "../kept/items.ts";
import { datasheetOf } from "./datasheet.ts";
import { conversationLine, promptLine } from "./prompts.ts";

/** What a built set is as files, by name; the same set gives the same bytes. @internal */
export function filesOf(built: Built): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const split of SPLITS) {
    const items = built.items.filter((item) => item.split === split);
    if (items.length === 0) continue;
    files.set(`${split}.prompts.jsonl`, lines(items.map(promptLine)));
    const conversations = items.flatMap((item) => conversationLine(item) ?? []);
    if (conversations.length > 0) files.set(`${split}.conversations.jsonl`, lines(conversations));
  }
  const kept = built.items.map(itemOf);
  files.set("attribution.md", attributionText(kept.flatMap(({ attribution }) => attribution ?? [])));
  files.set("datasheet.md", datasheetOf(built));
  files.set("recipe.yaml", recipeWithSeed(built));
  files.set(SET_FILE, lines(kept.map(itemLine)));
  files.set(CHECKSUMS_FILE, checksumsOf(files));
  return files;
}

/** The recipe as it is written, and with the seed that the set was drawn with. */
function recipeWithSeed({ recipe, seed }: Built): string {
  if (recipe.seed === seed) return recipe.text;
  const document = parseDocument(recipe.text);
  document.set("seed", seed);
  return document.toString({ lineWidth: 0 });
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");

/** Refuses a folder that is there, before anything is read. @throws BuildRefused */
export function requireNewFolder(folder: string): void {
  if (fs.existsSync(folder))
    throw new BuildRefused(`${folder} is there already. Name another folder with --out, or remove it.`);
  const parent = path.dirname(path.resolve(folder));
  if (!fs.existsSync(parent))
    throw new BuildRefused(`There is no folder ${parent}. Create it, or name another with --out.`);
  try {
    // Permissions do not tell of a disk that is full or read-only, so the attempt does.
    fs.rmdirSync(fs.mkdtempSync(`${path.resolve(folder)}.part-`));
  } catch (error) {
    throw new BuildRefused(
      `Nothing can be written into ${parent} (${(error as NodeJS.ErrnoException).code}). Name another folder with --out.`,
    );
  }
}

/** Writes a set into a new folder, which appears once it is whole. @throws BuildRefused where it is there already */
export function writeFolder(built: Built, folder: string): readonly string[] {
  requireNewFolder(folder);
  const files = filesOf(built);
  const partial = fs.mkdtempSync(`${path.resolve(folder)}.part-`);
  try {
    for (const [name, text] of files) fs.writeFileSync(path.join(partial, name), text);
    fs.chmodSync(partial, 0o755);
    fs.renameSync(partial, folder);
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  return [...files.keys()];
}
