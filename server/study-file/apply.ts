import { isDeepStrictEqual } from "node:util";
import type { Context } from "../context.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { ProtocolPatch, StudyDetail } from "../contract/studies.ts";
import type { StudyFile } from "../contract/study-file.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { findFiles } from "../loading/find-files.ts";
import { loadFiles } from "../loading/load-files.ts";
import { studyDetail } from "../studies/detail.ts";
import { renameStudy, setDisplayName } from "../studies/naming.ts";
import { findStudy } from "../studies/store.ts";
import { changeProtocol, changeState, createStudy } from "../studies/study.ts";
import { StudyFileWrong } from "./text.ts";

interface ApplyRequest {
  readonly file: StudyFile;
  /** Its `files`, found. */
  readonly files: readonly FileToLoad[];
  /** Only say what would change. */
  readonly dryRun: boolean;
  readonly by: string;
}

/** What was changed, or with `dryRun` would be, in the order in which it is; none: nothing. */
interface Applied {
  readonly changes: readonly string[];
  /** What became of the files; null where there are none, or no study yet to try them on. */
  readonly report: LoadReport | null;
}

/**
 * Makes a study what its file says, step by step; what the file leaves out stays as it is. Applied again, it changes nothing. Where files
 * are refused, none of them is loaded, and what would come after is not done.
 * @throws StudyFileWrong where the protocol is frozen and the file has another, and what loading and opening throw
 */
export async function applyStudyFile(context: Context, request: ApplyRequest): Promise<Applied> {
  const { file, files, dryRun, by } = request;
  const changes: string[] = [];
  const step = async (what: string, act: () => Promise<void>) => {
    changes.push(what);
    if (!dryRun) await act();
  };
  const there = await context.database.read((reader) => findStudy(reader, file.study));
  const before = there ? await studyDetail(context, file.study) : null;
  if (!before)
    await step(`create the study ${file.study}`, () =>
      createStudy(context, { name: file.study, publicTitle: file.title, protocol: file.protocol }),
    );
  else await change(context, { before, file, by, step });
  const report = await load(context, request, before !== null || !dryRun);
  for (const one of report?.files ?? []) if (/publish/.test(one.outcome)) changes.push(`load ${one.file}`);
  if (report === null) for (const { options } of files) changes.push(`load ${options.fileName}`);
  if (report?.done === false) return { changes, report };
  const names = before || !dryRun ? (await studyDetail(context, file.study)).systemList : [];
  for (const [system, displayName] of Object.entries(file.systems ?? {})) {
    const now = names.find(({ name }) => name === system)?.displayName ?? system;
    if (now !== displayName)
      await step(`call ${system} “${displayName}” in reports`, () =>
        setDisplayName(context, { study: file.study, system, displayName, by }),
      );
  }
  if (file.state === "open" && (before?.state ?? "draft") === "draft")
    await step("open the study", () => changeState(context, { study: file.study, to: "open", by }));
  return { changes, report };
}

/** Title and protocol of a study that is there: both, or none where the protocol is frozen. */
async function change(
  context: Context,
  given: {
    before: StudyDetail;
    file: StudyFile;
    by: string;
    step: (what: string, act: () => Promise<void>) => Promise<void>;
  },
): Promise<void> {
  const { before, file, by, step } = given;
  const { title, protocol = {} } = file;
  const others = (Object.keys(protocol) as (keyof ProtocolPatch)[]).filter(
    (key) => !isDeepStrictEqual(plain(protocol[key]), plain(before.protocol[key])),
  );
  if (others.length > 0 && before.protocolHash !== null)
    throw new StudyFileWrong(
      `The protocol of ${file.study} is frozen, and the file has another (${others.join(", ")}). Take that out of the file, or give the file another study’s name.`,
    );
  if (title !== undefined && title !== before.publicTitle)
    await step(`change the title from “${before.publicTitle}” to “${title}”`, () =>
      renameStudy(context, { study: file.study, publicTitle: title, by }),
    );
  if (others.length === 0) return;
  const patch = Object.fromEntries(others.map((key) => [key, protocol[key]]));
  await step(`change the protocol: ${others.join(", ")}`, () => changeProtocol(context, file.study, patch));
}

/** As it is stored: what is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

async function load(
  context: Context,
  { file, files, dryRun, by }: ApplyRequest,
  isThere: boolean,
): Promise<LoadReport | null> {
  const found = await findFiles(files);
  if (files.length === 0 || !isThere) return null;
  return loadFiles(context, { study: file.study, ...found, dryRun, skipBad: false, yes: false, by });
}
