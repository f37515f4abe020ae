import { type Kysely, type RawBuilder, sql } from "kysely";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { isWanted } from "../studies/wanted-slots.ts";

/**
 * The prompt of the slot `s` as the participants `other` of other studies were given it: prompts with the same texts are the
 * same. Within a study, the protocol's rule for repeated prompts decides, and a participant is one annotator. It costs a
 * look at each of these participants (prompt_text_by_hash, assignment_by_prompt).
 */
const givenTo = (db: Kysely<Tables>) =>
  db
    .selectFrom("participant as other")
    .innerJoin("prompt_text as mine", (join) => join.onRef("mine.prompt_id", "=", "s.prompt_id" as never))
    .innerJoin("prompt_text as theirs", (join) =>
      join
        .onRef("theirs.study_id", "=", "other.study_id")
        .onRef("theirs.study_id", "<>", "mine.study_id")
        .onRef("theirs.content_hash", "=", "mine.content_hash"),
    )
    .innerJoin("assignment as met", (join) =>
      join
        .onRef("met.annotator_id", "=", "other.annotator_id")
        .onRef("met.prompt_id", "=", "theirs.prompt_id"),
    )
    .select(sql.lit(1).as("one"));

/**
 * Whether the person behind an annotator was given the prompt of the slot `s` in another study on this server: the same
 * participant of the same platform.
 */
const seenElsewhere = (db: Kysely<Tables>, annotator: RawBuilder<number>) =>
  givenTo(db)
    .innerJoin("participant as me", (join) =>
      join.onRef("other.platform", "=", "me.platform").onRef("other.external_id", "=", "me.external_id"),
    )
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
  /** As the table of participants names it. */
  readonly platform: string;
  /** Their id there. */
  readonly participant: string;
}

/**
 * A free slot whose prompt somebody who has not joined has not seen in another study; nothing: they have seen all of them.
 * It passes over the slots of the prompts that they have seen.
 */
export const selectUnseen = statement<Person, { id: number }>((db, param) =>
  db
    .selectFrom("slot as s")
    .select("s.id")
    .where("s.group_id", "=", param("groupId"))
    .where("s.counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("s.replicate")))
    .where((e) =>
      e.not(
        e.exists(
          givenTo(db)
            .where("other.platform", "=", param("platform"))
            .where("other.external_id", "=", param("participant")),
        ),
      ),
    )
    .limit(sql.lit(1)),
);
