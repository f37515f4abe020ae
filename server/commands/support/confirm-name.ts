import { TiebreakError } from "../../contract/errors.ts";
import { ask, canAsk } from "./ask.ts";
import { say } from "./run.ts";

/** Nobody has confirmed. */
export class NotConfirmed extends TiebreakError {
  constructor(message: string) {
    super("NotConfirmed", 400, message);
  }
}

interface Question {
  /** The study's name, where `--yes` has it. */
  readonly yes: string | undefined;
  /** What is done once the name is typed: “delete it”. */
  readonly to: string;
  /** What a refusal ends with: “Nothing was deleted.” */
  readonly nothing: string;
  /** What somebody reads before they type. */
  readonly means?: string;
}

/** Goes on once somebody has typed a study's name, or `--yes` has it. @throws NotConfirmed */
export async function confirmName(name: string, { yes, to, nothing, means }: Question): Promise<void> {
  if (yes === name) return;
  if (yes !== undefined)
    throw new NotConfirmed(`--yes ${yes} is not the name of the study, ${name}. ${nothing}`);
  if (means !== undefined) say(means);
  if (!canAsk()) throw new NotConfirmed(`${nothing} To confirm, add --yes ${name}`);
  const typed = await ask(`Type the study's name to ${to}:`, { likely: "", understand: (answer) => answer });
  if (typed !== name) throw new NotConfirmed(`That is not its name. ${nothing}`);
}
