import fs from "node:fs";
import path from "node:path";
import type { LoadReport } from "../../contract/loading.ts";
import { reportText } from "../../loading/report-text.ts";
import { print } from "./run.ts";
import { type RemoteServer, ServerWrong, studyPath } from "./remote-server.ts";

/** The options of `load` that a server takes, as they were typed. */
interface RemoteLoadFlags {
  readonly format?: string;
  readonly recipe?: string;
  readonly map?: string;
  readonly system?: string;
  readonly group?: string;
  readonly annotator?: string;
  readonly encoding?: string;
  readonly near?: boolean;
  readonly skipBad?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * Sends files to a server one by one, each with a map of its own after its name, and prints what each brought.
 * @returns whether all were loaded; nothing after a refused one is sent
 */
export async function loadRemotely(
  server: RemoteServer,
  { study, files, flags }: { study: string; files: readonly string[]; flags: RemoteLoadFlags },
): Promise<boolean> {
  const { format, recipe, system, group, annotator, encoding } = flags;
  const options = { format, recipe, system, group, annotator, encoding };
  const ticks = { near: flags.near, skipBad: flags.skipBad, dryRun: flags.dryRun, yes: flags.yes };
  const ticked = Object.fromEntries(Object.entries(ticks).map(([name, is]) => [name, is ? "1" : "0"]));
  for (const { file, map } of files.map(fileAndMap)) {
    const maps = [flags.map, map].filter((one) => one !== undefined && one !== "").join(",");
    const query = { ...options, ...ticked, name: path.basename(file), map: maps };
    const call = { method: "POST", body: await fs.openAsBlob(file), query } as const;
    const report = await server.json<LoadReport>(studyPath(study, "files"), call, [422]);
    print(flags.json ? JSON.stringify(report) : reportText(report));
    if (!report.done) return false;
  }
  return true;
}

/** `answers.csv:output=text` is the file `answers.csv` with a map. @throws ServerWrong where there is no such file */
function fileAndMap(argument: string): { file: string; map: string } {
  const colons = [...argument.matchAll(/:/g)].map(({ index }) => index).reverse();
  for (const end of [argument.length, ...colons]) {
    const file = argument.slice(0, end);
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      return { file, map: argument.slice(end + 1) };
  }
  throw new ServerWrong(
    `“${argument}” is no file. With --server, name files, archives included, and no folders.`,
  );
}
