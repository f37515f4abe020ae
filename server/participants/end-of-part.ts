import { shareOf, type Share } from "../assignments/standing.ts";
import type { AnnotatorAtWork } from "../assignments/statements.ts";
import type { FinishKind } from "../contract/words.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";

/** What decides how the part of somebody from a platform has ended. */
interface PartFacts extends Share {
  /** The finish that they were sent back with, if they were. */
  readonly written: FinishKind | null;
  readonly hasStopped: boolean;
  readonly isLinkRevoked: boolean;
  readonly isTimeOver: boolean;
  readonly isStudyClosed: boolean;
}

/** How somebody's part stands at a moment. */
interface Part extends Pick<Share, "judged" | "skipped" | "whole" | "isAsked"> {
  /** Null: something can still be handed to them. */
  readonly finish: FinishKind | null;
}

/**
 * How the part of an annotator stands, whether their page is open or not: for the finish as for pay.
 * @param given.written the finish that they were sent back with, if they were @param given.at in ISO 8601
 */
export async function partAt(
  reader: Reader,
  given: {
    annotator: AnnotatorAtWork & { readonly linkRevokedAt?: string | null };
    protocol: Protocol;
    written: FinishKind | null;
    at: string;
  },
): Promise<Part> {
  const { annotator, written, at } = given;
  const { stoppedAt, leaveBy, linkRevokedAt = null, state } = annotator;
  const share = await shareOf(reader, given);
  const finish = endOf({
    ...share,
    written,
    hasStopped: stoppedAt !== null,
    isLinkRevoked: linkRevokedAt !== null,
    isTimeOver: leaveBy !== null && leaveBy <= at,
    isStudyClosed: state === "closed",
  });
  const { judged, skipped, whole, isAsked } = share;
  return { finish, judged, skipped, whole, isAsked };
}

/**
 * How a part ends: complete for good, stopped, ended by the owner, before the first pair, out of time, or nothing left. Who
 * does not agree to a new version of the consent has stopped. Who could not judge a pair
 * has done the work of looking at it: once nothing is left for them, it counts like the others.
 * @returns null as long as something can still be handed to them @internal
 */
export function endOf(facts: PartFacts): FinishKind | null {
  const { judged, skipped, whole, isAsked, isAnythingLeft, written } = facts;
  const done = judged + skipped;
  const isWhole = done > 0 && ((isAsked && judged >= whole) || (done >= whole && !isAnythingLeft));
  if (written === "completed" || isWhole) return "completed";
  // who leaves or is excluded afterwards keeps the end that they had, and its pay
  if (facts.isLeftOut && written !== null) return written;
  if (facts.entryEnd !== null)
    return done > 0 && facts.entryEnd === "no_consent" ? "stopped" : facts.entryEnd;
  if (facts.hasStopped) return "stopped";
  if (facts.isLeftOut || facts.isEnded || facts.isLinkRevoked) return "ended";
  if (facts.isTimeOver) return "timed_out";
  if (isAnythingLeft && !facts.isStudyClosed) return null;
  return done > 0 && !isAsked ? "completed" : "no_work";
}
