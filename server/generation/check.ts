import type { Context } from "../context.ts";
import { itemsOf, membersOf, textIn } from "../model-servers/json-members.ts";
import { splitThinking } from "../model-servers/thinking.ts";
import { requireStudy, systemsOf } from "../studies/store.ts";
import { GenerationWrong } from "./errors.ts";

/** What is wrong with a stored response. */
export type StoredFault = "reasoning" | "nothing but reasoning" | "unknown end";

/** A stored response that is not the whole answer and nothing else. */
interface FaultyResponse {
  readonly system: string;
  readonly prompt: string;
  /** The first turn that has the fault, from 1. */
  readonly turn: number;
  readonly fault: StoredFault;
  /** Whether it was asked of a model server here; else it was loaded. */
  readonly isGenerated: boolean;
  /** Whether somebody has judged it. */
  readonly isJudged: boolean;
}

export interface CheckedResponses {
  readonly study: string;
  /** Responses that were looked at. */
  readonly checked: number;
  readonly found: readonly FaultyResponse[];
}

const A_PAGE = 500;

/**
 * Looks through the stored responses of a study, loaded or asked for, for reasoning in their texts, and for those that
 * were stored as whole although nobody knows how they ended. Changes nothing.
 * @param system one system's alone; not said: all of them
 * @throws StudyNotFound, GenerationWrong where no system is called so
 */
export async function checkResponses(
  context: Context,
  { study, system }: { study: string; system?: string | undefined },
): Promise<CheckedResponses> {
  const studyId = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const names = (await systemsOf(reader, id)).map(({ name }) => name);
    if (system === undefined || names.includes(system)) return id;
    throw new GenerationWrong(`${study} has no system called ${system}. Its systems: ${names.join(", ")}.`);
  });
  const found: FaultyResponse[] = [];
  let checked = 0;
  for (let after = 0; ;) {
    const page = await responsesAfter(context, { studyId, system, after });
    checked += page.length;
    found.push(...page.flatMap(faultsIn));
    if (page.length < A_PAGE) break;
    after = page.at(-1)!.id;
  }
  return { study, checked, found };
}

interface Row {
  readonly id: number;
  readonly turns: string;
  readonly metadata: string;
  readonly system: string;
  readonly prompt: string;
  readonly judged: unknown;
}

function faultsIn({ turns, metadata, system, prompt, judged }: Row): FaultyResponse[] {
  const generation = membersOf(membersOf(JSON.parse(metadata)).generation);
  const ends = itemsOf(generation.turns).map((turn) => textIn(membersOf(turn).finish));
  const isMarked = generation.truncated === true;
  const faults = (JSON.parse(turns) as string[]).map((text, i): StoredFault | null => {
    const { answer, thinking } = splitThinking(text);
    if (thinking !== null) return answer === "" ? "nothing but reasoning" : "reasoning";
    return !isMarked && ends[i] !== undefined && !ENDS_KNOWN.has(ends[i] ?? "") ? "unknown end" : null;
  });
  const first = faults.findIndex((fault) => fault !== null);
  if (first < 0) return [];
  const isGenerated = Object.keys(generation).length > 0;
  return [{ system, prompt, turn: first + 1, fault: faults[first]!, isGenerated, isJudged: judged !== null }];
}

const ENDS_KNOWN = new Set(["complete", "length"]);

function responsesAfter(
  { database }: Context,
  { studyId, system, after }: { studyId: number; system: string | undefined; after: number },
): Promise<Row[]> {
  return database.read(({ db }) => {
    const query = db
      .selectFrom("response as r")
      .innerJoin("system as s", "s.id", "r.system_id")
      .innerJoin("prompt as p", "p.id", "r.prompt_id")
      .innerJoin("load as l", "l.id", "r.load_id")
      .select(["r.id", "r.turns", "r.metadata", "s.name as system", "p.external_id as prompt"])
      .select((e) =>
        e
          .selectFrom("comparison as c")
          .innerJoin("assignment as a", "a.comparison_id", "c.id")
          .select("a.id")
          .whereRef("c.prompt_id", "=", "r.prompt_id")
          .where((w) =>
            w.or([
              w("c.low_system_id", "=", w.ref("r.system_id")),
              w("c.high_system_id", "=", w.ref("r.system_id")),
            ]),
          )
          .where("a.ended_how", "=", "judged")
          .limit(1)
          .as("judged"),
      )
      .where("s.study_id", "=", studyId)
      .where("l.state", "=", "published")
      .where("r.id", ">", after)
      .orderBy("r.id")
      .limit(A_PAGE);
    return (system === undefined ? query : query.where("s.name", "=", system)).execute();
  });
}
