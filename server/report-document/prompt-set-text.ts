import type { Report } from "../contract/report.ts";
import { counted } from "./numbers.ts";

/** Prompts of a study that are from one version of a set. */
export type PromptSetPart = NonNullable<Report["promptSets"]>[number];

/** Where prompts are from, in words: which set, version and split, and how they were chosen. */
export function promptSetText({ set, version, split, draw, prompts }: PromptSetPart): string {
  const part = split === null ? "" : `, split ${split}`;
  const chosen =
    draw === null
      ? ""
      : `, drawn by chance with the seed ${draw.seed}${draw.unused ? " from those that no study had" : ""}`;
  return `${counted(prompts, "prompt")} from the prompt set ${set}, version ${version}${part}${chosen}`;
}
