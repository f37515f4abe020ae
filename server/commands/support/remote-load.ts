import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { LeftOut, LoadReport } from "../../contract/loading.ts";
import type { UploadRun, Uploads, UploadSettings } from "../../contract/uploads.ts";
import type { FileToLoad } from "../../loading/file-to-load.ts";
import { insideArchive } from "../../loading/reading/archives.ts";
import { fieldMapText } from "../../loading/reading/field-map.ts";
import { withProgress } from "./progress-line.ts";
import { type RemoteServer, ServerWrong, studyPath } from "./remote-server.ts";

interface RemoteLoad {
  readonly study: string;
  /** The files, found, and those of their folders and archives that hold no rows. */
  readonly files: readonly FileToLoad[];
  readonly leftOut: readonly LeftOut[];
  readonly dryRun: boolean;
  readonly skipBad: boolean;
  readonly yes: boolean;
  readonly reason?: string | undefined;
}

const LOOK_AGAIN_MS = 300;

/**
 * Uploads files to a server, which then loads all of them or none, as on a database; what is not loaded does not stay there.
 * @throws ServerWrong where files of these names wait on the server already, or one member of an archive is meant
 */
export async function loadRemotely(server: RemoteServer, request: RemoteLoad): Promise<LoadReport> {
  const { study, leftOut } = request;
  const uploads = wholeFiles(request.files);
  const names = uploads.map(({ name }) => name);
  await requireFree(server, study, names);
  try {
    for (const { path, name } of uploads) {
      const body = await fs.openAsBlob(path);
      await server.json(studyPath(study, "uploads"), { method: "POST", body, query: { name } });
    }
    await setAll(server, study, uploads);
    const { dryRun, skipBad, yes, reason } = request;
    const what = dryRun ? "check" : "load";
    await server.post(studyPath(study, "uploads", "run"), { what, skipBad, yes, names, reason });
    const report = await reportOf(server, study);
    const others = leftOut.filter(({ file }) => !report.leftOut.some((one) => one.file === file));
    return { ...report, leftOut: [...others, ...report.leftOut] };
  } finally {
    await remove(server, study, names);
  }
}

interface Uploaded {
  readonly path: string;
  readonly name: string;
  readonly settings: UploadSettings;
}

/** The files as they are on this disk: an archive is sent once, whole, and unpacked there. */
function wholeFiles(files: readonly FileToLoad[]): Uploaded[] {
  const found = new Map<string, Uploaded>();
  for (const { path, options, isFound = false } of files) {
    const inside = insideArchive(path);
    if (inside !== null && !isFound)
      throw new ServerWrong(`${path}: with --server, name the whole archive, or unpack it first.`);
    const name = inside === null ? options.fileName : options.fileName.slice(0, -inside.member.length - 1);
    if (found.has(name) && inside === null)
      throw new ServerWrong(`${name} is named twice. With --server, load it in two commands.`);
    found.set(name, { path: inside?.archive ?? path, name, settings: settingsOf(options, !isFound) });
  }
  return [...found.values()];
}

function settingsOf(options: FileToLoad["options"], isNamed: boolean): UploadSettings {
  const { system, annotator, near = false, encoding = null, format, group, recipe, map } = options;
  return {
    ...(system !== null && { system }),
    ...{ annotator, near, encoding, format, recipe: recipe?.text ?? null },
    group: group === null ? null : [group.name, group.kind].filter((part) => part !== null).join(":"),
    ...{ map: fieldMapText(map), isNamed },
  };
}

const waiting = (server: RemoteServer, study: string) => server.json<Uploads>(studyPath(study, "uploads"));

async function requireFree(server: RemoteServer, study: string, names: readonly string[]): Promise<void> {
  const { files } = await waiting(server, study);
  const there = files.find(({ name }) => names.includes(name));
  if (there)
    throw new ServerWrong(
      `A file ${there.name} waits in the setup of ${study} on the server. Load or remove it there first.`,
    );
}

async function setAll(server: RemoteServer, study: string, uploads: readonly Uploaded[]): Promise<void> {
  const { files } = await waiting(server, study);
  for (const { name, settings } of uploads) {
    const ids = files.flatMap((file) => (file.name === name ? [file.id] : []));
    await server.patch(studyPath(study, "uploads"), { files: ids, settings });
  }
}

async function reportOf(server: RemoteServer, study: string): Promise<LoadReport> {
  const { report, message } = await withProgress<UploadRun>(async (line) => {
    for (;;) {
      const { run } = await waiting(server, study);
      if (run?.state !== "running") return run!;
      if (run.at) line.show({ what: run.at.file, done: run.at.rows, of: null, unit: "rows" });
      await pause(LOOK_AGAIN_MS);
    }
  });
  if (report === null) throw new ServerWrong(message ?? "The server stopped before the files were loaded.");
  return report;
}

async function remove(server: RemoteServer, study: string, names: readonly string[]): Promise<void> {
  const { files } = await waiting(server, study);
  const left = files.flatMap(({ id, name }) => (names.includes(name) ? [id] : []));
  if (left.length > 0) await server.post(studyPath(study, "uploads", "remove"), { files: left });
}
