import { type Kysely, type RawBuilder, sql } from "kysely";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";

/**
 * Whether the person behind an annotator was given the prompt of the slot `s` in another study of this server: the same
 * participant of the same platform, and a prompt with the same texts. It costs a look at each of the person's other parts
 * (participant_by_person, prompt_text_by_hash, assignment_by_prompt).
 */
const seenElsewhere = (db: Kysely<Tables>, annotator: RawBuilder<number>) =>
  db
    .selectFrom("participant as me")
    .innerJoin("participant as other", (join) =>
      join
        .onRef("other.platform", "=", "me.platform")
        .onRef("other.external_id", "=", "me.external_id")
        .onRef("other.annotator_id", "<>", "me.annotator_id"),
    )
    .innerJoin("prompt_text as mine", (join) => join.onRef("mine.prompt_id", "=", "s.prompt_id" as never))
    .innerJoin("prompt_text as theirs", (join) =>
      join
        .onRef("theirs.study_id", "=", "other.study_id")
        .onRef("theirs.content_hash", "=", "mine.content_hash"),
    )
    .innerJoin("assignment as met", (join) =>
      join
        .onRef("met.annotator_id", "=", "other.annotator_id")
        .onRef("met.prompt_id", "=", "theirs.prompt_id"),
    )
    .select(sql.lit(1).as("one"))
    .where("me.annotator_id", "=", annotator);

/**
 * A condition on the slot `s`: the annotator's person has not seen its prompt in another study, where the protocol asks for that.
 * @param given.unseen 1: it does; 0: every prompt will do, and nothing is looked up
 */
export const isUnseen = (
  db: Kysely<Tables>,
  given: { annotator: RawBuilder<number>; unseen: RawBuilder<0 | 1> },
): RawBuilder<boolean> =>
  sql<boolean>`(${given.unseen} = 0 or not exists ${seenElsewhere(db, given.annotator)})`;

interface Person {
  readonly groupId: number;
  readonly studyId: number;
  /** As the table of participants names it. */
  readonly platform: string;
  /** Their id there. */
  readonly participant: string;
}

/**
 * A free slot whose prompt somebody who has not joined has not seen in another study; nothing: they have seen all of them.
 * It costs a look at each assignment of the person, and passes over the slots of the prompts that they have seen.
 */
export const selectUnseen = statement<Person, { id: number }>((db, param) =>
  db
    .selectFrom("slot as s")
    .select("s.id")
    .where("s.group_id", "=", param("groupId"))
    .where("s.counted_assignment_id", "is", null)
    .where((e) =>
      e(
        "s.prompt_id",
        "not in",
        e
          .selectFrom("participant as other")
          .innerJoin("assignment as met", "met.annotator_id", "other.annotator_id")
          .innerJoin("prompt_text as theirs", "theirs.prompt_id", "met.prompt_id")
          .innerJoin("prompt_text as mine", "mine.content_hash", "theirs.content_hash")
          .select("mine.prompt_id")
          .where("mine.study_id", "=", param("studyId"))
          .where("other.platform", "=", param("platform"))
          .where("other.external_id", "=", param("participant")),
      ),
    )
    .limit(sql.lit(1)),
);
