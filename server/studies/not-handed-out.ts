import type { Context } from "../context.ts";
import type { NotHandedOut } from "../contract/corrections.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { type ResponseRow, responsesOf, sameUpTo, turnsShown } from "./comparable.ts";
import { currentProtocol, requireStudy, systemsOf } from "./store.ts";

const PROMPTS_A_PAGE = 500;
const EXAMPLES = 3;

/**
 * Counts, page by page, the pairs that the protocol compares and that cannot be handed out: a text or an output is missing,
 * an output ends before the turn that is shown, or both outputs are the same. @throws StudyNotFound
 */
export async function notHandedOut(context: Context, name: string): Promise<NotHandedOut> {
  const { study, protocol, pairs } = await context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const { protocol } = await currentProtocol(reader, study.id);
    const systems = (await systemsOf(reader, study.id)).map((system) => system.name);
    return { study, protocol, pairs: wantedPairs(protocol, systems) };
  });
  const counted = new Counted();
  for (let after = 0; ;) {
    const { prompts, responses } = await context.database.read((reader) => pageOf(reader, study.id, after));
    for (const prompt of prompts) {
      const of = new Map((responses.get(prompt.id) ?? []).map((row) => [row.system, row]));
      for (const pair of pairs) countPrompt(counted, { prompt, pair, of, protocol });
    }
    const last = prompts.at(-1);
    if (!last || prompts.length < PROMPTS_A_PAGE) return counted.toJson();
    after = last.id;
  }
}

type Pair = readonly [string, string];

function wantedPairs({ pairs }: Protocol, systems: readonly string[]): Pair[] {
  if (pairs !== "all") return pairs.baselines.map((baseline): Pair => [pairs.target, baseline]);
  return systems.flatMap((one, i) => systems.slice(i + 1).map((other): Pair => [one, other]));
}

async function pageOf(reader: Reader, studyId: number, after: number) {
  const prompts = await reader.db
    .selectFrom("prompt as p")
    .innerJoin("load as l", "l.id", "p.load_id")
    .leftJoin("prompt_text as t", "t.prompt_id", "p.id")
    .select(["p.id", "p.external_id as name", "t.turns"])
    .where("p.study_id", "=", studyId)
    .where("p.id", ">", after)
    .where("l.state", "=", "published")
    .orderBy("p.id")
    .limit(PROMPTS_A_PAGE)
    .execute();
  const ids = prompts.map((prompt) => prompt.id);
  return { prompts, responses: await responsesOf(reader, ids) };
}

interface OnePrompt {
  readonly prompt: { readonly name: string; readonly turns: string | null };
  readonly pair: Pair;
  readonly of: ReadonlyMap<string, ResponseRow>;
  readonly protocol: Protocol;
}

function countPrompt(counted: Counted, one: OnePrompt): void {
  const { prompt, protocol } = one;
  const turns = prompt.turns === null ? null : (JSON.parse(prompt.turns) as string[]).length;
  for (const turn of turns === null ? [1] : turnsShown(protocol, turns))
    counted.add(prompt.name, turns === null ? "the prompt has no text" : whyNot(one, turn));
}

/** Null where the pair can be handed out. */
function whyNot({ pair, of, protocol }: OnePrompt, turn: number): string | null {
  const missing = pair.filter((system) => !of.has(system));
  if (missing.length > 0) return `no output of ${missing.join(" and ")}`;
  const [a, b] = pair.map((system) => of.get(system)) as [ResponseRow, ResponseRow];
  const short = [a, b].filter((row) => row.turnCount < turn).map((row) => row.system);
  if (short.length > 0)
    return `${short.join(" and ")} ${short.length > 1 ? "do" : "does"} not answer the turn that is shown`;
  if (a.isLeftOut + b.isLeftOut > 0) return "left out after the blinding audit";
  return !protocol.showIdentical && sameUpTo(a, b, turn) ? "both outputs are the same" : null;
}

class Counted {
  readonly #reasons = new Map<string, { pairs: number; prompts: string[] }>();
  #of = 0;

  add(prompt: string, why: string | null): void {
    this.#of++;
    if (why === null) return;
    const there = this.#reasons.get(why);
    if (!there) return void this.#reasons.set(why, { pairs: 1, prompts: [prompt] });
    there.pairs++;
    if (there.prompts.length < EXAMPLES && !there.prompts.includes(prompt)) there.prompts.push(prompt);
  }

  toJson(): NotHandedOut {
    const reasons = [...this.#reasons].map(([why, { pairs, prompts }]) => ({ why, pairs, prompts }));
    reasons.sort((a, b) => b.pairs - a.pairs);
    return { pairs: reasons.reduce((sum, one) => sum + one.pairs, 0), of: this.#of, reasons };
  }
}
