import { statement } from "../storage/statement.ts";

/**
 * Ends all that an annotator holds, so that its places are free for others; the annotator's row must be locked in this
 * transaction. What was held counts as handed out: it does not come back to the same annotator.
 */
export const giveBack = statement<{ annotatorId: number; at: string }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({ ended_at: param("at"), ended_how: "returned" })
    .where("annotator_id", "=", param("annotatorId"))
    .where("ended_at", "is", null),
);
