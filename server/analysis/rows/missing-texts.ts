import { sql } from "kysely";
import type { Reader } from "../../storage/database.ts";
import { statement } from "../../storage/statement.ts";
import type { Codes } from "./dense-ids.ts";
import type { JudgmentRows } from "./judgment-columns.ts";
import { parseNumbers } from "./number-text.ts";

/** Counted judgments of a comparison whose prompt or responses were never loaded. */
export interface WithoutText {
  readonly comparisons: number;
  readonly judgments: number;
}

const promptsAsked = statement<{ study: number }, { prompts: string | null }>((db, param, dialect) =>
  db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(dialect.inOneText(sql`t.prompt_id`, ",").as("prompts"))
    .where("t.study_id", "=", param("study"))
    .where("l.state", "=", sql.lit<"published">("published")),
);

const turnsAnswered = statement<{ system: number }, { prompts: string | null; turns: string | null }>(
  (db, param, dialect) =>
    db
      .selectFrom("response as r")
      .innerJoin("load as l", "l.id", "r.load_id")
      .select([
        dialect.inOneText(sql`r.prompt_id`, ",").as("prompts"),
        dialect.inOneText(sql`r.turn_count`, ",").as("turns"),
      ])
      .where("r.system_id", "=", param("system"))
      .where("l.state", "=", sql.lit<"published">("published")),
);

/**
 * How many judgments of `rows` are about texts that nobody loaded. `systems`: the ids of the systems by their codes;
 * `prompts` turns ids into codes.
 */
export async function readWithoutText(
  reader: Reader,
  given: {
    study: number;
    rows: JudgmentRows;
    systems: readonly number[];
    prompts: Codes;
    promptCount: number;
  },
): Promise<WithoutText> {
  const { study, rows, systems, prompts, promptCount } = given;
  const asked = new Uint8Array(promptCount);
  const [texts] = await reader.run(promptsAsked, { study });
  if (texts?.prompts) parseNumbers(texts.prompts, (_, id) => (asked[prompts.of(id)] = 1));
  const answered: Int32Array[] = [];
  for (const system of systems) {
    const turns = new Int32Array(promptCount);
    const [found] = await reader.run(turnsAnswered, { system });
    const at: number[] = [];
    if (found?.prompts) parseNumbers(found.prompts, (_, id) => at.push(prompts.of(id)));
    if (found?.turns) parseNumbers(found.turns, (k, count) => (turns[at[k]!] = count));
    answered.push(turns);
  }
  return countWithout(rows, { asked, answered });
}

function countWithout(
  { low, high, prompt, turn, count }: JudgmentRows,
  { asked, answered }: { asked: Uint8Array; answered: readonly Int32Array[] },
): WithoutText {
  let [comparisons, judgments] = [0, 0];
  for (let i = 0; i < count; i++) {
    const [p, t] = [prompt[i]!, turn[i]!];
    if (asked[p] === 1 && answered[low[i]!]![p]! >= t && answered[high[i]!]![p]! >= t) continue;
    judgments++;
    const sameAsBefore =
      i > 0 && p === prompt[i - 1] && t === turn[i - 1] && low[i] === low[i - 1] && high[i] === high[i - 1];
    if (!sameAsBefore) comparisons++;
  }
  return { comparisons, judgments };
}
