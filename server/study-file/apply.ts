import { isDeepStrictEqual } from "node:util";
import type { Context } from "../context.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { ProtocolPatch, StudyCreate, StudyDetail } from "../contract/studies.ts";
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
}

type Found = Awaited<ReturnType<typeof findFiles>>;

/** What was changed, or with `dryRun` would be, in the order in which it is; none: nothing. */
interface Applied {
  readonly changes: readonly string[];
  /** What became of the files; null where there are none, or no study yet to try them on. */
  readonly report: LoadReport | null;
}

/** A place where studies are, and what applying a file needs of it. */
export interface StudyPlace {
  /** Null: there is no such study. */
  readonly detail: (study: string) => Promise<StudyDetail | null>;
  readonly create: (study: StudyCreate & { protocol?: ProtocolPatch }) => Promise<unknown>;
  readonly rename: (study: string, publicTitle: string) => Promise<unknown>;
  readonly changeProtocol: (study: string, protocol: ProtocolPatch) => Promise<unknown>;
  readonly load: (study: string, files: Found, dryRun: boolean) => Promise<LoadReport>;
  readonly setDisplayName: (study: string, system: string, displayName: string) => Promise<unknown>;
  readonly open: (study: string) => Promise<unknown>;
}

/** The studies of a database. @param by who applies */
export const studiesOf = (context: Context, by: string): StudyPlace => ({
  detail: async (study) =>
    (await context.database.read((reader) => findStudy(reader, study))) ? studyDetail(context, study) : null,
  create: (study) => createStudy(context, study),
  rename: (study, publicTitle) => renameStudy(context, { study, publicTitle, by }),
  changeProtocol: (study, protocol) => changeProtocol(context, study, protocol),
  load: (study, found, dryRun) =>
    loadFiles(context, { study, ...found, dryRun, skipBad: false, yes: false, by }),
  setDisplayName: (study, system, displayName) => setDisplayName(context, { study, system, displayName, by }),
  open: (study) => changeState(context, { study, to: "open", by }),
});

/**
 * Makes a study what its file says, step by step; what the file leaves out stays as it is. Applied again, it changes nothing. Where files
 * are refused, none of them is loaded, and what would come after is not done.
 * @throws StudyFileWrong where the protocol is frozen and the file has another, and what loading and opening throw
 */
export async function applyStudyFile(place: StudyPlace, request: ApplyRequest): Promise<Applied> {
  const { file, files, dryRun } = request;
  const changes: string[] = [];
  const step: Step = async (what, act) => {
    changes.push(what);
    if (!dryRun) await act();
  };
  const before = await place.detail(file.study);
  if (!before)
    await step(`create the study ${file.study}`, () =>
      place.create({ name: file.study, publicTitle: file.title, protocol: file.protocol }),
    );
  else await change(place, { before, file, step });
  const report = await load(place, request, before !== null || !dryRun);
  for (const one of report?.files ?? []) if (/publish/.test(one.outcome)) changes.push(`load ${one.file}`);
  if (report === null) for (const { options } of files) changes.push(`load ${options.fileName}`);
  if (report?.done === false) return { changes, report };
  const names = before || !dryRun ? ((await place.detail(file.study))?.systemList ?? []) : [];
  for (const [system, displayName] of Object.entries(file.systems ?? {})) {
    const now = names.find(({ name }) => name === system)?.displayName ?? system;
    if (now !== displayName)
      await step(`call ${system} “${displayName}” in reports`, () =>
        place.setDisplayName(file.study, system, displayName),
      );
  }
  if (file.state === "open" && (before?.state ?? "draft") === "draft")
    await step("open the study", () => place.open(file.study));
  return { changes, report };
}

type Step = (what: string, act: () => Promise<unknown>) => Promise<void>;

/** Title and protocol of a study that is there: both, or none where the protocol is frozen. */
async function change(
  place: StudyPlace,
  given: { before: StudyDetail; file: StudyFile; step: Step },
): Promise<void> {
  const { before, file, step } = given;
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
      place.rename(file.study, title),
    );
  if (others.length === 0) return;
  const patch = Object.fromEntries(others.map((key) => [key, protocol[key]]));
  await step(`change the protocol: ${others.join(", ")}`, () => place.changeProtocol(file.study, patch));
}

/** As it is stored: what is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

async function load(
  place: StudyPlace,
  { file, files, dryRun }: ApplyRequest,
  isThere: boolean,
): Promise<LoadReport | null> {
  const found = await findFiles(files);
  if (files.length === 0 || !isThere) return null;
  return place.load(file.study, found, dryRun);
}
