import type { Context } from "../context.ts";
import type { JudgeTemplate } from "../contract/judges.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { JudgeWrong } from "./errors.ts";
import { judgeMessages, TEMPLATE_VERSION, templateHash } from "./template.ts";

/** What stands in the places of the texts, and of the code that follows from the study and the prompt. */
const PLACES = { prompt: ["(the prompt)"], left: ["(response A)"], right: ["(response B)"] };
const BOUNDARY = "code-of-the-prompt";

/**
 * What a model is told about each comparison, with words in the places of the texts.
 * @param asked `language`: of the wording, the protocol's first where it is undefined
 * @throws StudyNotFound, JudgeWrong where the protocol has no wording in the language
 */
export async function shownTemplate(
  { database }: Context,
  asked: { readonly study: string; readonly language: string | undefined; readonly structured: boolean },
): Promise<JudgeTemplate> {
  const { wording: wordings } = await database.read(async (reader) => {
    const { protocol } = await currentProtocol(reader, (await requireStudy(reader, asked.study)).id);
    return protocol;
  });
  const languages = Object.keys(wordings);
  const wording = wordings[asked.language ?? languages[0] ?? ""];
  if (!wording)
    throw new JudgeWrong(
      `The study has no wording in “${asked.language}”. Its languages: ${languages.join(", ")}.`,
    );
  const { structured } = asked;
  const messages = judgeMessages({ ...PLACES, wording, boundary: BOUNDARY, structured });
  return {
    version: TEMPLATE_VERSION,
    hash: templateHash(wording),
    text: messages.map(({ content }) => content).join("\n\n"),
  };
}
