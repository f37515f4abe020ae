import type { Sheet } from "../contract/judging.ts";
import type { Protocol } from "../contract/studies.ts";
import { type Choice, choiceSchema } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { titleIn } from "./default-wordings.ts";
import { currentProtocol } from "./store.ts";

interface Words {
  readonly title: string;
  readonly protocol: Protocol;
  readonly revision: number;
}

/** What a sheet of a study is made of. */
export async function wordsOf(reader: Reader, studyId: number): Promise<Words> {
  const { protocol, revision } = await currentProtocol(reader, studyId);
  const study = await reader.db
    .selectFrom("study")
    .select("public_title")
    .where("id", "=", studyId)
    .executeTakeFirstOrThrow();
  return { title: study.public_title, protocol, revision };
}

/** The language asked for, else the first one that shares its primary language, else the first. */
export function languageAmong(languages: readonly string[], wanted: string): string | undefined {
  const primary = (tag: string) => tag.toLowerCase().split("-")[0];
  return (
    languages.find((one) => one.toLowerCase() === wanted.toLowerCase()) ??
    languages.find((one) => primary(one) === primary(wanted)) ??
    languages[0]
  );
}

/** The wording of the task in the language asked for, or the one that stands in for it. */
export async function sheetOf(
  words: Omit<Words, "revision">,
  language: string,
  render: (turns: string[]) => Promise<string[]>,
): Promise<Sheet> {
  const languages = Object.keys(words.protocol.wording);
  const chosen = languageAmong(languages, language);
  const wording = words.protocol.wording[chosen ?? ""];
  if (chosen === undefined || wording === undefined)
    throw new Error("A protocol without a wording was opened.");
  const guidelines = wording.guidelines === null ? null : (await render([wording.guidelines]))[0];
  const { title = titleIn(chosen, words.title), question, left, tie, both_bad, right } = wording;
  const options = both_bad === undefined ? { left, tie, right } : { left, tie, both_bad, right };
  return {
    title,
    language: chosen,
    languages,
    question,
    options,
    guidelines: guidelines ?? null,
    ...askedBy(words.protocol),
  };
}

const askedBy = (
  protocol: Protocol,
): Pick<Sheet, "comment" | "flags" | "messages" | "guess" | "copyButtons" | "breaks"> => ({
  ...(protocol.comment && { comment: needsComment(protocol) }),
  ...(protocol.flags && { flags: protocol.flags }),
  ...(protocol.messages && { messages: protocol.messages }),
  ...(protocol.guess && { guess: protocol.guess }),
  ...(protocol.copyButtons && { copyButtons: protocol.copyButtons }),
  ...(protocol.breaks && { breaks: protocol.breaks }),
});

/** The choices that need a comment under a protocol. */
export function needsComment({ comment = "optional" }: Pick<Protocol, "comment">): Choice[] {
  if (comment === "required") return [...choiceSchema.options];
  return comment === "optional" ? [] : comment;
}
