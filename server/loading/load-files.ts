import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import type { LeftOut, LoadReport } from "../contract/loading.ts";
import { currentProtocol, requireStudy, systemsOf } from "../studies/store.ts";
import type { FileToLoad } from "./file-to-load.ts";
import { nameFiles } from "./file-names.ts";
import { type LoadRequest, loadSources } from "./load-sources.ts";
import { bytesOf } from "./reading/bytes.ts";
import { type FileOptions, NAMED_BY_FOLDER, systemOfFolder } from "./reading/options.ts";
import { notesOn } from "./reading/file-notes.ts";
import { fileProblem } from "./reading/records.ts";
import { readFile, tellFile } from "./reading/read-file.ts";
import { Unreadable } from "./reading/unreadable.ts";
import type { LoadSource } from "./source.ts";

/** Files that are loaded together; `leftOut`: what was found with them and is only reported. */
type FilesRequest = Omit<LoadRequest, "sources"> & {
  readonly files: readonly FileToLoad[];
  readonly leftOut?: readonly LeftOut[];
};

/**
 * Loads files of any of the formats into a study: the same for the command line and the API.
 * @throws StudyNotFound, LoadRunning
 */
export async function loadFiles(
  context: Context,
  { files, leftOut = [], ...request }: FilesRequest,
): Promise<LoadReport> {
  const knownSystems = await systemsNamed(context, request.study);
  const sources: LoadSource[] = [];
  for (const { path, name, folderSystem, options, damaged } of nameFiles(files)) {
    if (damaged !== undefined) sources.push(damagedSource(name, damaged));
    else sources.push(await sourceOf({ path, name, options: { ...options, knownSystems, folderSystem } }));
  }
  const whole = (report: LoadReport): LoadReport => ({ ...report, leftOut: [...leftOut] });
  const onReady = (report: LoadReport) => request.onReady?.(whole(report));
  return whole(await loadSources(context, { ...request, sources, onReady }));
}

/** The systems that the study has or that its protocol names. */
export async function systemsNamed(context: Context, name: string): Promise<string[]> {
  return context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const loaded = (await systemsOf(reader, study.id)).map((system) => system.name);
    const { pairs } = (await currentProtocol(reader, study.id)).protocol;
    return [...new Set([...loaded, ...(pairs === "all" ? [] : [pairs.target, ...pairs.baselines])])];
  });
}

async function sourceOf(file: { path: string; name: string; options: FileOptions }): Promise<LoadSource> {
  const { path, name, options } = file;
  const { format, columns } = await tellFile(path, options);
  const folder = NAMED_BY_FOLDER.has(format ?? "") ? systemOfFolder(options) : (options.folderSystem ?? null);
  return {
    name,
    format,
    columns,
    contentHash: await hashOf(path),
    near: options.near ?? false,
    remarks: await notesOn(path, options),
    folderSystem: options.system === null && !options.map.has("system") ? folder : null,
    read: (howFar) => readFile(path, options, howFar),
  };
}

/** An archive that cannot be opened: it is refused, and the files beside it are read nevertheless. */
const damagedSource = (name: string, message: string): LoadSource => ({
  ...{ name, format: null, contentHash: "", isUnknown: true },
  read: async function* () {
    yield [{ problem: fileProblem("FileDamaged", message) }];
  },
});

async function hashOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  try {
    for await (const chunk of bytesOf(path, { encoding: null })) digest.update(chunk);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error; // it is refused when it is read
  }
  return digest.digest("hex");
}
