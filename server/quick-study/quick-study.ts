import { isDeepStrictEqual } from "node:util";
import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { Protocol, ProtocolGroup } from "../contract/studies.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { loadFiles } from "../loading/load-files.ts";
import type { LoadProgress } from "../loading/progress.ts";
import { allotWork, type OnAllotted } from "../studies/allotment.ts";
import { amendGroup } from "../studies/amend.ts";
import { DEFAULT_GROUP } from "../studies/default-protocol.ts";
import { deleteStudy } from "../studies/delete-study.ts";
import { NothingToJudge } from "../studies/errors.ts";
import { invite } from "../studies/links.ts";
import { ownToken } from "../studies/own-link.ts";
import { currentProtocol, findStudy, requireStudy, type StudyRow } from "../studies/store.ts";
import { changeProtocol, changeState, createStudy } from "../studies/study.ts";

/** A quick study is a study of a few files: whoever starts it judges first, and sees how their own judgments stand. */
const OWN_GROUP = "author";
const OWN: ProtocolGroup = {
  ...DEFAULT_GROUP,
  name: OWN_GROUP,
  kind: "author",
  runningFigure: { every: 10 },
};
const COLLEAGUES: ProtocolGroup = { ...DEFAULT_GROUP, name: "colleagues", kind: "author" };

/** Another study has the name that a quick study would get. */
class NameTaken extends TiebreakError {
  constructor(name: string, why: string) {
    super("StudyNameTaken", 409, `The study “${name}” ${why} Choose another name: --name NAME`);
  }
}

export interface QuickStudy {
  /** Null: named after the systems, or the study that compares the same two already. */
  readonly name: string | null;
  readonly systems: readonly string[];
  readonly files: readonly FileToLoad[];
  /** Take the good rows of a file that has bad ones. */
  readonly skipBad?: boolean;
  readonly by: string;
  readonly onLoading?: (progress: LoadProgress) => void;
  readonly onAllotted?: OnAllotted;
}

/**
 * The study that these systems belong to: where there is one of the same two in the other order, that one.
 * @returns its name, and the systems in its order
 */
async function studyFor(context: Context, systems: readonly string[]) {
  const swapped = systems.toReversed();
  const isSwapped =
    systems.length === 2 &&
    (await context.database.read(async (reader) => {
      if (await findStudy(reader, nameOf(systems))) return false;
      const other = await findStudy(reader, nameOf(swapped));
      return other !== undefined && isQuick((await currentProtocol(reader, other.id)).protocol);
    }));
  return isSwapped ? { name: nameOf(swapped), systems: swapped } : { name: nameOf(systems), systems };
}

const isQuick = ({ groups }: Protocol): boolean =>
  groups.some((group) => group.name === OWN_GROUP && group.runningFigure);

/**
 * A name for a study: of the two systems, or of the first one and how many others.
 * @internal
 */
export function nameOf([first = "", second = "", ...others]: readonly string[]): string {
  const against = others.length === 0 ? second : `${others.length + 1}-others`;
  const safe = `${first}-vs-${against}`.replace(/[^\p{L}\p{N}._()+-]+/gu, "-").slice(0, 100);
  return /^[\p{L}\p{N}]/u.test(safe) ? safe : `study-${safe}`.slice(0, 100);
}

/**
 * Makes a study of files, opens it, and lets whoever started it judge; the same call later goes on with it. Where a file is refused or
 * there is nothing to judge, a study that this call made is deleted again.
 * @returns its name, what was loaded, and the token of their personal link; where there is none, why: a file was refused (null), or the
 *   study cannot open; and whether the study is there
 * @throws NameTaken, and what loading throws
 */
export async function startQuickStudy(
  context: Context,
  { files, by, skipBad = false, onLoading, onAllotted, ...given }: QuickStudy,
): Promise<{
  study: string;
  systems: readonly string[];
  report: LoadReport;
  token: string | null;
  problem: string | null;
  isThere: boolean;
}> {
  const { name, systems } =
    given.name === null
      ? await studyFor(context, given.systems)
      : { name: given.name, systems: given.systems };
  const isMade = await prepareStudy(context, { name, systems });
  const without = async (report: LoadReport, problem: string | null) => {
    if (isMade) await deleteStudy(context, name);
    return { study: name, systems, report, token: null, problem, isThere: !isMade };
  };
  const load = { study: name, files, dryRun: false, skipBad, yes: false, by, reason: MORE_ROWS };
  const report = await loadFiles(context, { ...load, onProgress: onLoading });
  if (!report.done) return without(report, null);
  const { state } = await context.database.read((reader) => requireStudy(reader, name));
  try {
    if (state === "draft") await changeState(context, { study: name, to: "open", by, onAllotted });
  } catch (error) {
    if (!(error instanceof NothingToJudge)) throw error;
    return without(report, error.message);
  }
  const token = await ownToken(context, { study: name, group: OWN_GROUP, by });
  return { study: name, systems, report, token, problem: null, isThere: true };
}

/** A quick study that is made again from files with more rows gets them. */
const MORE_ROWS = "The files have more to judge than when the study was made.";

/** @returns whether the study is new */
async function prepareStudy(
  context: Context,
  { name, systems }: { name: string; systems: readonly string[] },
): Promise<boolean> {
  const [target = "", ...baselines] = systems;
  const there = await context.database.read((reader) => findStudy(reader, name));
  if (!there) {
    const note =
      "Made from files in one command; its first annotator sees interim figures of their own judgments.";
    await createStudy(context, { name, target, baselines, note, protocol: { groups: [OWN] } });
    return true;
  }
  if (there.state === "closed") throw new NameTaken(name, "is closed.");
  const pairs = { target, baselines };
  await requireSame(context, there, pairs);
  if (there.state === "draft") await changeProtocol(context, name, { pairs });
  return false;
}

async function requireSame(
  context: Context,
  { id, name, state }: StudyRow,
  pairs: { target: string; baselines: string[] },
): Promise<void> {
  const { protocol } = await context.database.read((reader) => currentProtocol(reader, id));
  if (!isQuick(protocol)) throw new NameTaken(name, "was made otherwise.");
  if (state !== "draft" && !isDeepStrictEqual(protocol.pairs, pairs))
    throw new NameTaken(name, "compares other systems.");
}

/**
 * Lets colleagues judge the same pairs, each once more, in a group of their own.
 * @returns a shared link, and what to know about it
 */
export async function inviteColleagues(
  context: Context,
  { study: name, origin, by }: { study: string; origin: string; by: string },
): Promise<{ url: string; warning: string | null }> {
  const study = await context.database.transact(async (tx) => {
    const study = await requireStudy(tx, name);
    const { protocol } = await currentProtocol(tx, study.id);
    if (!protocol.groups.some((group) => group.name === COLLEAGUES.name))
      await amendGroup(context, tx, { study, group: COLLEAGUES, by });
    return study;
  });
  await allotWork(context, study.id);
  const { links, warning } = await invite(context, {
    study: name,
    group: COLLEAGUES.name,
    open: true,
    origin,
    by,
  });
  return { url: links[0]!.url, warning };
}
