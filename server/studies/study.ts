import { hash } from "node:crypto";
import { type Context, newToken, now } from "../context.ts";
import type { Protocol, ProtocolPatch, StudyCreate } from "../contract/studies.ts";
import { protocolSchema } from "../contract/studies.ts";
import type { StudyState } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { asWord } from "../report-document/as-word.ts";
import { allotWork } from "./allotment.ts";
import { defaultProtocol } from "./default-protocol.ts";
import { DEFAULT_TITLE } from "./default-wordings.ts";
import { NothingToJudge, ProtocolFrozen, ProtocolWrong, StudyExists, StudyStateWrong } from "./errors.ts";
import { requireChecks } from "./require-checks.ts";
import { requireWork } from "./require-work.ts";
import * as store from "./store.ts";

/** The moves a study can make. Opening an open study again allots what was loaded since. */
const MOVES: Record<StudyState, readonly StudyState[]> = {
  draft: ["open"],
  open: ["open", "paused", "closed"],
  paused: ["open", "closed"],
  closed: [],
};

/**
 * Makes a study, as a draft.
 * @throws StudyExists, ProtocolWrong where a target has no baselines or the reverse.
 */
export async function createStudy(
  context: Context,
  given: StudyCreate & { note?: string; protocol?: Partial<Protocol> },
): Promise<void> {
  const pairs = given.protocol?.pairs ?? pairsOf(given);
  await context.database.transact(async (tx) => {
    if (await store.findStudy(tx, given.name)) throw new StudyExists(given.name);
    const study = {
      name: given.name,
      public_title: given.publicTitle ?? DEFAULT_TITLE,
      state: "draft" as const,
      note: given.note ?? null,
      seed: given.seed ?? newToken(context, 9),
      created_at: now(context),
    };
    await store.insertStudy(tx, study, { ...defaultProtocol(pairs), ...given.protocol });
  });
}

/** The pairs that a request asks for. @throws ProtocolWrong where a target has no baselines or the reverse. */
export function pairsOf(given: Pick<StudyCreate, "target" | "baselines">): Protocol["pairs"] {
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
    if (current.hash !== null) throw new ProtocolFrozen(name);
    await store.replaceDraft(tx, current.id, protocolSchema.parse({ ...current.protocol, ...patch }));
  });
}

/**
 * Moves a study to another state. Opening freezes the protocol with a hash and allots the work first,
 * so that nobody finds an open study without any; a study that cannot open stays the draft it was.
 * @throws StudyStateWrong, NothingToJudge, ProtocolWrong
 */
export async function changeState(
  context: Context,
  change: { study: string; to: StudyState; by: string },
): Promise<void> {
  const study = await context.database.read((reader) => store.requireStudy(reader, change.study));
  requireMove(study, change.to);
  if (change.to === "open") await layOut(context, study);
  await context.database.transact(async (tx) => {
    const latest = await store.requireStudy(tx, change.study);
    if (latest.state === change.to) return;
    requireMove(latest, change.to);
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

function requireMove({ name, state }: store.StudyRow, to: StudyState): void {
  if (!MOVES[state].includes(to)) throw new StudyStateWrong(name, state, to);
}

/** Everything that can refuse comes before the freeze: what is frozen cannot be mended any more. */
async function layOut(context: Context, study: store.StudyRow): Promise<void> {
  const protocol = await context.database.read(async (reader) => {
    const { protocol } = await store.currentProtocol(reader, study.id);
    checkSystems(protocol, await store.systemsOf(reader, study.id), study.name);
    await requireChecks(reader, study, protocol);
    return protocol;
  });
  await requireWork(context, study, protocol);
  await context.database.transact((tx) => freeze(context, tx, { study, protocol }));
  await allotWork(context, study.id);
}

async function freeze(
  context: Context,
  tx: Transaction,
  { study, protocol }: { study: store.StudyRow; protocol: Protocol },
): Promise<void> {
  const current = await store.currentProtocol(tx, study.id);
  const body = JSON.stringify(current.protocol);
  if (body !== JSON.stringify(protocol))
    throw new ProtocolWrong(
      "The protocol was changed while the study was opening. Review it, and open again.",
    );
  await setRoles(tx, study.id, protocol);
  await makeGroups(tx, study.id, protocol);
  if (current.hash !== null) return;
  await store.freezeProtocol(tx, { id: current.id, hash: hash("sha256", body), at: now(context) });
}

function checkSystems({ pairs }: Protocol, systems: readonly { name: string }[], study: string): void {
  const loading = `npx tiebreak load ${asWord(study)} FILE…`;
  const existing = new Set(systems.map((system) => system.name));
  if (existing.size < 2)
    throw new NothingToJudge(`it has outputs of fewer than two systems. Load them first:\n  ${loading}`);
  if (pairs === "all") return;
  const missing = [pairs.target, ...pairs.baselines].filter((name) => !existing.has(name));
  if (missing.length > 0) {
    const there = [...existing].join(", ");
    const change = `npx tiebreak study change ${asWord(study)} --target … --baseline …`;
    throw new ProtocolWrong(
      `Nothing was loaded for ${missing.join(", ")}. The systems are ${there}. ` +
        `Load what is missing, or change what is compared:\n  ${loading}\n  ${change}`,
    );
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
      throw new ProtocolWrong(
        `The group ${group.name} came with a file as ${there.kind}, but the protocol has ${group.kind}. ` +
          `Change the protocol (--group ${group.name}:${there.kind},…), or choose another group name.`,
      );
    }
    const values = { kind: group.kind, headline: group.headline ? 1 : 0 };
    if (there) await tx.db.updateTable("annotator_group").set(values).where("id", "=", there.id).execute();
    else {
      const row = { ...values, study_id: studyId, name: group.name, open_token_hash: null };
      await tx.db.insertInto("annotator_group").values(row).execute();
    }
  }
}
