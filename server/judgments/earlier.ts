import { textsOf, viewOf } from "../assignments/view.ts";
import type { WorkDesk } from "../assignments/work.ts";
import type { EarlierReply, ShownChoice } from "../contract/judging.ts";
import { requireChangeable } from "./changeable.ts";
import { selectEarlier, selectOrdinal } from "./statements.ts";

/**
 * What an annotator judged before a given assignment (null: what they judged last), with their answer,
 * so that they can change it. Null where there is nothing earlier.
 * @throws LinkNotValid, JudgmentFinal where nothing can be changed any more
 */
export async function earlierJudgment(
  desk: WorkDesk,
  token: string,
  before: string | null,
): Promise<EarlierReply> {
  const found = await desk.context.database.transactTogether(async (tx) => {
    const annotator = await desk.lock(tx, token);
    const who = { annotatorId: annotator.id };
    const [mark] = before === null ? [] : await tx.run(selectOrdinal, { ...who, token: before });
    const below = mark?.ordinal ?? Number.MAX_SAFE_INTEGER;
    const [row] = await tx.run(selectEarlier, { ...who, below });
    if (!row) return null;
    await requireChangeable(tx, annotator.id);
    const [texts] = await textsOf(tx, [row.id], desk.services.rendererVersion);
    return texts ? { texts, choice: row.choice } : null;
  });
  if (!found) return { earlier: null };
  const view = await viewOf(found.texts, desk.services.render);
  const choice: ShownChoice = found.choice === "both_bad" ? "tie" : found.choice;
  return { earlier: { view, choice } };
}
