import type { Reader } from "../../storage/database.ts";
import type { StudyData } from "../rows/study-data.ts";

/** The texts of two studies, as far as they show what both have in common. */
export interface CommonTexts {
  /** For each prompt of the second study by its code, the code of the same prompt in the first; −1: none is. */
  readonly promptInFirst: Int32Array;
  /** Prompts of the same name with different texts. */
  readonly otherText: number;
  /** Responses of systems of the same name to the same prompts: in both, and with the same text. */
  readonly responses: { readonly compared: number; readonly same: number };
}

/** Reads what two studies have in common. All of it must run within the `database.read` of both. */
export async function readCommonTexts(
  reader: Reader,
  first: StudyData,
  second: StudyData,
): Promise<CommonTexts> {
  const [texts, otherTexts] = [await promptHashes(reader, first), await promptHashes(reader, second)];
  const codes = new Map(first.prompts.map(({ name }, code) => [name, code]));
  const isJudged = [judgedPrompts(first), judgedPrompts(second)] as const;
  const promptInFirst = new Int32Array(second.prompts.length).fill(-1);
  let otherText = 0;
  second.prompts.forEach(({ name, id }, code) => {
    const same = codes.get(name);
    if (same === undefined || isJudged[0][same] === 0 || isJudged[1][code] === 0) return;
    if (texts.get(first.prompts[same]!.id) === otherTexts.get(id)) promptInFirst[code] = same;
    else otherText++;
  });
  return {
    promptInFirst,
    otherText,
    responses: await compareResponses(reader, { first, second, promptInFirst }),
  };
}

/** 1 for each prompt, by its code, that has counted judgments. */
function judgedPrompts({ prompts, rows }: StudyData): Uint8Array {
  const judged = new Uint8Array(prompts.length);
  for (let i = 0; i < rows.count; i++) judged[rows.prompt[i]!] = 1;
  return judged;
}

async function promptHashes({ db }: Reader, { facts }: StudyData): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["t.prompt_id as id", "t.content_hash as hash"])
    .where("t.study_id", "=", facts.study.id)
    .where("l.state", "=", "published")
    .execute();
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

async function compareResponses(
  reader: Reader,
  given: { first: StudyData; second: StudyData; promptInFirst: Int32Array },
): Promise<CommonTexts["responses"]> {
  const { first, second, promptInFirst } = given;
  let [compared, same] = [0, 0];
  for (const { id, name } of second.facts.systems) {
    const own = first.facts.systems.find((system) => system.name === name);
    if (own === undefined) continue;
    const [texts, others] = [await responseHashes(reader, own.id), await responseHashes(reader, id)];
    second.prompts.forEach((prompt, code) => {
      if (promptInFirst[code]! < 0) return;
      const text = texts.get(first.prompts[promptInFirst[code]!]!.id);
      const other = others.get(prompt.id);
      if (text === undefined || other === undefined) return;
      compared++;
      if (text === other) same++;
    });
  }
  return { compared, same };
}

async function responseHashes({ db }: Reader, systemId: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom("response as r")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.prompt_id as id", "r.content_hash as hash"])
    .where("r.system_id", "=", systemId)
    .where("l.state", "=", "published")
    .execute();
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}
