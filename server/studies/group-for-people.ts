import type { Selectable } from "kysely";
import type { Reader } from "../storage/database.ts";
import type { AnnotatorGroupTable } from "../storage/tables/study.ts";
import { asWord } from "../report-document/as-word.ts";
import { GroupNotFound, InvitationRefused, ProtocolWrong } from "./errors.ts";
import { currentProtocol, groupsOf, requireStudy, type StudyRow } from "./store.ts";

interface InvitedTo {
  readonly study: StudyRow;
  readonly group: Selectable<AnnotatorGroupTable>;
}

/**
 * The group that people are invited to.
 * @throws StudyNotFound, GroupNotFound, ProtocolWrong for a group of models, InvitationRefused where nobody who
 * comes could be given anything: before the study opens, when it is closed, in a group that nothing is wanted of
 */
export async function groupForPeople(
  reader: Reader,
  invitation: { study: string; group: string },
): Promise<InvitedTo> {
  const study = await requireStudy(reader, invitation.study);
  const { protocol } = await currentProtocol(reader, study.id);
  const named = protocol.groups.map((group) => group.name);
  if (study.state === "draft" && named.includes(invitation.group))
    throw new InvitationRefused(openFirst(study));
  if (study.state === "closed") throw new InvitationRefused(isOver(study));
  const rows = await groupsOf(reader, study.id);
  const group = rows.find((one) => one.name === invitation.group);
  if (!group) {
    const names = study.state === "draft" ? named : rows.map((one) => one.name);
    throw new GroupNotFound(invitation.group, names);
  }
  if (group.kind === "model")
    throw new ProtocolWrong(`${group.name} is a group of models; links are for people.`);
  if (!(await hasSlots(reader, group.id)))
    throw new InvitationRefused(await nothingFor(reader, group.name, rows));
  return { study, group };
}

const openFirst = ({ name }: StudyRow): string =>
  `The study “${name}” is a draft: no pairs are assigned yet. Open it first:\n  npx tiebreak study open ${asWord(name)}`;

const isOver = ({ name }: StudyRow): string =>
  `The study “${name}” is closed: no more pairs are assigned. For more judgments, create a new study.`;

async function nothingFor(
  reader: Reader,
  name: string,
  groups: readonly InvitedTo["group"][],
): Promise<string> {
  const busy = [];
  for (const group of groups) {
    if (group.kind !== "model" && (await hasSlots(reader, group.id))) busy.push(group.name);
  }
  const others = busy.length > 0 ? ` Groups with pairs to judge: ${busy.join(", ")}.` : "";
  return `The group “${name}” has nothing to judge: the protocol asks it for no judgments.${others}`;
}

async function hasSlots({ db }: Reader, groupId: number): Promise<boolean> {
  const slot = await db
    .selectFrom("slot")
    .select("id")
    .where("group_id", "=", groupId)
    .limit(1)
    .executeTakeFirst();
  return slot !== undefined;
}
