import { createHash } from "node:crypto";
import fs from "node:fs";
import type { Context } from "../context.ts";
import type { LoadReport } from "../contract/loading.ts";
import { currentProtocol, requireStudy, systemsOf } from "../studies/store.ts";
import { nameFiles } from "./file-names.ts";
import { type LoadRequest, loadSources } from "./load-sources.ts";
import { type FileOptions, NAMED_BY_FOLDER, systemOfFolder } from "./reading/options.ts";
import { readFile, tellFormat } from "./reading/read-file.ts";
import type { LoadSource } from "./source.ts";

export interface FileToLoad {
  readonly path: string;
  /** `fileName`: its path, as the researcher typed it. */
  readonly options: Omit<FileOptions, "knownSystems" | "folderSystem" | "wideColumns">;
}

/**
 * Loads files of any of the formats into a study: the same for the command line and the API.
 * @throws StudyNotFound, LoadRunning
 */
export async function loadFiles(
  context: Context,
  request: Omit<LoadRequest, "sources"> & { files: readonly FileToLoad[] },
): Promise<LoadReport> {
  const knownSystems = await systemsNamed(context, request.study);
  const sources: LoadSource[] = [];
  const names = nameFiles(request.files.map(({ options }) => options.fileName));
  for (const [i, { path, options }] of request.files.entries()) {
    const { name = path, folderSystem = null } = names[i] ?? {};
    sources.push(await sourceOf({ path, name, options: { ...options, knownSystems, folderSystem } }));
  }
  return loadSources(context, { ...request, sources });
}

/** The systems that the study has or that its protocol names. */
async function systemsNamed(context: Context, name: string): Promise<string[]> {
  return context.database.read(async (reader) => {
    const study = await requireStudy(reader, name);
    const loaded = (await systemsOf(reader, study.id)).map((system) => system.name);
    const { pairs } = (await currentProtocol(reader, study.id)).protocol;
    return [...new Set([...loaded, ...(pairs === "all" ? [] : [pairs.target, ...pairs.baselines])])];
  });
}

async function sourceOf(file: { path: string; name: string; options: FileOptions }): Promise<LoadSource> {
  const { path, name, options } = file;
  const format = await tellFormat(path, options);
  const folder = NAMED_BY_FOLDER.has(format ?? "") ? systemOfFolder(options) : (options.folderSystem ?? null);
  return {
    name,
    format,
    contentHash: await hashOf(path),
    bytes: fs.statSync(path).size,
    near: options.near ?? false,
    folderSystem: options.system === null && !options.map.has("system") ? folder : null,
    read: () => readFile(path, options),
  };
}

async function hashOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of fs.createReadStream(path) as AsyncIterable<Buffer>) digest.update(chunk);
  return digest.digest("hex");
}
