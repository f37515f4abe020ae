import type { PromptSet, PromptSetItem, PromptSetVersion } from "../../contract/prompt-sets.ts";

/** A version as it is exported. */
export interface Exported {
  readonly set: string;
  readonly title: string;
  readonly version: PromptSetVersion & {
    readonly edited: boolean;
    readonly recipe: string | null;
    readonly datasheet: string | null;
  };
  /** What people decided up to this version. */
  readonly decisions: PromptSet["decisions"];
  /** What is wanted of it. */
  readonly items: readonly PromptSetItem[];
}
