import type { Reader } from "../../storage/database.ts";
import type { StudyFacts } from "./study-structure.ts";
import { NEITHER } from "./outcomes.ts";

/** The adjudicated answer to a comparison, by codes; `low` is the lower code. */
export interface AdjudicatedAnswer {
  readonly prompt: number;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
  /** The system that is better, or NEITHER. */
  readonly better: number;
}

/** The adjudicated answers in force, in the order of their comparisons; undefined where there are none. */
export async function readAdjudicated(
  { db }: Reader,
  { study, systemCodes }: Pick<StudyFacts, "study" | "systemCodes">,
  promptOf: (id: number) => number,
): Promise<AdjudicatedAnswer[] | undefined> {
  const rows = await db
    .selectFrom("adjudication as d")
    .innerJoin("comparison as c", "c.id", "d.comparison_id")
    .select(["c.prompt_id as prompt", "c.turn", "c.low_system_id as one", "c.high_system_id as other"])
    .select("d.better_system_id as better")
    .where("d.study_id", "=", study.id)
    .where("d.withdrawn_at", "is", null)
    .execute();
  if (rows.length === 0) return undefined;
  const answers = rows.map(({ prompt, turn, one, other, better }): AdjudicatedAnswer => {
    const [a, b] = [systemCodes.of(one), systemCodes.of(other)];
    const said = better === null ? NEITHER : systemCodes.of(better);
    return { prompt: promptOf(prompt), turn, low: Math.min(a, b), high: Math.max(a, b), better: said };
  });
  return answers.sort((a, b) => a.low - b.low || a.high - b.high || a.prompt - b.prompt || a.turn - b.turn);
}
