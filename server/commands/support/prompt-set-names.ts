import fs from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import { SPLITS } from "../../contract/prompt-recipes.ts";
import { promptSetNameSchema } from "../../contract/prompt-sets.ts";
import { BuildRefused } from "../../prompt-sets/errors.ts";
import { requireFolderOf } from "./files.ts";

/** A set and one of its versions, as `cooking@2`; without a number, the latest. */
export interface SetVersion {
  readonly set: string;
  readonly version: number | undefined;
}

/** @throws InvalidArgumentError where it is no name of a set */
export function setVersionIn(text: string): SetVersion {
  const [, name = "", version] = /^([^@]*)(?:@(\d{1,9}))?$/.exec(text) ?? [];
  const { data: set, error } = promptSetNameSchema.safeParse(name);
  if (error || version === "0")
    throw new InvalidArgumentError(
      `“${text}” is no prompt set: write NAME, or NAME@2 for its version 2. A name is small letters, digits and -.`,
    );
  return { set, version: version === undefined ? undefined : Number(version) };
}

/** The option for one split. */
export const splitOption = (words: string): Option => new Option("--split <split>", words).choices(SPLITS);

/** @throws BuildRefused where the file is there, FileUnusable where its folder is not */
export function requireNew(file: string): void {
  requireFolderOf(file);
  if (fs.existsSync(file))
    throw new BuildRefused(`${file} is there already. Name another file, or remove it.`);
}
