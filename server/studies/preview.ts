import type { Context } from "../context.ts";
import type { Preview } from "../contract/studies.ts";
import type { AssignmentView } from "../contract/judging.ts";
import { comparablePrompts, type Comparable } from "./comparable.ts";
import { keyOf } from "./keys.ts";
import { sheetOf } from "./sheet.ts";
import { currentProtocol, requireStudy } from "./store.ts";

const PROMPTS_SHOWN = 5;

/**
 * The annotator's page as it will look, on a few real comparisons with sides by the seed. Writes nothing:
 * the tokens are made up and belong to no assignment.
 */
export async function previewStudy(
  context: Context,
  given: { study: string; language: string },
  render: (turns: string[]) => Promise<string[]>,
): Promise<Preview> {
  const { study, protocol, chosen, texts } = await context.database.read(async (reader) => {
    const study = await requireStudy(reader, given.study);
    const { protocol } = await currentProtocol(reader, study.id);
    const page = { studyId: study.id, protocol, after: 0, limit: PROMPTS_SHOWN };
    const { comparables } = await comparablePrompts(reader, page);
    const chosen = onePerPrompt(comparables, study.seed);
    const prompts = [0, ...chosen.map((one) => one.promptId)];
    const promptRows = await reader.db
      .selectFrom("prompt_text")
      .select(["prompt_id", "turns"])
      .where("prompt_id", "in", prompts)
      .execute();
    const responses = await reader.db
      .selectFrom("response")
      .select(["prompt_id", "system_id", "turns"])
      .where("prompt_id", "in", prompts)
      .execute();
    const texts = new Map(promptRows.map((row) => [`${row.prompt_id}`, row.turns]));
    for (const row of responses) texts.set(`${row.prompt_id} ${row.system_id}`, row.turns);
    return { study, protocol, chosen, texts };
  });
  const shown = (key: string, turn: number) =>
    render((JSON.parse(texts.get(key) ?? "[]") as string[]).slice(0, turn));
  const views = chosen.map(async ({ promptId, turn, lowSystemId, highSystemId }): Promise<AssignmentView> => {
    const lowLeft = keyOf(study.seed, "preview", promptId) % 2 === 0;
    const [left, right] = lowLeft ? [lowSystemId, highSystemId] : [highSystemId, lowSystemId];
    const [prompt, leftHtml, rightHtml] = await Promise.all([
      shown(`${promptId}`, turn),
      shown(`${promptId} ${left}`, turn),
      shown(`${promptId} ${right}`, turn),
    ]);
    const assignment = context.randomBytes(16).toString("base64url");
    return { assignment, prompt, left: leftHtml, right: rightHtml };
  });
  const words = { title: study.public_title, protocol };
  const [sheet, assignments] = await Promise.all([
    sheetOf(words, given.language, render), // at once: a view that fails while nobody waits for it would end the server
    Promise.all(views),
  ]);
  return { sheet, assignments };
}

function onePerPrompt(comparables: readonly Comparable[], seed: string): Comparable[] {
  const byPrompt = new Map<number, Comparable[]>();
  for (const one of comparables) byPrompt.set(one.promptId, [...(byPrompt.get(one.promptId) ?? []), one]);
  return [...byPrompt].flatMap(([promptId, list]) => {
    const one = list[keyOf(seed, "shown", promptId) % list.length];
    return one ? [one] : [];
  });
}
