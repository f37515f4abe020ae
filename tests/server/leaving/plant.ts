import type { Context } from "../../../server/context.ts";

/** A row of the person in each other table that has an annotator, with a marker in every text that may be any text. */
export async function plantInOtherTables(context: Context, id: number, marker: string): Promise<void> {
  const at = "2026-01-05T10:00:00.000Z";
  const annotator_id = id;
  await context.database.transact(async ({ db }) => {
    const { study_id } = await db
      .selectFrom("annotator")
      .select("study_id")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const { id: assignment_id } = await db
      .selectFrom("assignment")
      .select("id")
      .where("annotator_id", "=", id)
      .limit(1)
      .executeTakeFirstOrThrow();
    await db.updateTable("annotator").set({ link_label: marker }).where("id", "=", id).execute();
    await db.updateTable("skip").set({ comment: marker }).where("annotator_id", "=", id).execute();
    const flag = { assignment_id, request_key: `${marker}-1`, flag: "broken", of_what: "left" as const };
    await db
      .insertInto("flag")
      .values({ annotator_id, ...flag })
      .execute();
    const message = { from_owner: 0, text: marker, request_key: `${marker}-3`, sent_at: at, read_at: null };
    await db
      .insertInto("message")
      .values({ annotator_id, ...message })
      .execute();
    await db
      .insertInto("guess")
      .values({ annotator_id, could_tell: "some", text: marker, given_at: at })
      .execute();
    const answer = { question: "age", answer: JSON.stringify(marker), answered_at: at };
    await db
      .insertInto("personal_answer")
      .values({ annotator_id, ...answer })
      .execute();
    const passage = { stage: "consent" as const, version: "v", outcome: "passed" as const };
    await db
      .insertInto("entry_passage")
      .values({ annotator_id, ...passage, language: `x-${marker}`, passed_at: at })
      .execute();
    const tried = { stage: "practice" as const, attempt: 1, number: 1, choice: "tie" as const };
    await db
      .insertInto("entry_judgment")
      .values({ annotator_id, ...tried, is_expected: 1, active_ms: 1, judged_at: at })
      .execute();
    await db
      .insertInto("work_tally")
      .values({ annotator_id, judged: 1, run_choice: "tie", run: 1, faster: `{"${marker}":1}` })
      .execute();
    await db
      .insertInto("work_signs")
      .values({ annotator_id, agreed: 1, decided_at: at, pairs: 1, left_pairs: 1, copied_pairs: 0 })
      .execute();
    const found = { signal: "gold" as const, wanted: "pause" as const, took: "pause" as const };
    const { id: trigger_id } = await db
      .insertInto("rule_trigger")
      .values({
        ...{ study_id, annotator_id, ...found, rule: `["${marker}"]`, seen: `["${marker}"]` },
        ...{ triggered_at: at, read_at: null },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("review")
      .values({
        ...{ study_id, annotator_id, trigger_id, opened_at: at, answer: marker },
        ...{ decision: "go on" as const, reason: marker, decided_at: at },
      })
      .execute();
  });
}
