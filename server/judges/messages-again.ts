import type { ShownCall } from "../contract/judge-calls.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { ModelMessage } from "../model-servers/model-call.ts";
import type { Reader } from "../storage/database.ts";
import { parseProtocol } from "../studies/store.ts";
import { messagesFor } from "./ask.ts";
import { pairOf } from "./claim.ts";
import { hashOfMessages } from "./sent-messages.ts";
import { selectSource } from "./statements.ts";

interface Asked {
  readonly studyId: number;
  readonly assignmentId: number;
  readonly settings: JudgeSettings;
  /** null: none was kept. */
  readonly hash: string | null;
}

/**
 * The messages of a call once more, from the texts and wordings that the study has had: as they were sent, since their
 * hash is that of the call. Nothing is shown that has another hash.
 */
export async function messagesAgain(
  reader: Reader,
  { studyId, assignmentId, settings, hash }: Asked,
): Promise<{ messages: ModelMessage[] } | { whyNot: NonNullable<ShownCall["whyNot"]> }> {
  if (hash === null) return { whyNot: "no hash" };
  const [source] = await reader.run(selectSource, { assignmentId });
  if (!source) return { whyNot: "no texts" };
  const earlier = await earlierTexts(reader, assignmentId);
  const lefts = [source.leftTurns, ...earlier.left];
  const rights = [source.rightTurns, ...earlier.right];
  for (const wording of await wordingsOf(reader, studyId, settings.language))
    for (const leftTurns of lefts)
      for (const rightTurns of rights) {
        const call = pairOf({ ...source, leftTurns, rightTurns }, settings);
        const messages = messagesFor({ call, wording, settings });
        if (hashOfMessages(messages) === hash) return { messages };
      }
  return { whyNot: "changed" };
}

/** The wordings of a study's protocol in a language, the latest first. */
async function wordingsOf({ db }: Reader, studyId: number, language: string) {
  const revisions = await db
    .selectFrom("protocol")
    .select("body")
    .where("study_id", "=", studyId)
    .orderBy("revision", "desc")
    .execute();
  return revisions.flatMap(({ body }) => parseProtocol(body).wording[language] ?? []);
}

/** What the responses of an assignment were before they were corrected or masked. */
async function earlierTexts({ db }: Reader, assignmentId: number) {
  const textsOf = async (side: "a.left_system_id" | "a.right_system_id"): Promise<string[]> => {
    const response = await db
      .selectFrom("assignment as a")
      .innerJoin("response as r", (join) =>
        join.onRef("r.prompt_id", "=", "a.prompt_id").onRef("r.system_id", "=", side),
      )
      .select("r.id")
      .where("a.id", "=", assignmentId)
      .executeTakeFirst();
    if (!response) return [];
    const corrected = db.selectFrom("corrected_response").select("turns");
    const masked = db.selectFrom("masked_response").select("turns");
    return [
      ...(await corrected.where("response_id", "=", response.id).orderBy("revision", "desc").execute()),
      ...(await masked.where("response_id", "=", response.id).execute()),
    ].map(({ turns }) => turns);
  };
  return { left: await textsOf("a.left_system_id"), right: await textsOf("a.right_system_id") };
}
