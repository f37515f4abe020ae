import type { Protocol } from "../contract/studies.ts";
import type { AnnotatorAtWork } from "./statements.ts";

/**
 * How long somebody who came by a shared link holds their one pair before their first judgment: more than the ten minutes
 * after which an open page renews it.
 */
export const NEWCOMER_MINUTES = 15;

/** Whether an annotator came by a shared link and has judged nothing yet: many of those never do. */
export const isNewcomer = ({ joinedAt }: AnnotatorAtWork, judged: number): boolean =>
  joinedAt !== null && judged === 0;

/** What a newcomer holds, and how long: one pair, and not until the lease of others would end. */
export const forNewcomer = ({ leaseMinutes }: Protocol): Pick<Protocol, "buffer" | "leaseMinutes"> => ({
  buffer: 1,
  leaseMinutes: Math.min(leaseMinutes, NEWCOMER_MINUTES),
});

/** Whether an annotator has stopped, or the time that their platform gave them is over at a moment in ISO 8601. */
export const hasLeft = (
  { stoppedAt, leaveBy }: Pick<AnnotatorAtWork, "stoppedAt" | "leaveBy">,
  at: string,
): boolean => stoppedAt !== null || (leaveBy !== null && leaveBy <= at);
