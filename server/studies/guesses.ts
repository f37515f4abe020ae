import type { CouldTell } from "../contract/remarks.ts";
import type { Reader } from "../storage/database.ts";

/** What an annotator said at the end: whether they could tell which system wrote which response. */
interface Guess {
  readonly annotatorId: number;
  readonly couldTell: CouldTell;
  readonly text: string | null;
}

/** What the annotators of a study guessed, in the order in which they came; not who declined to answer. */
export const guessesOf = ({ db }: Reader, studyId: number): Promise<Guess[]> =>
  db
    .selectFrom("annotator as r")
    .innerJoin("guess as u", "u.annotator_id", "r.id")
    .select(["r.id as annotatorId", "u.could_tell as couldTell", "u.text"])
    .where("r.study_id", "=", studyId)
    .where("u.could_tell", "<>", "declined")
    .orderBy("r.id")
    .$narrowType<{ couldTell: CouldTell }>()
    .execute();
