import { protocolSchema } from "../../contract/studies.ts";
import type { Skips } from "../../contract/report-skips.ts";
import type { Reader } from "../../storage/database.ts";
import { skipsInForce } from "../../studies/skips.ts";
import { latestRevision } from "../../studies/store.ts";
import { promptsOfPart } from "../rows/prompts-of-part.ts";
import type { StudyData } from "../rows/study-data.ts";

type Written = NonNullable<Skips["written"]>;

const ofInterest = protocolSchema.pick({ comment: true, messages: true }).loose();

/**
 * How many comments annotators who are not excluded wrote with their answers, on pairs of the main and the shared set, and how many
 * messages they and the owner wrote to each other; never the words. Must run within one `database.read`.
 * @returns null where the protocol asks for neither, or nobody wrote anything
 */
export async function readWritten(reader: Reader, data: StudyData): Promise<Written | null> {
  const latest = await latestRevision(reader, data.facts.study.id);
  if (latest === undefined) return null;
  const { comment, messages: hasMessages } = ofInterest.parse(JSON.parse(latest.body));
  const comments = comment === undefined ? null : await commentsOf(reader, data);
  const messages = hasMessages ? await messagesOf(reader, data) : null;
  if (comments === null && messages === null) return null;
  return { ...(comments && { comments }), ...(messages && { messages }) };
}

async function commentsOf(reader: Reader, { facts, annotators, part }: StudyData) {
  const studyId = facts.study.id;
  const judged = await reader.db
    .selectFrom("counted_judgment as c")
    .innerJoin("judgment as j", "j.id", "c.judgment_id")
    .innerJoin("annotator_group as g", "g.id", "c.group_id")
    .select(["c.annotator_id as annotatorId", "c.prompt_id as promptId"])
    .where("c.study_id", "=", studyId)
    .where("c.origin", "=", "handed_out")
    .where("c.purpose", "in", ["main", "shared"])
    .where("g.kind", "<>", "model")
    .where("j.rationale", "is not", null)
    .execute();
  const skips = await skipsInForce(reader, studyId);
  const skipped = skips.filter(({ comment, isCounted }) => comment !== null && isCounted);
  const excluded = new Set(annotators.filter(({ excludedBy }) => excludedBy !== null).map(({ id }) => id));
  const prompts = part === undefined ? null : new Set(await promptsOfPart(reader, studyId, part));
  const counting = [...judged, ...skipped].filter(
    ({ annotatorId, promptId }) => !excluded.has(annotatorId) && (prompts?.has(promptId) ?? true),
  );
  const authors = new Set(counting.map(({ annotatorId }) => annotatorId));
  return counting.length === 0 ? null : { comments: counting.length, annotators: authors.size };
}

async function messagesOf({ db }: Reader, { facts }: StudyData) {
  const rows = await db
    .selectFrom("annotator as r")
    .innerJoin("message as m", "m.annotator_id", "r.id")
    .select(["r.id", "m.from_owner as fromOwner"])
    .where("r.study_id", "=", facts.study.id)
    .execute();
  const received = rows.filter(({ fromOwner }) => fromOwner === 0);
  const annotators = new Set(received.map(({ id }) => id)).size;
  const counts = { fromAnnotators: received.length, annotators, fromOwner: rows.length - received.length };
  return rows.length === 0 ? null : counts;
}
