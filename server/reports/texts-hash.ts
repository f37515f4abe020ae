import { createHash } from "node:crypto";
import type { Reader } from "../storage/database.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";

/** Prompts whose texts are read at once. */
const A_PAGE = 500;

/**
 * A SHA-256 of the texts that were judged, in hexadecimal: prompts and responses, word for word as they are stored, page by
 * page so that they never stand in memory together. Must run within the `database.read` in which `data` was read.
 */
export async function textsHash({ db }: Reader, data: StudyData): Promise<string> {
  const hash = createHash("sha256");
  const judged = judgedTexts(data);
  const systems = data.facts.systems.map(({ id }) => id);
  const ids = data.prompts.flatMap(({ id }) => (judged.prompts.has(id) ? [id] : [])).sort((a, b) => a - b);
  for (let at = 0; at < ids.length; at += A_PAGE) {
    const page = ids.slice(at, at + A_PAGE);
    const prompts = await db
      .selectFrom("prompt_text as t")
      .innerJoin("load as l", "l.id", "t.load_id")
      .select(["t.prompt_id", "t.turns"])
      .where("t.prompt_id", "in", page)
      .where("l.state", "=", "published")
      .orderBy("t.prompt_id")
      .execute();
    const all = await db
      .selectFrom("response as r")
      .innerJoin("load as l", "l.id", "r.load_id")
      .select(["r.prompt_id", "r.system_id", "r.turns"])
      .where("r.prompt_id", "in", page)
      .where("r.system_id", "in", systems)
      .where("l.state", "=", "published")
      .orderBy("r.prompt_id")
      .orderBy("r.system_id")
      .execute();
    const responses = all.filter((row) => judged.responses.has(keyOf(row.prompt_id, row.system_id)));
    hash.update(JSON.stringify(prompts.map((row) => [row.prompt_id, row.turns])));
    hash.update(JSON.stringify(responses.map((row) => [row.prompt_id, row.system_id, row.turns])));
  }
  return hash.digest("hex");
}

const keyOf = (promptId: number, systemId: number): string => `${promptId} ${systemId}`;

/** The ids of the prompts, and keys of the responses, that counted judgments are of. */
function judgedTexts({ rows, prompts, facts }: StudyData) {
  const judged = { prompts: new Set<number>(), responses: new Set<string>() };
  for (let i = 0; i < rows.count; i++) {
    const { id } = prompts[rows.prompt[i]!]!;
    judged.prompts.add(id);
    judged.responses.add(keyOf(id, facts.systems[rows.low[i]!]!.id));
    judged.responses.add(keyOf(id, facts.systems[rows.high[i]!]!.id));
  }
  return judged;
}
