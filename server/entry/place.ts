import type { AssignmentService } from "../assignments/assignment-service.ts";
import { shareOf, type Share, standBeforeFirst } from "../assignments/standing.ts";
import type { AnnotatorAtWork } from "../assignments/statements.ts";
import { now } from "../context.ts";
import type { Entry } from "../contract/entry.ts";
import type { Protocol } from "../contract/studies.ts";
import type { EntryStage } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { type EntryStand, stagesFor } from "../studies/entry-stages.ts";
import { currentProtocol } from "../studies/store.ts";

/** An annotator before their first pair. */
export interface Comer {
  readonly annotator: AnnotatorAtWork;
  readonly protocol: Protocol;
  readonly share: Share;
  /** Those that they go through. */
  readonly stages: readonly EntryStage[];
  readonly stand: EntryStand;
}

/** Locks an annotator, and finds where they stand. @throws LinkNotValid, LinkRevoked */
export async function comerOf(service: AssignmentService, tx: Transaction, token: string): Promise<Comer> {
  const annotator = await service.lock(tx, token);
  const { protocol } = await currentProtocol(tx, annotator.studyId);
  const share = await shareOf(tx, { annotator, protocol, at: now(service.context) });
  const { judged } = share;
  const { group, joinedAt } = annotator;
  const stages = stagesFor(protocol, { group, isJoined: joinedAt !== null, judged });
  return {
    annotator,
    protocol,
    share,
    stages,
    stand: await standBeforeFirst(tx, { annotator, protocol, judged }),
  };
}

/** The pair of the practice or the qualification that comes next. */
export interface Place {
  readonly stage: "practice" | "qualification";
  /** Both count from 1. */
  readonly attempt: number;
  readonly number: number;
}

/** How many pairs were judged, by stage and attempt. @internal */
export interface Done {
  readonly stage: Place["stage"];
  readonly attempt: number;
  readonly judged: number;
}

/**
 * The pair that comes next for somebody at the practice or the qualification. Each failed try of a qualification begins the
 * next one, after the practice where the protocol wants it again.
 */
export function placeOf(
  entry: Entry,
  given: { stage: Place["stage"]; stages: readonly EntryStage[]; done: readonly Done[] },
): Place {
  const { stage, stages, done } = given;
  const judged = (of: Place["stage"], attempt: number) =>
    done.find((one) => one.stage === of && one.attempt === attempt)?.judged ?? 0;
  if (stage === "practice") return { stage, attempt: 1, number: judged("practice", 1) + 1 };
  const { pairs = [], practiceAgain = false } = entry.qualification ?? {};
  let attempt = 1;
  while (pairs.length > 0 && judged("qualification", attempt) >= pairs.length) attempt++;
  const practised = judged("practice", attempt);
  const isAgain = attempt > 1 && practiceAgain && stages.includes("practice");
  if (isAgain && judged("qualification", attempt) === 0 && practised < (entry.practice?.length ?? 0))
    return { stage: "practice", attempt, number: practised + 1 };
  return { stage, attempt, number: judged("qualification", attempt) + 1 };
}

/** What an annotator has judged of the practice and the qualification. */
export const doneBy = async ({ db }: Transaction, annotatorId: number): Promise<Done[]> =>
  db
    .selectFrom("entry_judgment")
    .select((e) => ["stage", "attempt", e.fn.countAll<number>().as("judged")])
    .where("annotator_id", "=", annotatorId)
    .groupBy(["stage", "attempt"])
    .execute();
