import { hash } from "node:crypto";
import { type Context, now } from "../context.ts";
import type { Protocol } from "../contract/studies.ts";
import { asWord } from "../report-document/as-word.ts";
import type { Transaction } from "../storage/database.ts";
import { type Allotting, allot, type OnAllotted } from "./allotment.ts";
import { NothingToJudge, ProtocolWrong } from "./errors.ts";
import { requireChecks } from "./require-checks.ts";
import { requireWork } from "./require-work.ts";
import * as store from "./store.ts";

/** An opening whose slots are there. */
interface Opening {
  /** Freezes the protocol and records the allotments, in the transaction that opens the study. @throws ProtocolWrong */
  finish(tx: Transaction): Promise<void>;
}

/**
 * Makes everything that an open study needs. What can refuse comes first; then come the slots, in short transactions.
 * Nothing of it is seen before the study opens, and an opening that was interrupted is made good by the next.
 * @throws NothingToJudge, ProtocolWrong, and what `onAllotted` throws
 */
export async function prepareOpening(
  context: Context,
  study: store.StudyRow,
  onAllotted?: OnAllotted,
): Promise<Opening> {
  const protocol = await context.database.read(async (reader) => {
    const { protocol } = await store.currentProtocol(reader, study.id);
    checkSystems(protocol, await store.systemsOf(reader, study.id), study);
    await requireChecks(reader, study, protocol);
    return protocol;
  });
  await requireWork(context, study, protocol);
  await context.database.transact((tx) => makeGroups(tx, study, protocol));
  const allotting = await allot(context, study.id, onAllotted);
  return { finish: (tx) => freeze(context, tx, { study, protocol, allotting }) };
}

async function freeze(
  context: Context,
  tx: Transaction,
  { study, protocol, allotting }: { study: store.StudyRow; protocol: Protocol; allotting: Allotting },
): Promise<void> {
  const current = await store.currentProtocol(tx, study.id);
  const body = JSON.stringify(current.protocol);
  if (body !== JSON.stringify(protocol))
    throw new ProtocolWrong(
      "The protocol was changed while the study was opening. Review it, and open again.",
    );
  await setRoles(tx, study.id, protocol);
  await allotting.record(tx);
  if (current.hash !== null) return;
  await store.freezeProtocol(tx, { id: current.id, hash: hash("sha256", body), at: now(context) });
}

/** @throws NothingToJudge, ProtocolWrong where the protocol names a system that nothing was loaded for */
export function checkSystems(
  { pairs }: Protocol,
  systems: readonly { name: string }[],
  { name: study, state }: Pick<store.StudyRow, "name" | "state">,
): void {
  const loading = `npx tiebreak load ${asWord(study)} FILE…`;
  const existing = new Set(systems.map((system) => system.name));
  if (existing.size < 2)
    throw new NothingToJudge(`it has outputs of fewer than two systems. Load them first:\n  ${loading}`);
  if (pairs === "all") return;
  const missing = [pairs.target, ...pairs.baselines].filter((name) => !existing.has(name));
  if (missing.length > 0) {
    const there = [...existing].join(", ");
    const isDraft = state === "draft";
    const ways = isDraft
      ? [loading, `npx tiebreak study change ${asWord(study)} --target … --baseline …`]
      : [loading];
    throw new ProtocolWrong(
      `Nothing was loaded for ${missing.join(", ")}. The systems are ${there}. ` +
        [`Load what is missing${isDraft ? ", or change what is compared" : ""}:`, ...ways].join("\n  "),
    );
  }
}

/** Gives every system the role that the protocol has for it. */
export async function setRoles(tx: Transaction, studyId: number, { pairs }: Protocol): Promise<void> {
  if (pairs === "all") return;
  const roles = [
    { role: "target" as const, names: [pairs.target] },
    { role: "baseline" as const, names: pairs.baselines },
  ];
  for (const { role, names } of roles) {
    const update = tx.db.updateTable("system").set({ role }).where("study_id", "=", studyId);
    await update.where("name", "in", names).execute();
  }
}

/** The protocol's groups as rows; one that a load has made keeps its row. */
async function makeGroups(tx: Transaction, { id, state }: store.StudyRow, protocol: Protocol): Promise<void> {
  if (state === "draft") await dropUnusedGroups(tx, id, protocol);
  const existing = new Map((await store.groupsOf(tx, id)).map((group) => [group.name, group]));
  for (const group of protocol.groups) {
    const there = existing.get(group.name);
    if (there && there.kind !== group.kind) {
      throw new ProtocolWrong(
        `The group ${group.name} came with a file as ${there.kind}, but the protocol has ${group.kind}. ` +
          `Change the protocol (--group ${group.name}:${there.kind},…), or choose another group name.`,
      );
    }
    const values = { kind: group.kind, headline: group.headline ? 1 : 0 };
    if (there) await tx.db.updateTable("annotator_group").set(values).where("id", "=", there.id).execute();
    else {
      const row = { ...values, study_id: id, name: group.name, open_token_hash: null };
      const insert = tx.db.insertInto("annotator_group").values(row);
      await insert.onConflict((conflict) => conflict.columns(["study_id", "name"]).doNothing()).execute();
    }
  }
}

/** An interrupted opening may have left groups, with slots, that the protocol has no longer. */
async function dropUnusedGroups(tx: Transaction, studyId: number, { groups }: Protocol): Promise<void> {
  const names = groups.map((group) => group.name);
  const unused = tx.db
    .selectFrom("annotator_group as g")
    .select("g.id")
    .where("g.study_id", "=", studyId)
    .where("g.name", "not in", names)
    .where((e) => e.exists(e.selectFrom("slot as s").select("s.id").whereRef("s.group_id", "=", "g.id")))
    .where((e) =>
      e.not(e.exists(e.selectFrom("annotator as a").select("a.id").whereRef("a.group_id", "=", "g.id"))),
    );
  const ids = (await unused.execute()).map((group) => group.id);
  if (ids.length === 0) return;
  await tx.db.deleteFrom("slot").where("group_id", "in", ids).execute();
  await tx.db.deleteFrom("annotator_group").where("id", "in", ids).execute();
}
