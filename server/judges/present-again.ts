import { type Context, newToken } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Transaction } from "../storage/database.ts";
import type { AssignmentTable } from "../storage/tables/work.ts";
import type { Selectable } from "kysely";

type Assignment = Selectable<AssignmentTable>;

const TOKEN_BYTES = 16;
/** Presentations that a judge can have of one comparison: the first, the other order, and repeats. */
const PRESENTATIONS = 16;
/** The other order is presentation 1, repeats come after it. */
const FIRST_REPEAT = 2;
/** Assignments that one short transaction presents again. */
const A_BATCH = 200;

type Again = Pick<JudgeSettings, "orders" | "repeats">;

/** How often each comparison is presented, the first time included. */
export const presentationsOf = ({ orders, repeats }: Again): number =>
  1 + (orders === "both" ? 1 : 0) + repeats;

/**
 * Presents to a judge again, in the other order and as repeats, what it was handed as `firsts`: assignments without a
 * slot, whose ordinals are below 0 so that they do not count as comparisons that it has had.
 */
export async function presentAgain(
  context: Pick<Context, "clock" | "randomBytes">,
  tx: Transaction,
  { firsts, again, at }: { firsts: readonly number[]; again: Again; at: string },
): Promise<void> {
  if (firsts.length === 0 || presentationsOf(again) === 1) return;
  const there = await tx.db.selectFrom("assignment").selectAll().where("id", "in", firsts).execute();
  const rows = there.flatMap((first) =>
    numbersOf(again).map((presentation) => presented(first, { presentation, at })),
  );
  const tokened = rows.map((row) => ({ ...row, token: newToken(context as Context, TOKEN_BYTES) }));
  await tx.db
    .insertInto("assignment")
    .values(tokened)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A run in both orders after one in one order: what the judge was handed then is presented again, too. */
export async function catchUp(
  context: Context,
  given: { annotatorId: number; again: Again; at: string },
): Promise<void> {
  const { annotatorId, again, at } = given;
  if (presentationsOf(again) === 1) return;
  for (let after = 0; ;) {
    const firsts = await context.database.read((reader) => firstsOf(reader.db, annotatorId, after));
    if (firsts.length === 0) return;
    await context.database.transact((tx) =>
      presentAgain(context, tx, { firsts: firsts.map(({ id }) => id), again, at }),
    );
    after = firsts.at(-1)!.ordinal;
  }
}

/** Assignments of a judge, of those that these settings ask for, that have a verdict. */
export async function countJudged(context: Context, annotatorId: number, again: Again): Promise<number> {
  const { judged } = await context.database.read(({ db }) =>
    db
      .selectFrom("assignment")
      .select((e) => e.fn.countAll<number>().as("judged"))
      .where("annotator_id", "=", annotatorId)
      .where("ended_how", "=", "judged")
      .where("presentation", "in", [0, ...numbersOf(again)])
      .executeTakeFirstOrThrow(),
  );
  return Number(judged);
}

const firstsOf = (db: Transaction["db"], annotatorId: number, after: number) =>
  db
    .selectFrom("assignment")
    .select(["id", "ordinal"])
    .where("annotator_id", "=", annotatorId)
    .where("presentation", "=", 0)
    .where("origin", "=", "handed_out")
    .where("purpose", "not in", ["corrected", "unloaded"])
    .where("ordinal", ">", after)
    .where((e) => e.or([e("ended_how", "is", null), e("ended_how", "=", "judged")]))
    .orderBy("ordinal")
    .limit(A_BATCH)
    .execute();

const numbersOf = ({ orders, repeats }: Again): number[] => [
  ...(orders === "both" ? [1] : []),
  ...Array.from({ length: repeats }, (_, i) => FIRST_REPEAT + i),
];

function presented(
  first: Assignment,
  { presentation, at }: { presentation: number; at: string },
): Omit<Assignment, "id" | "token"> {
  const isTurned = presentation < FIRST_REPEAT;
  return {
    ...pick(first, ["comparison_id", "prompt_id", "group_id", "annotator_id", "side_known", "origin"]),
    ...pick(first, ["lease_end", "source_key", "load_id", "protocol_revision"]),
    presentation,
    slot_id: null,
    purpose: isTurned ? first.purpose : "repeat",
    left_system_id: isTurned ? first.right_system_id : first.left_system_id,
    right_system_id: isTurned ? first.left_system_id : first.right_system_id,
    ordinal: -(first.ordinal * PRESENTATIONS + presentation),
    opened_at: at,
    ended_at: null,
    ended_how: null,
  };
}

function pick<T, Name extends keyof T>(row: T, names: readonly Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<T, Name>;
}
