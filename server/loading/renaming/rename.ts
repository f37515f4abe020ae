import { type Context, now } from "../../context.ts";
import type { Renamed, Renaming } from "../../contract/corrections.ts";
import type { Transaction } from "../../storage/database.ts";
import { lockStudy } from "../../studies/lock-study.ts";
import { renameInProtocol } from "../../studies/amend.ts";
import { currentProtocol, recordChange, requireStudy, type StudyRow } from "../../studies/store.ts";
import { LoadRunning } from "../errors.ts";
import { isAlive } from "../load-run.ts";
import { RenameRefused } from "./errors.ts";
import { whyNoName } from "../text.ts";
import { mergePrompts, mergeSystems } from "./merge.ts";

interface RenameRequest {
  readonly study: string;
  readonly renamings: readonly Renaming[];
  /** Whether one may become one with another of the new name. */
  readonly merge: boolean;
  /** Why, where a merge moves figures of an opened study. */
  readonly reason: string | null;
  readonly by: string;
}

/**
 * Renames systems and prompts, or makes one of two, all in one transaction. Judgments follow, and so does the protocol: an opened
 * study gets a new revision of it. Names move no figure; merging does, so that in an opened study it wants a reason.
 * @throws StudyNotFound, LoadRunning, RenameRefused
 */
export async function rename(context: Context, request: RenameRequest): Promise<Renamed[]> {
  return context.database.transact(async (tx) => {
    const study = await requireStudy(tx, request.study);
    await lockStudy(tx, study.id);
    await requireNoLoad(context, tx, study.id);
    const done: Renamed[] = [];
    for (const renaming of request.renamings)
      done.push(await renameOne(context, tx, { study, request, renaming }));
    return done;
  });
}

async function requireNoLoad(context: Context, { db }: Transaction, studyId: number): Promise<void> {
  const running = await db
    .selectFrom("load")
    .select(["file_name as file", "heartbeat_at as seenAt"])
    .where("study_id", "=", studyId)
    .where("state", "=", "running")
    .executeTakeFirst();
  if (running && isAlive(context, running.seenAt)) throw new LoadRunning(running.file);
}

async function renameOne(
  context: Context,
  tx: Transaction,
  given: { study: StudyRow; request: RenameRequest; renaming: Renaming },
): Promise<Renamed> {
  const { study, request, renaming } = given;
  const { what, from, to } = renaming;
  if (from === to || to.trim() === "") throw new RenameRefused(`“${to}” is no other name.`);
  const unusable = whyNoName("The new name", to);
  if (unusable !== null) throw new RenameRefused(unusable);
  const ids = { from: await idOf(tx, study.id, what, from), to: await idOf(tx, study.id, what, to) };
  if (ids.from === null) throw new RenameRefused(`${study.name} has no ${what} “${from}”.`);
  const isMerged = ids.to !== null;
  if (isMerged) {
    await requireMerge(tx, { study, request, renaming });
    const merge = what === "system" ? mergeSystems : mergePrompts;
    await merge(tx, { studyId: study.id, from: { id: ids.from, name: from }, to: { id: ids.to!, name: to } });
  } else await setName(tx, what, { id: ids.from, from, to });
  if (what === "system") await renameInProtocol(context, tx, { study, from, to, by: request.by });
  const why = isMerged && request.reason !== null ? { reason: request.reason } : {};
  const detail = { what, from, to, merged: isMerged, ...why };
  await recordChange(tx, { studyId: study.id, kind: "rename", detail, at: now(context), by: request.by });
  return { ...renaming, isMerged };
}

async function requireMerge(
  tx: Transaction,
  { study, request, renaming }: { study: StudyRow; request: RenameRequest; renaming: Renaming },
): Promise<void> {
  const { what, to } = renaming;
  if (!request.merge)
    throw new RenameRefused(
      `${study.name} has a ${what} “${to}” already. To make one of the two, add --merge.`,
    );
  const { hash } = await currentProtocol(tx, study.id);
  if (hash !== null && request.reason === null)
    throw new RenameRefused(
      `${study.name} has been opened, and merging moves its figures. Say why: --reason TEXT.`,
    );
}

async function idOf({ db }: Transaction, studyId: number, what: Renaming["what"], name: string) {
  const row =
    what === "system"
      ? await db
          .selectFrom("system")
          .select("id")
          .where("study_id", "=", studyId)
          .where("name", "=", name)
          .executeTakeFirst()
      : await db
          .selectFrom("prompt")
          .select("id")
          .where("study_id", "=", studyId)
          .where("external_id", "=", name)
          .executeTakeFirst();
  return row?.id ?? null;
}

async function setName(
  { db }: Transaction,
  what: Renaming["what"],
  { id, from, to }: { id: number; from: string; to: string },
): Promise<void> {
  if (what === "prompt")
    return void (await db.updateTable("prompt").set({ external_id: to }).where("id", "=", id).execute());
  await db
    .updateTable("system")
    .set((e) => ({
      name: to,
      display_name: e.case().when("display_name", "=", from).then(to).else(e.ref("display_name")).end(),
    }))
    .where("id", "=", id)
    .execute();
  await db
    .updateTable("unanswered_prompt")
    .set({ system: to })
    .where("system", "=", from)
    .where("prompt_id", "in", (e) =>
      e
        .selectFrom("system as s")
        .innerJoin("prompt as p", "p.study_id", "s.study_id")
        .select("p.id")
        .where("s.id", "=", id),
    )
    .execute();
}
