import type { AssignmentView, Sheet, Work } from "../../server/contract/judging.ts";
import { type Answer, answerIn, dropDrafts, earlierShown, type HeldWork, isSame } from "./held-work.ts";

/**
 * Takes the server's word on what is held. Pairs whose answer is still on its way stay out, and the pair on
 * the screen stays where it is: nothing changes under the eyes of a reader. With `mayReplaceShown` it goes
 * where the server does not hold it for this annotator any more. Whose part is over, or is looked at, is shown no pair.
 */
export function receiveWork(held: HeldWork, work: Work, { mayReplaceShown = false } = {}): HeldWork {
  if (work.state === "ended" || work.state === "review")
    return { ...held, ...said(work), buffer: [], back: 0 };
  const answered = new Set([...held.elsewhere, ...held.outbox.map((entry) => entry.assignment)]);
  const answeredThere = new Set(work.answered);
  const known = new Map<string, AssignmentView>();
  for (const view of [...held.buffer, ...work.assignments]) known.set(view.assignment, view);
  const [shown] = held.buffer;
  const stays = shown && (!mayReplaceShown || work.buffer.includes(shown.assignment));
  const order = new Set([...(stays ? [shown.assignment] : []), ...work.buffer]);
  const buffer = [...order].flatMap((token) => {
    const view = known.get(token);
    return view && !answered.has(token) ? [view] : [];
  });
  const isShownAnswered =
    shown && !stays && !answered.has(shown.assignment) && answeredThere.has(shown.assignment);
  return dropDrafts({
    ...held,
    ...said(work),
    buffer,
    ...(isShownAnswered && { answeredElsewhere: true }),
  });
}

const said = ({
  state,
  progress,
  askAgainSeconds,
  warning,
  review,
  mayAnswer,
  revision,
  unread = 0,
}: Work) => ({
  ...{ state, progress, askAgainSeconds, warning, review, mayAnswer, revision, unread },
});

interface Accepted {
  readonly surplus: boolean;
  readonly standing?: Answer | undefined;
  readonly work: Work;
}

/**
 * The server has written the judgment down: only now does it leave the outbox. Where the pair had been answered elsewhere,
 * nothing was written: that answer stands, and what was answered here is kept to be offered as a change.
 */
export function acceptEntry(
  held: HeldWork,
  requestKey: string,
  { surplus, standing, work }: Accepted,
): HeldWork {
  const next = standing
    ? letStand(held, requestKey, standing)
    : { ...held, outbox: held.outbox.filter((entry) => entry.requestKey !== requestKey) };
  return { ...receiveWork(next, work), takenOver: surplus };
}

/** The answer that stands takes the place of all those given here, of which the last one is offered unless it is the same and nothing was remarked with it. */
function letStand(held: HeldWork, requestKey: string, standing: Answer): HeldWork {
  const assignment = held.outbox.find((entry) => entry.requestKey === requestKey)?.assignment;
  const entry = held.outbox.filter((one) => one.assignment === assignment).at(-1);
  if (!entry) return held;
  const offered = { requestKey: entry.requestKey, message: "", instead: { standing, entry } };
  return {
    ...held,
    outbox: held.outbox.filter((one) => one.assignment !== assignment),
    earlier: held.earlier.map((one) =>
      one.view.assignment === assignment ? { view: one.view, ...answerIn(standing) } : one,
    ),
    ...(isSame(entry, standing) ? { answeredElsewhere: true } : { refusals: [...held.refusals, offered] }),
  };
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
