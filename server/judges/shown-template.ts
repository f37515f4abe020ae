import type { Context } from "../context.ts";
import type { JudgeMethod } from "../contract/judge-method.ts";
import type { JudgeTemplate } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { ModelMessage } from "../model-servers/model-call.ts";
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
  asked: {
    readonly study: string;
    readonly language: string | undefined;
    readonly structured: boolean;
    readonly method?: JudgeMethod | undefined;
  },
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
  const messages = messagesWithPlaces(asked, wording);
  return {
    version: TEMPLATE_VERSION,
    hash: templateHash(wording, asked.method),
    text: messages.map(({ content }) => content).join("\n\n"),
  };
}

/** What a model gets about each comparison, with words in the places of the texts. */
export function messagesWithPlaces(
  { structured, method }: { readonly structured: boolean; readonly method?: JudgeMethod | undefined },
  wording: Wording,
): ModelMessage[] {
  const fields = {
    reference: method?.referenceField === undefined ? [] : ["(the reference answer)"],
    criteria: method?.criteriaField === undefined ? null : "(the prompt’s own criteria)",
  };
  return judgeMessages({ ...PLACES, fields, wording, boundary: BOUNDARY, structured, method });
}
