import { sql } from "kysely";
import type { SkipReason } from "../contract/words.ts";
import { statement } from "../storage/statement.ts";

export const selectSkipByKey = statement<
  { annotatorId: number; requestKey: string },
  { assignmentId: number; reason: SkipReason; comment: string | null }
>((db, param) =>
  db
    .selectFrom("skip")
    .select(["assignment_id as assignmentId", "reason", "comment"])
    .where("annotator_id", "=", param("annotatorId"))
    .where("request_key", "=", param("requestKey")),
);

interface NewSkip {
  assignmentId: number;
  annotatorId: number;
  reason: SkipReason;
  comment: string | null;
  activeMs: number;
  requestKey: string;
  receivedAt: string;
}

export const insertSkip = statement<NewSkip, never>((db, param) =>
  db.insertInto("skip").values({
    assignment_id: param("assignmentId"),
    annotator_id: param("annotatorId"),
    reason: param("reason"),
    comment: param("comment"),
    active_ms: param("activeMs"),
    request_key: param("requestKey"),
    received_at: param("receivedAt"),
  }),
);

/** A skip ends its assignment, also one that had lapsed and was taken over, or that had been judged. */
export const endSkipped = statement<{ id: number; at: string }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({ ended_at: param("at"), ended_how: sql.lit<"skipped">("skipped") })
    .where("id", "=", param("id")),
);
