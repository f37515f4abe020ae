import { leaveOut, lockAnnotators } from "../assignments/exclude.ts";
import { hasLeft } from "../assignments/joiners.ts";
import { giveBack } from "../assignments/places.ts";
import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Imported, Submission } from "../contract/payments.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { recordChange, requireStudy } from "../studies/store.ts";

class SubmissionsWrong extends TiebreakError {
  constructor(message: string) {
    super("SubmissionsWrong", 400, message);
  }
}

/** The submission is over, without being done: what is left of it is free for others. */
const RETURNED: ReadonlySet<string> = new Set(["RETURNED", "TIMED OUT", "REJECTED"]);
/** The submission goes on, or is done; the words are those of Prolific and of Connect. */
const OTHERS: ReadonlySet<string> = new Set([
  ...["RESERVED", "ACTIVE", "AWAITING REVIEW", "APPROVED", "SCREENED OUT", "PARTIALLY APPROVED"],
  ...["PENDING", "COMPLETED"],
]);
const EXCLUDED_AS = "returned, timed out or rejected at the platform";

/**
 * Takes over how submissions stand at a platform. Whose submission was returned, timed out or rejected gets nothing more, and
 * what they hold is free for others; their judgments stay, unless `exclude`. Reading a list again changes nothing more.
 * @throws StudyNotFound; SubmissionsWrong where people have started in this study, and none of them is in the list
 */
export async function importSubmissions(
  context: Context,
  request: { study: string; submissions: readonly Submission[]; exclude: boolean; by: string },
): Promise<Imported> {
  const { study, submissions, exclude, by } = request;
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const at = now(context);
    const people = await participantsOf(tx, { studyId, at });
    const latest = new Map(submissions.flatMap((one) => keysOf(one).map((key) => [key, one] as const)));
    const found = people.flatMap((person) => {
      const submission = latest.get(keyOf(person)) ?? latest.get(keyOf({ ...person, session: null }));
      return submission === undefined
        ? []
        : [{ ...person, status: submission.status, line: submission.line }];
    });
    if (people.length > 0 && found.length === 0)
      throw new SubmissionsWrong(
        `None of the ${submissions.length} participants of the list has started in the study “${study}”. Is it the list of another study?`,
      );
    if (found.length > 0) await lockAnnotators(tx, { study, annotators: found.map(({ name }) => name) });
    const [ended, excluded]: [string[], string[]] = [[], []];
    let freed = 0;
    for (const person of found) {
      await writeStatus(tx, person);
      if (!RETURNED.has(plain(person.status))) continue;
      const end = await endOf(context, tx, person);
      freed += end.freed;
      if (end.isNew) ended.push(person.name);
      if (!exclude || person.outBy !== null) continue;
      await leaveOut(context, tx, { studyId, annotatorId: person.id, rule: EXCLUDED_AS });
      excluded.push(person.name);
    }
    await recordChange(tx, {
      studyId,
      kind: "submissions",
      detail: { read: found.length, ended, excluded },
      at,
      by,
    });
    const ids = new Set(people.map(({ participant }) => participant.toLowerCase()));
    const there = new Set(found.map(({ id }) => id));
    return {
      statuses: countOf(found.map(({ status }) => status)),
      unknownStatuses: unknownIn(found),
      ...{ ended, freed, excluded },
      unknown: submissions.filter((one) => !ids.has(one.participant.toLowerCase())).length,
      stillExcluded: found
        .filter(({ status, outBy }) => outBy === EXCLUDED_AS && !RETURNED.has(plain(status)))
        .map(({ name }) => name),
      missing: people.filter(({ id, wasListed }) => !wasListed && !there.has(id)).map(({ name }) => name),
    };
  });
}

interface Person {
  readonly id: number;
  readonly name: string;
  readonly participant: string;
  readonly session: string | null;
  /** The rule by which their judgments are excluded; null: they are not. */
  readonly outBy: string | null;
  /** Whether they were in a list that was read before. */
  readonly wasListed: boolean;
  /** Whether nothing is assigned to them any more: they stopped, were sent back, or their time is over. */
  readonly isOver: boolean;
}

async function participantsOf({ db }: Reader, { studyId, at }: { studyId: number; at: string }) {
  const rows = await db
    .selectFrom("participant as p")
    .innerJoin("annotator as a", "a.id", "p.annotator_id")
    .leftJoin("participation as part", "part.annotator_id", "a.id")
    .leftJoin("exclusion as e", (join) =>
      join.onRef("e.annotator_id", "=", "a.id").on("e.lifted_at", "is", null),
    )
    .select(["a.id", "a.external_id as name", "p.external_id as participant", "p.session_id as session"])
    .select(["part.stopped_at as stoppedAt", "part.leave_by as leaveBy", "part.finish", "e.rule as outBy"])
    .select("p.platform_status as status")
    .where("p.study_id", "=", studyId)
    .orderBy("a.id")
    .execute();
  return rows.map(({ stoppedAt, leaveBy, finish, status, ...row }): Person => ({
    ...row,
    wasListed: status !== null,
    isOver: finish !== null || hasLeft({ stoppedAt, leaveBy }, at),
  }));
}

/** A submission is known by its own id, where the list has one, and by its participant alone. */
const keysOf = (one: Pick<Submission, "participant" | "session">): string[] =>
  one.session === null ? [keyOf(one)] : [keyOf(one), keyOf({ ...one, session: null })];

const keyOf = ({ participant, session }: Pick<Submission, "participant" | "session">): string =>
  JSON.stringify([participant.toLowerCase(), session]);

/** `TIMED-OUT` and `Timed out` are the same. */
const plain = (status: string): string =>
  status
    .toUpperCase()
    .replace(/[^A-Z]+/g, " ")
    .trim();

const writeStatus = ({ db }: Transaction, { id, status }: { id: number; status: string }): Promise<unknown> =>
  db.updateTable("participant").set({ platform_status: status }).where("annotator_id", "=", id).execute();

/** Ends somebody's part, unless it is over, and gives back what they hold. @returns how many pairs those were */
async function endOf(
  context: Context,
  tx: Transaction,
  { id, status, isOver }: Person & { status: string },
): Promise<{ isNew: boolean; freed: number }> {
  const at = now(context);
  const held = await tx.db
    .selectFrom("assignment")
    .select((e) => e.fn.countAll<number>().as("pairs"))
    .where("annotator_id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  await tx.run(giveBack, { annotatorId: id, at });
  const end = plain(status) === "TIMED OUT" ? { leave_by: at } : { stopped_at: at };
  if (!isOver) await tx.db.updateTable("participation").set(end).where("annotator_id", "=", id).execute();
  return { isNew: !isOver, freed: held.pairs };
}

function unknownIn(found: readonly Pick<Submission, "status" | "line">[]): Imported["unknownStatuses"] {
  const unknown = found.filter(({ status }) => !RETURNED.has(plain(status)) && !OTHERS.has(plain(status)));
  return Object.entries(countOf(unknown.map(({ status }) => status))).map(([status, count]) => ({
    ...{ status, count },
    line: Math.min(...unknown.filter((one) => one.status === status).map(({ line }) => line)),
  }));
}

function countOf(statuses: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
