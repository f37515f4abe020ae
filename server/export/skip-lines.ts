import type { Reader } from "../storage/database.ts";
import { answerKey, flagsByAnswer } from "../studies/flags.ts";
import { skipsInForce } from "../studies/skips.ts";
import type { Names } from "./names.ts";

/** What annotators could not judge, one JSON object a line, under the names of `names`. Nothing where there is none. */
export async function skipLines(reader: Reader, studyId: number, names: Names): Promise<string[]> {
  const skips = await skipsInForce(reader, studyId);
  const flags = await flagsByAnswer(reader, studyId);
  return skips.map((skip) => {
    const flagged = flags.get(answerKey(skip))?.map(({ flag, systemId }) => ({
      flag,
      of: systemId === null ? "prompt" : names.systems.get(systemId),
    }));
    const annotator = names.annotators.get(skip.annotatorId);
    const row = {
      ...{ prompt_id: skip.prompt, turn: skip.turn },
      systems: [skip.low, skip.high].map((id) => names.systems.get(id)),
      ...{ reason: skip.reason, annotator: annotator?.name, group: skip.group },
      ...{ is_check: !skip.isWanted, excluded_by: annotator?.excludedBy ?? null },
      ...(skip.comment !== null && { comment: skip.comment }),
      ...(flagged && { flags: flagged }),
    };
    return `${JSON.stringify(row)}\n`;
  });
}
