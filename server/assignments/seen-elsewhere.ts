import { type Kysely, type RawBuilder, sql } from "kysely";
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
