import { hash } from "node:crypto";
import { type Context, newToken, now } from "../context.ts";
import type { Protocol, ProtocolPatch, StudyCreate } from "../contract/studies.ts";
import { protocolSchema } from "../contract/studies.ts";
import type { StudyState } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { allotWork } from "./allotment.ts";
import { defaultProtocol } from "./default-protocol.ts";
import { NothingToJudge, ProtocolFrozen, ProtocolWrong, StudyExists, StudyStateWrong } from "./errors.ts";
import * as store from "./store.ts";

/** The moves a study can make. Opening an open study again allots what was loaded since. */
const MOVES: Record<StudyState, readonly StudyState[]> = {
  draft: ["open"],
  open: ["open", "paused", "closed"],
  paused: ["open", "closed"],
  closed: ["open"],
};

/**
 * Makes a study, as a draft.
 * @throws StudyExists, ProtocolWrong where a target has no baselines or the reverse.
 */
export async function createStudy(
  context: Context,
  given: StudyCreate & { note?: string; protocol?: Partial<Protocol> },
): Promise<void> {
  const pairs = pairsOf(given);
  await context.database.transact(async (tx) => {
    if (await store.findStudy(tx, given.name)) throw new StudyExists(given.name);
    const study = {
      name: given.name,
      public_title: given.publicTitle ?? "Which answer is better?",
      state: "draft" as const,
      note: given.note ?? null,
      seed: given.seed ?? newToken(context, 9),
      created_at: now(context),
    };
    await store.insertStudy(tx, study, { ...defaultProtocol(pairs), ...given.protocol });
  });
}

/** The pairs that a request asks for. @throws ProtocolWrong where a target has no baselines or the reverse. */
export function pairsOf(given: StudyCreate): Protocol["pairs"] {
  const baselines = given.baselines ?? [];
  if (given.target === undefined && baselines.length === 0) return "all";
  if (given.target === undefined) throw new ProtocolWrong("Baselines need a target to be compared with.");
  if (baselines.length === 0) throw new ProtocolWrong("A target needs at least one baseline.");
  if (baselines.includes(given.target)) throw new ProtocolWrong("The target cannot be its own baseline.");
  return { target: given.target, baselines: [...new Set(baselines)] };
}

/** Changes the protocol of a draft. @throws ProtocolFrozen once the study has opened. */
export async function changeProtocol(context: Context, name: string, patch: ProtocolPatch): Promise<void> {
  await context.database.transact(async (tx) => {
    const study = await store.requireStudy(tx, name);
    const current = await store.currentProtocol(tx, study.id);
    if (current.hash !== null) throw new ProtocolFrozen();
    await store.replaceDraft(tx, current.id, protocolSchema.parse({ ...current.protocol, ...patch }));
  });
}

/**
 * Moves a study to another state. Opening freezes the protocol with a hash and allots the work first,
 * so that nobody finds an open study without any.
 * @throws StudyStateWrong, NothingToJudge, ProtocolWrong
 */
export async function changeState(
  context: Context,
  change: { study: string; to: StudyState; by: string },
): Promise<void> {
  const study = await context.database.read((reader) => store.requireStudy(reader, change.study));
  if (!MOVES[study.state].includes(change.to)) throw new StudyStateWrong(study.state, change.to);
  if (change.to === "open") {
    await context.database.transact((tx) => freeze(context, tx, study));
    const comparisons = await allotWork(context, study.id);
    if (comparisons === 0) throw new NothingToJudge("no prompt has outputs of two systems to compare.");
  }
  await context.database.transact(async (tx) => {
    const latest = await store.requireStudy(tx, change.study);
    if (latest.state === change.to) return;
    if (!MOVES[latest.state].includes(change.to)) throw new StudyStateWrong(latest.state, change.to);
    await store.updateState(tx, study.id, change.to);
    const detail = { from: latest.state, to: change.to };
    await store.recordChange(tx, {
      studyId: study.id,
      kind: "state",
      detail,
      at: now(context),
      by: change.by,
    });
  });
}

async function freeze(context: Context, tx: Transaction, study: store.StudyRow): Promise<void> {
  const current = await store.currentProtocol(tx, study.id);
  const systems = new Set((await store.systemsOf(tx, study.id)).map((system) => system.name));
  checkSystems(current.protocol, systems);
  await setRoles(tx, study.id, current.protocol);
  await makeGroups(tx, study.id, current.protocol);
  if (current.hash !== null) return;
  const body = JSON.stringify(current.protocol);
  await store.freezeProtocol(tx, { id: current.id, hash: hash("sha256", body), at: now(context) });
}

function checkSystems({ pairs }: Protocol, existing: ReadonlySet<string>): void {
  if (existing.size < 2) throw new NothingToJudge("it has outputs of fewer than two systems.");
  if (pairs === "all") return;
  const missing = [pairs.target, ...pairs.baselines].filter((name) => !existing.has(name));
  if (missing.length > 0) {
    const there = [...existing].join(", ");
    throw new ProtocolWrong(`Nothing was loaded for ${missing.join(", ")}. The systems are ${there}.`);
  }
}

async function setRoles(tx: Transaction, studyId: number, { pairs }: Protocol): Promise<void> {
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
async function makeGroups(tx: Transaction, studyId: number, protocol: Protocol): Promise<void> {
  const existing = new Map((await store.groupsOf(tx, studyId)).map((group) => [group.name, group]));
  for (const group of protocol.groups) {
    const there = existing.get(group.name);
    if (there && there.kind !== group.kind) {
      throw new ProtocolWrong(`The group ${group.name} is loaded as ${there.kind}, not as ${group.kind}.`);
    }
    const values = { kind: group.kind, headline: group.headline ? 1 : 0 };
    if (there) await tx.db.updateTable("annotator_group").set(values).where("id", "=", there.id).execute();
    else {
      const row = { ...values, study_id: studyId, name: group.name, open_token_hash: null };
      await tx.db.insertInto("annotator_group").values(row).execute();
    }
  }
}
