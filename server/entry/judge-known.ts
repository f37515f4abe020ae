import { type Context, now } from "../context.ts";
import type { Entry, EntryStep, Texts } from "../contract/entry.ts";
import type { Choice } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { pairAt } from "./page.ts";
import { pass } from "./pass.ts";
import { type Comer, doneBy, type Place, placeOf } from "./place.ts";

/** What was right of a practice pair, and why. */
export interface Explained {
  readonly expected: readonly Choice[];
  readonly isExpected: boolean;
  readonly explanation: Texts;
}

type Judged = Extract<EntryStep, { choice: Choice }>;

const MIRRORED: Readonly<Partial<Record<Choice, Choice>>> = { left: "right", right: "left" };

/**
 * Records how a pair with a known answer was judged, unless it was before or is not the next one. The last pair of a
 * practice passes it; the last one of a qualification decides it, or begins the next try.
 * @returns what was right of a practice pair, however often it is sent
 */
export async function judgeKnown(
  context: Context,
  tx: Transaction,
  given: { comer: Comer; entry: Entry; step: Judged },
): Promise<Explained | null> {
  const { comer, entry, step } = given;
  const { stand, stages, annotator } = comer;
  if (stand.kind !== "at" || (stand.stage !== "practice" && stand.stage !== "qualification"))
    return explainedOf(entry, step);
  const place = placeOf(entry, { stage: stand.stage, stages, done: await doneBy(tx, annotator.id) });
  const isNext = (["stage", "attempt", "number"] as const).every((key) => place[key] === step[key]);
  const { pair, of, isSwapped } = pairAt(entry, place, comer);
  if (!isNext || pair === undefined) return explainedOf(entry, step);
  const choice = isSwapped ? (MIRRORED[step.choice] ?? step.choice) : step.choice;
  const at = now(context);
  await tx.db
    .insertInto("entry_judgment")
    .values({
      ...{ annotator_id: annotator.id, ...place, choice, judged_at: at },
      ...{ is_expected: pair.expected.includes(choice) ? 1 : 0, active_ms: step.activeMs },
    })
    .execute();
  if (place.number === of) await finishRound(tx, { comer, entry, place, at });
  return explainedOf(entry, step);
}

function explainedOf(entry: Entry, { stage, number, choice }: Judged): Explained | null {
  const pair = stage === "practice" ? entry.practice?.[number - 1] : undefined;
  if (pair === undefined) return null;
  const { expected, explanation } = pair;
  return { expected, explanation, isExpected: expected.includes(choice) };
}

async function finishRound(
  tx: Transaction,
  given: { comer: Comer; entry: Entry; place: Place; at: string },
): Promise<void> {
  const { comer, entry, place, at } = given;
  const who = { annotatorId: comer.annotator.id, entry, at };
  if (place.stage === "practice") return pass(tx, { ...who, stage: "practice", outcome: "passed" });
  const { pass: mark, tries } = entry.qualification ?? { pass: 0, tries: 1 };
  const right = await rightIn(tx, who.annotatorId, place.attempt);
  if (right >= mark) await pass(tx, { ...who, stage: "qualification", outcome: "passed" });
  else if (place.attempt >= tries)
    await pass(tx, { ...who, stage: "qualification", outcome: "failed_qualification" });
}

/** How many pairs of one try of the qualification were judged as expected. */
export async function rightIn({ db }: Reader, annotatorId: number, attempt: number): Promise<number> {
  const { right } = await db
    .selectFrom("entry_judgment")
    .select((e) => e.fn.countAll<number>().as("right"))
    .where("annotator_id", "=", annotatorId)
    .where("stage", "=", "qualification")
    .where("attempt", "=", attempt)
    .where("is_expected", "=", 1)
    .executeTakeFirstOrThrow();
  return right;
}
