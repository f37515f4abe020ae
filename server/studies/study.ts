import { type Context, newToken, now } from "../context.ts";
import { isOneLine } from "../contract/one-line.ts";
import { protocolAfter, type ProtocolChange } from "../contract/protocol-change.ts";
import type { Protocol, StudyCreate } from "../contract/studies.ts";
import type { StudyState } from "../contract/words.ts";
import type { OnAllotted } from "./allotment.ts";
import { defaultProtocol } from "./default-protocol.ts";
import { DEFAULT_TITLE } from "./default-wordings.ts";
import { ProtocolFrozen, ProtocolWrong, StudyExists, StudyStateWrong } from "./errors.ts";
import { lockStudy } from "./lock-study.ts";
import { nameOnce } from "./naming.ts";
import { prepareOpening } from "./opening.ts";
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
  requireNames(pairs);
  await nameOnce(context, given.name, async (tx) => {
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

/**
 * Makes a draft with the protocol and the title of another study; its texts, people and judgments stay there.
 * @throws StudyNotFound, StudyExists
 */
export async function copyStudy(context: Context, from: string, name: string): Promise<void> {
  const { title, protocol } = await context.database.read(async (reader) => {
    const study = await store.requireStudy(reader, from);
    const { protocol } = await store.currentProtocol(reader, study.id);
    return { title: study.public_title, protocol };
  });
  await createStudy(context, { name, publicTitle: title, protocol });
}

/** @throws ProtocolWrong where a system has a name that loading would refuse */
function requireNames(pairs: Protocol["pairs"]): void {
  const names = pairs === "all" ? [] : [pairs.target, ...pairs.baselines];
  const wrong = names.find((name) => !isOneLine(name));
  if (wrong !== undefined)
    throw new ProtocolWrong(
      `The system's name ${JSON.stringify(wrong)} holds a line break or another control character.`,
    );
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
export async function changeProtocol(context: Context, name: string, change: ProtocolChange): Promise<void> {
  await context.database.transact(async (tx) => {
    const study = await store.requireStudy(tx, name);
    await lockStudy(tx, study.id); // two people change different members at once
    if (change.pairs !== undefined) requireNames(change.pairs);
    const current = await store.currentProtocol(tx, study.id);
    if (current.hash !== null) throw new ProtocolFrozen(name);
    await store.replaceDraft(tx, current.id, protocolAfter(current.protocol, change));
  });
}

/**
 * Moves a study to another state. A draft that opens gets its work first, in short transactions; the last one freezes the
 * protocol with a hash and opens the study, which is the draft it was until then, wherever the work is interrupted.
 * @param change.onAllotted called after each step of allotting with the prompts done and those there are; what it throws
 *   interrupts
 * @throws StudyStateWrong, NothingToJudge, ProtocolWrong
 */
export async function changeState(
  context: Context,
  change: { study: string; to: StudyState; by: string; onAllotted?: OnAllotted },
): Promise<void> {
  const study = await context.database.read((reader) => store.requireStudy(reader, change.study));
  requireMove(study, change.to);
  const opening = change.to === "open" ? await prepareOpening(context, study, change.onAllotted) : null;
  await context.database.transact(async (tx) => {
    const latest = await store.requireStudy(tx, change.study);
    if (latest.state !== change.to) requireMove(latest, change.to);
    await opening?.finish(tx);
    if (latest.state === change.to) return;
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
