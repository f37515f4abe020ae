import { textsOf, viewOf } from "../assignments/view.ts";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import type { EarlierReply } from "../contract/judging.ts";
import { requireChangeable } from "./changeable.ts";
import { flagsOf } from "./flags.ts";
import { answerOf } from "./standing.ts";
import { selectEarlier, selectOrdinal } from "./statements.ts";

/**
 * What an annotator answered before a given assignment (null: what they answered last): judged, or said that it cannot be
 * judged, with their answer, so that they can change it. Null where there is nothing earlier.
 * @throws LinkNotValid, JudgmentFinal where nothing can be changed any more
 */
export async function earlierJudgment(
  service: AssignmentService,
  token: string,
  before: string | null,
): Promise<EarlierReply> {
  const found = await service.context.database.transactTogether(async (tx) => {
    const annotator = await service.lock(tx, token);
    const who = { annotatorId: annotator.id };
    const [mark] = before === null ? [] : await tx.run(selectOrdinal, { ...who, token: before });
    const below = mark?.ordinal ?? Number.MAX_SAFE_INTEGER;
    const [row] = await tx.run(selectEarlier, { ...who, below });
    if (!row) return null;
    await requireChangeable(tx, annotator.id);
    const [texts] = await textsOf(tx, [row.id], service.services.rendererVersion);
    const requestKey = (row.endedHow === "skipped" ? row.skipKey : row.judgedKey) ?? "";
    const flags = await flagsOf(tx, { ...who, requestKey });
    return texts ? { texts, row, flags } : null;
  });
  if (!found) return { earlier: null };
  const view = await viewOf(found.texts, service.services.render);
  const comment = found.row.endedHow === "skipped" ? found.row.skipComment : found.row.judgedComment;
  return {
    earlier: {
      view,
      ...answerOf(found.row),
      ...(comment !== null && { comment }),
      ...(found.flags.length > 0 && { flags: found.flags }),
    },
  };
}
