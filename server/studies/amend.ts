import { hash } from "node:crypto";
import { type Context, now } from "../context.ts";
import type { Protocol, ProtocolGroup } from "../contract/studies.ts";
import type { Transaction } from "../storage/database.ts";
import { ProtocolWrong } from "./errors.ts";
import { currentProtocol, groupsOf, recordChange, replaceDraft, type StudyRow } from "./store.ts";

/**
 * Adds a group to the protocol of an opened study, or changes it there: a new numbered revision, frozen at once and
 * written down among the study's changes. Judgments made before stay as they are. The work still has to be allotted.
 * @returns the group's id
 * @throws ProtocolWrong where the group exists as another kind
 */
export async function amendGroup(
  context: Context,
  tx: Transaction,
  given: { study: StudyRow; group: ProtocolGroup; by: string },
): Promise<number> {
  const { study, group, by } = given;
  const { protocol, revision } = await currentProtocol(tx, study.id);
  const others = protocol.groups.filter(({ name }) => name !== group.name);
  const changed = { ...protocol, groups: [...others, group] };
  await insertRevision(context, tx, {
    study,
    revision: revision + 1,
    protocol: changed,
    detail: { group },
    by,
  });
  return groupRow(tx, study.id, group);
}

/**
 * Changes what comes before the first pair in an opened study: a new revision of the protocol, as for a group.
 * @param given.revision the one that the protocol was made from: of two changes at once, one is refused
 */
export async function amendEntry(
  context: Context,
  tx: Transaction,
  given: { study: StudyRow; revision: number; protocol: Protocol; by: string },
): Promise<void> {
  await insertRevision(context, tx, { ...given, revision: given.revision + 1, detail: { entry: true } });
}

/**
 * Lets the protocol follow a system that gets another name, or becomes one with another: a draft's is changed, an opened study gets
 * a new revision. @throws ProtocolWrong where a system would be compared with itself
 */
export async function renameInProtocol(
  context: Context,
  tx: Transaction,
  given: { study: StudyRow; from: string; to: string; by: string },
): Promise<void> {
  const { study, from, to, by } = given;
  const current = await currentProtocol(tx, study.id);
  const { protocol } = current;
  const { pairs } = protocol;
  if (pairs === "all" || ![pairs.target, ...pairs.baselines].includes(from)) return;
  const renamed = (name: string) => (name === from ? to : name);
  const target = renamed(pairs.target);
  const baselines = [...new Set(pairs.baselines.map(renamed))];
  if (baselines.includes(target))
    throw new ProtocolWrong(`The protocol compares ${from} with ${to}, so they cannot become one.`);
  const changed = { ...protocol, pairs: { target, baselines } };
  if (current.hash === null) return replaceDraft(tx, current.id, changed);
  const detail = { renamed: { from, to } };
  await insertRevision(context, tx, { study, revision: current.revision + 1, protocol: changed, detail, by });
}

/** Freezes a revision of an opened study's protocol, and writes it down among the changes. */
export async function insertRevision(
  context: Context,
  tx: Transaction,
  given: { study: StudyRow; revision: number; protocol: Protocol; detail: object; by: string },
): Promise<void> {
  const { study, revision, detail, by } = given;
  const body = JSON.stringify(given.protocol);
  const at = now(context);
  const row = { study_id: study.id, revision, body, hash: hash("sha256", body), frozen_at: at };
  await tx.db.insertInto("protocol").values(row).execute();
  const change = { studyId: study.id, kind: "protocol amended", detail: { revision, ...detail } };
  await recordChange(tx, { ...change, at, by });
}

/** The group's row; one that a load has made keeps it. */
export async function groupRow(tx: Transaction, studyId: number, group: ProtocolGroup): Promise<number> {
  const there = (await groupsOf(tx, studyId)).find(({ name }) => name === group.name);
  if (there && there.kind !== group.kind)
    throw new ProtocolWrong(`The group ${group.name} is one of kind ${there.kind}, not ${group.kind}.`);
  if (there) return there.id;
  const values = { kind: group.kind, headline: group.headline ? 1 : 0, open_token_hash: null };
  const row = { ...values, study_id: studyId, name: group.name };
  const { id } = await tx.db
    .insertInto("annotator_group")
    .values(row)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
