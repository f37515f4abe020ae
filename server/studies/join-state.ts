import { sql } from "kysely";
import type { JoinState } from "../contract/judging.ts";
import type { StudyState } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { isWanted } from "./wanted-slots.ts";

/** What somebody new to a group would find at a moment, in ISO 8601. */
export async function joinStateOf(
  reader: Pick<Reader, "run">,
  given: { groupId: number; state: StudyState; at: string },
): Promise<JoinState> {
  const { groupId, state, at } = given;
  if (state === "closed") return "closed";
  if (state === "draft") return "paused";
  const [free] = await reader.run(selectFree, { groupId });
  if (!free) return "full";
  if (state !== "open") return "paused";
  const [unheld] = await reader.run(selectUnheld, { groupId, at });
  return unheld ? "open" : "taken";
}

const selectFree = statement<{ groupId: number }, { id: number }>((db, param) =>
  db
    .selectFrom("slot")
    .select("id")
    .where("group_id", "=", param("groupId"))
    .where("counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("replicate")))
    .limit(sql.lit(1)),
);

/** A free slot that nobody holds, or that was held until its lease ended. */
const selectUnheld = statement<{ groupId: number; at: string }, { id: number }>((db, param) =>
  db
    .selectFrom("slot as s")
    .select("s.id")
    .where("s.group_id", "=", param("groupId"))
    .where("s.counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("s.replicate")))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as live")
            .select("live.id")
            .whereRef("live.slot_id", "=", "s.id")
            .where("live.ended_at", "is", null)
            .where("live.lease_end", ">=", param("at")),
        ),
      ),
    )
    .limit(sql.lit(1)),
);
