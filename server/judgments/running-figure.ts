import type { Context } from "../context.ts";
import type { RunningFigure } from "../contract/judging.ts";
import type { Protocol } from "../contract/studies.ts";
import { type Choice, sideChosen } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { isRefused } from "../statistics/estimate.ts";
import { confidenceSequence } from "../statistics/intervals/confidence-sequence.ts";
import { LinkNotValid } from "../studies/errors.ts";
import { currentProtocol } from "../studies/store.ts";
import { annotatorByLink } from "./annotator-by-link.ts";

/** One answer of an annotator: a judgment, or a skip, which has no choice. */
interface Answer {
  readonly assignmentId: number;
  readonly choice: Choice | null;
  /** When it was received. */
  readonly at: string;
}

/** A pair as it was assigned. */
interface Shown {
  readonly assignmentId: number;
  readonly low: string;
  readonly high: string;
  readonly isLowLeft: number;
}

/**
 * The figures of one annotator's own judgments, for groups that see them: as they stood when the latest multiple of what
 * the protocol sets was judged, so that no answer, change or skip after it moves them. Made for studies in which each
 * prompt enters a pair once: the values are then in the random order of assignment.
 * @throws LinkNotValid where the link is nobody's, or of a group that does not see any, LinkRevoked
 */
export async function runningFigure(context: Context, token: string): Promise<RunningFigure> {
  return context.database.read(async (reader) => {
    const annotator = await annotatorByLink(reader, token);
    const { protocol } = await currentProtocol(reader, annotator.studyId);
    const every = protocol.groups.find(({ name }) => name === annotator.group)?.runningFigure?.every;
    if (every === undefined) throw new LinkNotValid();
    const choices = choicesAt(every, await answersOf(reader, annotator.id));
    const shown = await shownTo(reader, annotator.id);
    const rows = shown.flatMap((one) => {
      const choice = choices.get(one.assignmentId) ?? null;
      return choice === null ? [] : [{ ...one, choice }];
    });
    return { every, pairs: figuresOf(rows, protocol.pairs) };
  });
}

/** What stood for each pair when the latest multiple of `every` had its first judgment: a choice, or null for a skip. */
function choicesAt(every: number, answers: readonly Answer[]): Map<number, Choice | null> {
  const inOrder = answers.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const judged = new Set<number>();
  const now = new Map<number, Choice | null>();
  let then = new Map<number, Choice | null>();
  for (const { assignmentId, choice } of inOrder) {
    now.set(assignmentId, choice);
    if (choice === null || judged.has(assignmentId)) continue;
    judged.add(assignmentId);
    if (judged.size % every === 0) then = new Map(now);
  }
  return then;
}

/** An annotator's judgments and skips, changed ones included. */
async function answersOf({ db }: Reader, annotatorId: number): Promise<Answer[]> {
  const judgments = await db
    .selectFrom("judgment")
    .select(["assignment_id as assignmentId", "choice", "received_at as at"])
    .where("annotator_id", "=", annotatorId)
    .orderBy("id")
    .execute();
  const skips = await db
    .selectFrom("skip")
    .select(["assignment_id as assignmentId", "received_at as at"])
    .where("annotator_id", "=", annotatorId)
    .orderBy("id")
    .execute();
  return [...judgments, ...skips.map((skip) => ({ ...skip, choice: null }))];
}

/** The pairs that an annotator got for the figures, in the order of assignment. */
const shownTo = ({ db }: Reader, annotatorId: number): Promise<Shown[]> =>
  db
    .selectFrom("assignment as a")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("system as l", "l.id", "c.low_system_id")
    .innerJoin("system as h", "h.id", "c.high_system_id")
    .select((e) => [
      ...(["a.id as assignmentId", "l.name as low", "h.name as high"] as const),
      e
        .case()
        .when("a.left_system_id", "=", e.ref("c.low_system_id"))
        .then(e.lit(1))
        .else(e.lit(0))
        .end()
        .as("isLowLeft"),
    ])
    .where("a.annotator_id", "=", annotatorId)
    .where("a.presentation", "=", 0)
    .where("a.purpose", "in", ["main", "shared"])
    .orderBy("a.id")
    .execute();

function figuresOf(
  rows: readonly (Shown & { choice: Choice })[],
  pairs: Protocol["pairs"],
): RunningFigure["pairs"] {
  const values = new Map<string, { system: string; against: string; values: number[] }>();
  for (const row of rows) {
    const isHighFirst = pairs !== "all" && row.high === pairs.target;
    const [system, against] = isHighFirst ? [row.high, row.low] : [row.low, row.high];
    const key = JSON.stringify([system, against]);
    const one = values.get(key) ?? { system, against, values: [] };
    values.set(key, one);
    const side = sideChosen(row.choice);
    const isSystemLeft = (row.isLowLeft === 1) !== isHighFirst;
    one.values.push(side === null ? 1 / 2 : (side === "left") === isSystemLeft ? 1 : 0);
  }
  return [...values.values()].map(({ values: given, ...names }) => {
    const count = (value: number) => given.filter((one) => one === value).length;
    const interval = confidenceSequence(given);
    const { low, high } = isRefused(interval) ? { low: 0, high: 1 } : interval;
    const rate = given.reduce((sum, one) => sum + one, 0) / given.length;
    return { ...names, wins: count(1), ties: count(1 / 2), losses: count(0), rate, low, high };
  });
}
