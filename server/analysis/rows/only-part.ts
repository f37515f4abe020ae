import { TiebreakError } from "../../contract/errors.ts";
import type { Reader } from "../../storage/database.ts";
import type { PromptPart } from "./prompt-parts.ts";
import { onlyRows } from "./only-rows.ts";
import { promptsOfPart } from "./prompts-of-part.ts";
import type { StudyData } from "./study-data.ts";

class PartNotFound extends TiebreakError {
  constructor({ field, value }: PromptPart) {
    super("PartNotFound", 404, `No prompt of the study has ${field} “${value}”.`);
  }
}

/**
 * A study as if it had the prompts of one part alone. No test of it was declared beforehand, since the part is chosen
 * afterwards. Counts of repeats and surplus and the calls of models stay those of the whole study.
 * @throws PartNotFound where no prompt belongs to it
 */
export async function onlyPart(reader: Reader, data: StudyData, part: PromptPart): Promise<StudyData> {
  const ids = new Set(await promptsOfPart(reader, data.facts.study.id, part));
  const isIn = Uint8Array.from(data.prompts, ({ id }) => (ids.has(id) ? 1 : 0));
  const prompts = isIn.reduce((sum, one) => sum + one, 0);
  if (prompts === 0) throw new PartNotFound(part);
  return {
    ...onlyRows(data, ({ prompt }, i) => isIn[prompt[i]!] === 1),
    withoutText: { comparisons: 0, judgments: 0 },
    part: { ...part, prompts },
  };
}
