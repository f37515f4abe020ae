import type { AssignmentView, Sheet, Work } from "../../server/contract/judging.ts";
import { dropDrafts, earlierShown, type HeldWork } from "./held-work.ts";

/**
 * Takes the server's word on what is held. Pairs whose answer is still on its way stay out, and the pair on
 * the screen stays where it is: nothing changes under the eyes of a reader. With `mayReplaceShown` it goes
 * where the server does not hold it for this annotator any more. Whose part is over, or is looked at, is shown no pair.
 */
export function receiveWork(held: HeldWork, work: Work, { mayReplaceShown = false } = {}): HeldWork {
  if (work.state === "ended" || work.state === "review")
    return { ...held, ...said(work), buffer: [], back: 0 };
  const answered = new Set([...held.elsewhere, ...held.outbox.map((entry) => entry.assignment)]);
  const known = new Map<string, AssignmentView>();
  for (const view of [...held.buffer, ...work.assignments]) known.set(view.assignment, view);
  const [shown] = held.buffer;
  const stays = shown && (!mayReplaceShown || work.buffer.includes(shown.assignment));
  const order = new Set([...(stays ? [shown.assignment] : []), ...work.buffer]);
  const buffer = [...order].flatMap((token) => {
    const view = known.get(token);
    return view && !answered.has(token) ? [view] : [];
  });
  return dropDrafts({ ...held, ...said(work), buffer });
}

const said = ({ state, progress, askAgainSeconds, warning, review, mayAnswer, unread = 0 }: Work) => ({
  ...{ state, progress, askAgainSeconds, warning, review, mayAnswer, unread },
});

/** The server has written the judgment down: only now does it leave the outbox. */
export function acceptEntry(
  held: HeldWork,
  requestKey: string,
  { surplus, work }: { surplus: boolean; work: Work },
): HeldWork {
  const outbox = held.outbox.filter((entry) => entry.requestKey !== requestKey);
  return { ...receiveWork({ ...held, outbox }, work), takenOver: surplus };
}

/** The server will never take this judgment: it leaves the outbox, and the annotator is told. */
export function refuseEntry(held: HeldWork, requestKey: string, message: string): HeldWork {
  const refused = held.outbox.find((entry) => entry.requestKey === requestKey);
  if (!refused) return held;
  const shown = earlierShown(held);
  const earlier = held.earlier.filter((one) => one.view.assignment !== refused.assignment);
  const at = shown ? earlier.indexOf(shown) : -1;
  return {
    ...held,
    outbox: held.outbox.filter((entry) => entry !== refused),
    earlier,
    back: at < 0 ? 0 : earlier.length - at,
    refusals: [...held.refusals, { requestKey, message, ...(refused.first ? {} : { isChange: true }) }],
  };
}

/** Adds what the browser had kept: entries of an earlier visit or of another tab, in the order of choosing. */
export function addEntries(held: HeldWork, entries: HeldWork["outbox"]): HeldWork {
  const here = new Set(held.outbox.map((entry) => entry.requestKey));
  const added = entries.filter((entry) => !here.has(entry.requestKey));
  if (added.length === 0) return held;
  const outbox = [...held.outbox, ...added].sort((a, b) => a.order - b.order);
  const answered = new Set(added.map((entry) => entry.assignment));
  return { ...held, outbox, buffer: held.buffer.filter((view) => !answered.has(view.assignment)) };
}

export const receiveSheet = (held: HeldWork, sheet: Sheet): HeldWork => ({ ...held, sheet });
