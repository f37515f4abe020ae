import type { Context } from "../context.ts";
import type { Outlook } from "../contract/study-names.ts";
import { wordsIn } from "../statistics/judgments/words-in.ts";
import type { Reader } from "../storage/database.ts";
import { comparablePrompts } from "./comparable.ts";
import { currentProtocol, requireStudy } from "./store.ts";

const PROMPTS_PER_PAGE = 500;
/** Of larger studies the first prompts are counted, and the others taken to be like them. */
const PROMPTS_MAX = 5000;
/** Prompts whose texts are read. */
const TEXTS_MAX = 50;

/** What a study would ask for if it opened now. @throws StudyNotFound */
export async function outlookOf(context: Context, name: string): Promise<Outlook> {
  return context.database.read(async (reader) => {
    const { id: studyId } = await requireStudy(reader, name);
    const { protocol } = await currentProtocol(reader, studyId);
    const byPrompt = new Map<number, number>();
    let looked = 0;
    for (let after = 0; ;) {
      const page = { studyId, protocol, after, limit: PROMPTS_PER_PAGE };
      const { comparables, prompts, last, done } = await comparablePrompts(reader, page);
      for (const { promptId } of comparables) byPrompt.set(promptId, (byPrompt.get(promptId) ?? 0) + 1);
      looked += prompts;
      after = last;
      if (done || looked >= PROMPTS_MAX) break;
    }
    const share = looked === 0 ? 0 : (await promptsIn(reader, studyId)) / looked;
    const comparisons = [...byPrompt.values()].reduce((sum, one) => sum + one, 0);
    const sampled = [...byPrompt.keys()].slice(0, TEXTS_MAX);
    return {
      prompts: Math.round(byPrompt.size * share),
      comparisons: Math.round(comparisons * share),
      words: sampled.length === 0 ? null : await wordsOf(reader, sampled),
    };
  });
}

async function promptsIn({ db }: Reader, studyId: number): Promise<number> {
  const { n } = await db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("t.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .executeTakeFirstOrThrow();
  return n;
}

/** The words of a prompt and two responses, on average. */
async function wordsOf({ db }: Reader, promptIds: number[]): Promise<number> {
  const prompts = await db
    .selectFrom("prompt_text")
    .select("turns")
    .where("prompt_id", "in", promptIds)
    .execute();
  const responses = await db
    .selectFrom("response")
    .select("turns")
    .where("prompt_id", "in", promptIds)
    .execute();
  return Math.max(1, Math.round(meanWords(prompts) + 2 * meanWords(responses)));
}

function meanWords(texts: readonly { turns: string }[]): number {
  const words = texts.map(({ turns }) => wordsIn((JSON.parse(turns) as string[]).join("\n")));
  return words.reduce((sum, one) => sum + one, 0) / Math.max(1, words.length);
}
