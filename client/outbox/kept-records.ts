import type { AssignmentView } from "../../server/contract/judging.ts";
import {
  type Answer,
  answerIn,
  type Draft,
  type Entry,
  type HeldWork,
  NOTHING_HELD,
  type Refusal,
} from "./held-work.ts";

/** What is written to and removed from the browser's storage, in one transaction. */
interface Changes {
  readonly put: readonly (readonly [string, unknown])[];
  readonly remove: readonly string[];
}

/** The small part that changes with every judgment; texts, entries and refusals are records of their own. */
interface Desk extends Pick<HeldWork, "sheet" | "state" | "progress" | "askAgainSeconds"> {
  readonly version: typeof VERSION;
  readonly buffer: readonly string[];
  readonly earlier: readonly (Answer & { readonly assignment: string })[];
}

const VERSION = 1;
const DESK = "desk";
const ENTRY = "entry:";
const VIEW = "view:";
const REFUSAL = "refusal:";
const DRAFT = "draft:";

/**
 * What has to be written so that the storage holds `next`, when it holds `previous`. Entries are put and
 * removed one by one, so that two tabs never overwrite each other's.
 */
export function changesBetween(previous: HeldWork, next: HeldWork): Changes {
  const before = recordsOf(previous);
  const after = recordsOf(next);
  const put = [...after].filter(([key, value]) => !same(before.get(key), value));
  const remove = [...before.keys()].filter((key) => !after.has(key));
  return { put, remove };
}

/** What was held, from the records of the storage. What does not fit together is left out; entries always stay. */
export function restore(records: readonly (readonly [string, unknown])[]): HeldWork {
  const all = new Map(records);
  const outbox = valuesOf<Entry>(records, ENTRY).sort((a, b) => a.order - b.order);
  const drafts = Object.fromEntries(
    of<Draft>(records, DRAFT).map(([key, draft]) => [key.slice(DRAFT.length), draft]),
  );
  const held = { ...NOTHING_HELD, outbox, refusals: valuesOf<Refusal>(records, REFUSAL), drafts };
  const desk = all.get(DESK) as Desk | undefined;
  if (desk?.version !== VERSION) return held;
  const answered = new Set(outbox.map((entry) => entry.assignment));
  const viewOf = (token: string) => all.get(VIEW + token) as AssignmentView | undefined;
  const buffer = desk.buffer.flatMap((token) => {
    const view = viewOf(token);
    return view && !answered.has(token) ? [view] : [];
  });
  const earlier = desk.earlier.flatMap((one) => {
    const view = viewOf(one.assignment);
    return view ? [{ view, ...answerIn(one) }] : [];
  });
  const { sheet, state, progress, askAgainSeconds } = desk;
  return { ...held, sheet, state, progress, askAgainSeconds, buffer, earlier };
}

/** The entries among the records. */
export const entriesIn = (records: readonly (readonly [string, unknown])[]): Entry[] =>
  valuesOf<Entry>(records, ENTRY);

function recordsOf(held: HeldWork): Map<string, unknown> {
  const views = [...held.buffer, ...held.earlier.map((one) => one.view)];
  const { sheet, state, progress, askAgainSeconds } = held;
  const desk: Desk = {
    version: VERSION,
    sheet,
    state,
    progress,
    askAgainSeconds,
    buffer: held.buffer.map((view) => view.assignment),
    earlier: held.earlier.map((one) => ({ assignment: one.view.assignment, ...answerIn(one) })),
  };
  return new Map<string, unknown>([
    [DESK, desk],
    ...held.outbox.map((entry) => [ENTRY + entry.requestKey, entry] as const),
    ...held.refusals.map((refusal) => [REFUSAL + refusal.requestKey, refusal] as const),
    ...Object.entries(held.drafts).map(([key, draft]) => [DRAFT + key, draft] as const),
    ...views.map((view) => [VIEW + view.assignment, view] as const),
  ]);
}

/** Views, entries, refusals and drafts are never changed but replaced, so that only the small record is compared by what it says. */
const same = (before: unknown, after: unknown): boolean =>
  before === after || (isDesk(before) && isDesk(after) && JSON.stringify(before) === JSON.stringify(after));

const isDesk = (record: unknown): boolean =>
  typeof record === "object" && record !== null && "version" in record;

const of = <Value>(records: readonly (readonly [string, unknown])[], prefix: string) =>
  records.filter(([key]) => key.startsWith(prefix)) as [string, Value][];

const valuesOf = <Value>(records: readonly (readonly [string, unknown])[], prefix: string): Value[] =>
  of<Value>(records, prefix).map(([, value]) => value);
