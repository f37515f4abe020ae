import { TiebreakError } from "../contract/errors.ts";

const SHOWN = 10;

/** No set has this name. */
export class PromptSetNotFound extends TiebreakError {
  constructor(set: string, existing: readonly string[]) {
    const others =
      existing.length > 0
        ? `Existing sets: ${existing.slice(0, SHOWN).join(", ")}.`
        : "There are none yet: keep one with tiebreak prompts keep.";
    super("PromptSetNotFound", 404, `There is no prompt set “${set}”. ${others}`);
  }
}

/** The set has no such version. */
export class VersionNotFound extends TiebreakError {
  constructor(set: string, version: number, latest: number) {
    super(
      "PromptSetVersionNotFound",
      404,
      `The prompt set ${set} has no version ${version}. Its latest is ${latest}.`,
    );
  }
}

/** What was asked of a set cannot be done. */
export class PromptSetWrong extends TiebreakError {
  constructor(message: string) {
    super("PromptSetWrong", 400, message);
  }
}
