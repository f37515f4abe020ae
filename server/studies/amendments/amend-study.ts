import { type Context, now } from "../../context.ts";
import type { AmendmentPlan } from "../../contract/amendment-plan.ts";
import type { Amendment } from "../../contract/amendments.ts";
import { protocolAfter } from "../../contract/protocol-change.ts";
import type { Protocol } from "../../contract/studies.ts";
import { counted } from "../../report-document/numbers.ts";
import type { Reader, Transaction } from "../../storage/database.ts";
import { allot } from "../allotment.ts";
import { groupRow, insertRevision } from "../amend.ts";
import { AmendmentRefused, ReasonMissing } from "../errors.ts";
import { lockStudy } from "../lock-study.ts";
import { checkSystems, setRoles } from "../opening.ts";
import { requireChecks } from "../require-checks.ts";
import {
  currentProtocol,
  recordChange,
  requireStudy,
  type StudyRow,
  systemsOf,
  updateState,
} from "../store.ts";
import { changesBetween } from "./changes.ts";
import { correct, type Correction, correctionsIn } from "./corrections.ts";
import { addedWork, countsBefore } from "./follows.ts";
import { changeShared, type SharedChange, sharedChange } from "./shared-set.ts";

interface Amending {
  readonly study: string;
  readonly amendment: Amendment;
  readonly by: string;
}

/** What an amendment comes to, checked against the study as it is. */
interface Drafted {
  readonly study: StudyRow;
  readonly before: Protocol;
  readonly wanted: Protocol;
  readonly corrections: readonly Correction[];
  readonly shared: SharedChange;
  readonly plan: Omit<AmendmentPlan, "added" | "done">;
}

/**
 * What would follow from an amendment; nothing is changed.
 * @throws StudyNotFound, AmendmentRefused with every reason why not, ProtocolWrong, ZodError
 */
export async function planAmendment(context: Context, given: Omit<Amending, "by">): Promise<AmendmentPlan> {
  return context.database.read(async (reader) => {
    const drafted = await draft(reader, given);
    return { ...drafted.plan, added: await addedWork(reader, drafted), done: false };
  });
}

/**
 * Amends a study that was opened: one transaction freezes a new numbered revision of the protocol with its reason, corrects texts,
 * and opens a closed study again, while nobody judges; short ones then make the slots. Judgments before stay, with the revision that they
 * were assigned under. Interrupted between the two, `study open` makes the slots that are missing.
 * @returns what followed
 * @throws what `planAmendment` throws, ReasonMissing
 */
export async function amendStudy(
  context: Context,
  given: Amending & { reason: string },
): Promise<AmendmentPlan> {
  const reason = given.reason.trim();
  if (reason === "") throw new ReasonMissing();
  const { added } = await planAmendment(context, given);
  const drafted = await context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, given.study);
    await lockStudy(tx, id);
    const drafted = await draft(tx, given);
    await carryOut(context, tx, { ...given, reason, drafted });
    return drafted;
  });
  const allotting = await allot(context, drafted.study.id);
  await context.database.transact(async (tx) => {
    await lockStudy(tx, drafted.study.id);
    await allotting.record(tx);
  });
  return { ...drafted.plan, added, done: true };
}

async function draft(reader: Reader, { study: name, amendment }: Omit<Amending, "by">): Promise<Drafted> {
  const study = await requireStudy(reader, name);
  const { protocol: before, revision, hash } = await currentProtocol(reader, study.id);
  if (hash === null)
    throw new AmendmentRefused(name, [
      "It is a draft, which can be changed as it is: `tiebreak study change`.",
    ]);
  if (amendment.revision !== undefined && amendment.revision !== revision + 1)
    throw new AmendmentRefused(name, [
      `It has been amended since this was listed: revision ${revision} is in force. List again what would follow.`,
    ]);
  const wanted = amendment.protocol ? protocolAfter(before, amendment.protocol) : before;
  const { changes, refused: frozen } = changesBetween(before, wanted);
  const refused = [...frozen];
  const reopened = amendment.reopen === true;
  if (study.state === "closed" && !reopened)
    refused.push("It is closed. Open it again in the same revision (reopen).");
  if (study.state !== "closed" && reopened)
    refused.push(`It is ${study.state}, so it cannot be opened again.`);
  const found = await correctionsIn(reader, { studyId: study.id, responses: amendment.responses ?? [] });
  refused.push(...found.refused);
  if (refused.length > 0) throw new AmendmentRefused(name, refused);
  if (changes.some(({ kind }) => kind === "baselines")) {
    checkSystems(wanted, await systemsOf(reader, study.id), study);
    await requireChecks(reader, study, wanted);
  }
  const shared = await sharedChange(reader, { study, before, wanted });
  if (shared.given > wanted.sharedPrompts)
    throw new AmendmentRefused(name, [
      `sharedPrompts: somebody was given pairs of ${counted(shared.given, "shared prompt")}; such prompts stay shared.`,
    ]);
  const listed = changes.map((change) =>
    change.kind === "shared" ? { ...change, ...namesOf(shared) } : change,
  );
  const all = [...listed, ...found.changes, ...(reopened ? [{ kind: "reopened" } as const] : [])];
  if (all.length === 0) throw new AmendmentRefused(name, ["It is as asked already; nothing would change."]);
  const counts = await countsBefore(reader, { studyId: study.id, corrections: found.corrections });
  const isWording = all.some(({ kind }) => kind === "wording");
  const { corrections } = found;
  const marked = isWording ? counts.kept : 0;
  return {
    study,
    before,
    wanted,
    corrections,
    shared,
    plan: { revision: revision + 1, changes: all, dropped: shared.dropped, ...counts, marked },
  };
}

const namesOf = ({ joining, leaving }: SharedChange) => ({
  joining: joining.map(({ name }) => name),
  leaving: leaving.map(({ name }) => name),
});

async function carryOut(
  context: Context,
  tx: Transaction,
  given: Amending & { reason: string; drafted: Drafted },
): Promise<void> {
  const { drafted, reason, by } = given;
  const { study, wanted, plan, corrections } = drafted;
  const { revision, changes } = plan;
  await insertRevision(context, tx, { study, revision, protocol: wanted, by, detail: { reason, changes } });
  for (const group of wanted.groups) await groupRow(tx, study.id, group);
  await setRoles(tx, study.id, wanted);
  await changeShared(tx, drafted);
  await correct(context, tx, { corrections, revision });
  if (study.state !== "closed") return;
  await updateState(tx, study.id, "open");
  // what identifies those who come now is erased after the next closing
  await tx.db.updateTable("retention").set({ done_at: null }).where("study_id", "=", study.id).execute();
  const detail = { from: "closed", to: "open", reason };
  await recordChange(tx, { studyId: study.id, kind: "state", detail, at: now(context), by });
}
