import type { Reader } from "../storage/database.ts";
import { wordsIn } from "../statistics/judgments/words-in.ts";

/** Words per minute of silent reading in English: Brysbaert (2019), doi 10.1016/j.jml.2019.104047. */
const WORDS_PER_MINUTE = 238;
/** For deciding, on top of reading. */
const CHOOSING_MINUTES = 1 / 6;
/** From so many people, and judgments by each, on a time is measured. */
const PEOPLE = 5;
const JUDGMENTS = 5;
/** At most so many of the latest people, and texts, are looked at. */
const PEOPLE_MOST = 100;
const TEXTS_MOST = 30;

/** How long one pair takes. */
interface Duration {
  readonly minutes: number;
  /** Whether people took that long in this study; else it follows from the length of the texts. */
  readonly isMeasured: boolean;
}

/**
 * How long one pair takes in a study: the median over people of their mean active time, where five people or more have judged
 * five pairs or more; else reading the prompt and both answers at 238 words per minute, and ten seconds for the choice.
 * @returns null where there is neither
 */
export async function durationOf(reader: Reader, studyId: number): Promise<Duration | null> {
  const means = await meansOf(reader, studyId);
  if (means.length >= PEOPLE) return { minutes: median(means) / 60_000, isMeasured: true };
  const words = await wordsOf(reader, studyId);
  return words === null ? null : { minutes: words / WORDS_PER_MINUTE + CHOOSING_MINUTES, isMeasured: false };
}

/** The mean active time of each of the latest people, in milliseconds. */
async function meansOf({ db }: Reader, studyId: number): Promise<number[]> {
  const people = db
    .selectFrom("annotator as who")
    .innerJoin("annotator_group as g", "g.id", "who.group_id")
    .select("who.id")
    .where("who.study_id", "=", studyId)
    .where("g.kind", "<>", "model")
    .where("who.link_used_at", "is not", null)
    .orderBy("who.id", "desc")
    .limit(PEOPLE_MOST);
  const rows = await db
    .selectFrom("assignment as a")
    .innerJoin("judgment as j", (join) => join.onRef("j.assignment_id", "=", "a.id").on("j.revision", "=", 1))
    .select((e) => e.fn.avg<number | string>("j.active_ms").as("mean"))
    .where("a.annotator_id", "in", people)
    .where("a.ended_how", "=", "judged")
    .groupBy("a.annotator_id")
    .having((e) => e.fn.countAll<number>(), ">=", JUDGMENTS)
    .execute();
  return rows.map(({ mean }) => Number(mean));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place)] ?? 0;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}

/** The words of a prompt and two responses, as the first texts of the study are on average; null: there are none. */
async function wordsOf({ db }: Reader, studyId: number): Promise<number | null> {
  const prompts = await db
    .selectFrom("prompt_text")
    .select(["prompt_id as id", "turns"])
    .where("study_id", "=", studyId)
    .orderBy("prompt_id")
    .limit(TEXTS_MOST)
    .execute();
  if (prompts.length === 0) return null;
  const ids = prompts.map(({ id }) => id);
  const responses = await db
    .selectFrom("response")
    .select("turns")
    .where("prompt_id", "in", ids)
    .limit(2 * TEXTS_MOST)
    .execute();
  return meanWords(prompts) + 2 * meanWords(responses);
}

function meanWords(texts: readonly { turns: string }[]): number {
  const counts = texts.map(({ turns }) => wordsIn((JSON.parse(turns) as string[]).join("\n")));
  return counts.reduce((sum, one) => sum + one, 0) / Math.max(1, counts.length);
}
