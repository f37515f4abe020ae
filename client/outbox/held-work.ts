import type { AssignmentView, Progress, Sheet, Shown, Work } from "../../server/contract/judging.ts";
import type { Signs } from "../../server/contract/quality.ts";
import type { CouldTell, Remarks } from "../../server/contract/remarks.ts";
import type { Choice, SkipReason } from "../../server/contract/words.ts";

/** What an annotator says of a pair: one of the choices, or why it cannot be judged; and what they remark on it. */
export type Answer = Remarks &
  (
    | { readonly choice: Choice; readonly reason?: undefined }
    | { readonly choice?: undefined; readonly reason: SkipReason }
  );

/** One answer on its way to the server: kept until the server has accepted it, or refused it for good. */
export type Entry = Answer & EntryFacts;

interface EntryFacts {
  readonly requestKey: string;
  readonly assignment: string;
  readonly activeMs: number;
  /** Of the wording that was shown. */
  readonly language: string;
  /** Of the sheet that was shown; absent: the first. */
  readonly revision?: number | undefined;
  /** How it was shown; absent in what an older page has kept. */
  readonly shown?: Shown;
  /** When it was chosen, as a count: entries are sent in this order. */
  readonly order: number;
  /** Whether it answers a pair for the first time; a correction does not move the progress. */
  readonly first: boolean;
  readonly signs?: Signs;
}

/** A pair that was answered in this browser, or fetched to be looked at again. */
type Answered = Answer & { readonly view: AssignmentView };

/** The answer alone, of an entry or of a pair that was answered. */
export const answerIn = (given: Answer): Answer => ({
  ...(given.choice === undefined ? { reason: given.reason } : { choice: given.choice }),
  ...remarksIn(given),
});

const remarksIn = ({ comment, flags }: Remarks): Remarks => ({
  ...(comment !== undefined && { comment }),
  ...(flags !== undefined && { flags }),
});

/** Whether two answers are the same, remarks and all. */
export const isSame = (one: Answer, other: Answer): boolean =>
  JSON.stringify(answerIn(one)) === JSON.stringify(answerIn(other));

/** An answer that the server refused for good; kept until the annotator has read it. */
export interface Refusal {
  readonly requestKey: string;
  readonly message: string;
  /** Whether it would have changed an earlier answer, which stands then. */
  readonly isChange?: true;
  /** Where the pair had been answered elsewhere: the answer that stands, and the one given here. */
  readonly instead?: { readonly standing: Answer; readonly entry: Entry };
}

/** What somebody has begun to write and has not sent. */
export interface Draft extends Remarks {
  /** A choice that still needs a comment. */
  readonly wanted?: Choice | undefined;
  /** A message, or an answer to the owner. */
  readonly text?: string;
  /** The same for every retry of one message. */
  readonly requestKey?: string;
  readonly couldTell?: CouldTell;
}

/** What can be written apart from any pair. */
const APART = ["message", "review", "guess"] as const;

/** Everything that an annotator's page holds, and keeps in the browser. */
export interface HeldWork {
  readonly sheet: Sheet | null;
  /** Not judged here yet, in the order to be shown; the first one is on the screen. */
  readonly buffer: readonly AssignmentView[];
  readonly outbox: readonly Entry[];
  /** The latest last; bounded. */
  readonly earlier: readonly Answered[];
  /** How many pairs back the annotator looks; 0: at the newest. */
  readonly back: number;
  /** As the server said last; null before it said anything. */
  readonly state: Work["state"] | null;
  readonly progress: Progress | null;
  readonly askAgainSeconds: number | null;
  /** What the server wants to be shown once, as it said last. */
  readonly warning?: Work["warning"];
  /** What the rule looks at that asked for a person to look, as the server said last. */
  readonly review?: Work["review"];
  /** Whether one may write to the person who ended one's part, as the server said last. */
  readonly mayAnswer?: Work["mayAnswer"];
  /** Of the protocol, as the server said last. */
  readonly revision?: Work["revision"];
  readonly refusals: readonly Refusal[];
  /** Whether the latest accepted judgment had been overtaken by another one. */
  readonly takenOver: boolean;
  /** Whether the pair that was on the screen, or was answered last, had been answered elsewhere. */
  readonly answeredElsewhere: boolean;
  /** Messages of the owner that have not been opened, as the server said last. */
  readonly unread: number;
  /** By the token of the pair that they are on, or by what they are apart from any. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Pairs that other tabs of this browser judged while this one was open. */
  readonly elsewhere: readonly string[];
}

export const NOTHING_HELD: HeldWork = {
  sheet: null,
  buffer: [],
  outbox: [],
  earlier: [],
  back: 0,
  state: null,
  progress: null,
  askAgainSeconds: null,
  refusals: [],
  takenOver: false,
  answeredElsewhere: false,
  unread: 0,
  drafts: {},
  elsewhere: [],
};

/** How many judged pairs a browser keeps to go back to without asking the server. */
const EARLIER_MAX = 30;

/** The earlier pair that is looked at; null at the newest. */
export function earlierShown(held: HeldWork): Answered | null {
  return held.back === 0 ? null : (held.earlier.at(-held.back) ?? null);
}

/** The pair on the screen, if there is one. */
export function shownView(held: HeldWork): AssignmentView | null {
  return earlierShown(held)?.view ?? held.buffer[0] ?? null;
}

/** The progress with what is still on its way; never more than there is. What cannot be judged moves it only by the server's word. */
export function progressNow({ progress, outbox }: HeldWork): Progress | null {
  if (progress === null) return null;
  const judged = progress.judged + outbox.filter((entry) => entry.first && entry.choice !== undefined).length;
  return { judged: Math.min(judged, progress.of), of: progress.of };
}

type Answering = Answer & Pick<Entry, "activeMs" | "requestKey" | "signs" | "shown">;

/**
 * Puts an answer to the pair on the screen into the outbox and shows the next pair; on an earlier pair it is a
 * correction, and one that changes nothing is not sent. Nothing happens where there is no pair.
 */
export function choose(before: HeldWork, { activeMs, requestKey, shown: how, ...said }: Answering): HeldWork {
  const view = shownView(before);
  if (!view || !before.sheet) return before;
  const held = keepDraft(before, view.assignment, undefined);
  const shown = earlierShown(held);
  if (shown && isSame(shown, said)) return { ...held, back: 0 };
  const entry: Entry = {
    ...{ requestKey, assignment: view.assignment, ...said, activeMs, ...(how && { shown: how }) },
    language: before.sheet.language,
    ...(before.sheet.revision && { revision: before.sheet.revision }),
    order: (held.outbox.at(-1)?.order ?? 0) + 1,
    first: shown === null,
  };
  const answered: Answered = { view, ...said };
  const earlier = shown
    ? held.earlier.map((one) => (one === shown ? answered : one))
    : [...held.earlier.filter((one) => one.view.assignment !== view.assignment), answered];
  return {
    ...held,
    outbox: [...held.outbox, entry],
    buffer: held.buffer.filter((one) => one.assignment !== view.assignment),
    earlier: earlier.slice(-EARLIER_MAX),
    back: 0,
    takenOver: false,
    answeredElsewhere: false,
  };
}

/** Keeps what somebody has begun to write; nothing where it was sent or is empty. */
export function keepDraft(held: HeldWork, key: string, draft: Draft | undefined): HeldWork {
  const { [key]: before, ...others } = held.drafts;
  if (before === draft) return held;
  return { ...held, drafts: draft ? { ...others, [key]: draft } : others };
}

/** Drops what was begun on pairs that are not here any more. */
export function dropDrafts(held: HeldWork): HeldWork {
  const here = new Set<string>([
    ...APART,
    ...held.buffer.map((view) => view.assignment),
    ...held.earlier.map(({ view }) => view.assignment),
  ]);
  const gone = Object.keys(held.drafts).filter((key) => !here.has(key));
  return gone.reduce((next, key) => keepDraft(next, key, undefined), held);
}

/** Looks one pair further back, as far as they are here. */
export const goBack = (held: HeldWork): HeldWork => ({
  ...held,
  back: Math.min(held.back + 1, held.earlier.length),
});

/** Looks one pair further on. */
export const goForward = (held: HeldWork): HeldWork => ({ ...held, back: Math.max(held.back - 1, 0) });

/** Puts a pair that the server remembers before all earlier ones, and looks at it. */
export function addEarlier(held: HeldWork, answered: Answered): HeldWork {
  const others = held.earlier.filter((one) => one.view.assignment !== answered.view.assignment);
  return { ...held, earlier: [answered, ...others], back: others.length + 1 };
}

/**
 * The pair was judged in another tab of this browser: it is not asked again here, and it counts here as well.
 * What this tab had judged itself is counted already; the server's next word on the progress replaces this one.
 */
export function judgedElsewhere(held: HeldWork, assignment: string): HeldWork {
  const buffer = held.buffer.filter((one) => one.assignment !== assignment);
  const { progress } = held;
  const isNew = buffer.length < held.buffer.length && !held.elsewhere.includes(assignment);
  const counted = progress && isNew ? { ...progress, judged: progress.judged + 1 } : progress;
  return { ...held, elsewhere: [...held.elsewhere, assignment], buffer, progress: counted };
}

/** What was refused has been read; what is offered as a change stays until it is decided. */
export const dismissRefusals = (held: HeldWork): HeldWork => ({
  ...held,
  refusals: held.refusals.filter(({ instead }) => instead),
});

/** The answer given elsewhere stays. */
export const keepStanding = (held: HeldWork, requestKey: string): HeldWork => ({
  ...held,
  refusals: held.refusals.filter((one) => one.requestKey !== requestKey),
});

/** The answer given elsewhere is changed to the one that was given here. @param newKey of the request */
export function useInstead(held: HeldWork, requestKey: string, newKey: string): HeldWork {
  const entry = held.refusals.find((one) => one.requestKey === requestKey)?.instead?.entry;
  if (!entry) return held;
  const order = (held.outbox.at(-1)?.order ?? 0) + 1;
  return {
    ...keepStanding(held, requestKey),
    outbox: [...held.outbox, { ...entry, requestKey: newKey, order, first: false }],
    earlier: held.earlier.map((one) =>
      one.view.assignment === entry.assignment ? { view: one.view, ...answerIn(entry) } : one,
    ),
  };
}
