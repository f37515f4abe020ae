import type { Context } from "../context.ts";
import type { Split } from "../contract/prompt-recipes.ts";
import type { PromptSetFormat } from "../contract/prompt-sets.ts";
import { writeVersionAs } from "../prompt-sets/kept/write-as.ts";
import { PromptSetWrong } from "./errors.ts";
import { versionToExport } from "./read.ts";

interface ToExport {
  readonly set: string;
  readonly version?: number | undefined;
  readonly split?: Split | undefined;
  readonly as: PromptSetFormat;
}

interface File {
  readonly name: string;
  readonly type: string;
  readonly body: string | Buffer;
  readonly prompts: number;
  /** Prompts that the format has no words for. */
  readonly leftOut: number;
}

/** A version as a file. @throws PromptSetNotFound, VersionNotFound, PromptSetWrong where it has nothing to write */
export async function exportVersion(context: Context, { set, version, split, as }: ToExport): Promise<File> {
  const whole = await versionToExport(context, set, version);
  const items = whole.items.filter((item) => split === undefined || item.split === split);
  const name = `${set}@${whole.version.version}`;
  if (items.length === 0) throw new PromptSetWrong(`${name} has no prompts in the split ${split}.`);
  const written = await writeVersionAs({ ...whole, items }, as);
  if (written === null) throw new PromptSetWrong(`${name} was not built from a recipe.`);
  const { ending, leftOut, ...file } = written;
  if (leftOut === items.length)
    throw new PromptSetWrong(
      `No prompt of ${name} can be written as ${as}: it needs prompts for training with responses.`,
    );
  const kept = `${set}-${whole.version.version}${split === undefined ? "" : `-${split}`}`;
  return { name: `${kept}.${ending}`, ...file, prompts: items.length - leftOut, leftOut };
}
