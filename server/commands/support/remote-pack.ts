import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { intoNewFolder, packSummary } from "../../export/pack.ts";
import type { ExportedFile, ExportSummary } from "../../export/summary.ts";
import { memberBytes, membersOf } from "../../loading/reading/archives.ts";
import { makeFolders } from "../../storage/make-folders.ts";
import { type RemoteServer, studyPath } from "./remote-server.ts";

interface RemotePack {
  readonly study: string;
  readonly out: string;
  readonly withMessages: boolean;
  readonly withNotes: boolean;
}

/** Unpacks a replication pack that a server writes into a new folder. @throws TiebreakError */
export async function packRemotely(
  server: RemoteServer,
  { study, out, withMessages, withNotes }: RemotePack,
): Promise<ExportSummary> {
  const downloaded = await fs.promises.mkdtemp(path.join(os.tmpdir(), "tiebreak-pack-"));
  try {
    return await intoNewFolder(out, async (folder) => {
      const archive = path.join(downloaded, "pack.tar.gz");
      const query = { withMessages: withMessages ? "1" : "0", withNotes: withNotes ? "1" : "0" };
      await server.write(studyPath(study, "pack"), { query, out: archive });
      return packSummary(study, await unpacked(archive, folder));
    });
  } finally {
    await fs.promises.rm(downloaded, { recursive: true, force: true });
  }
}

/** Writes the files of an archive into a folder, without the one folder that holds them there. */
async function unpacked(archive: string, folder: string): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  for (const { name } of await membersOf(archive)) {
    const inPack = name.split("/").slice(1).join("/");
    const file = path.join(folder, inPack);
    makeFolders(path.dirname(file));
    let lines = 0;
    const bytes = memberBytes(archive, name);
    await pipeline(bytes, counting, fs.createWriteStream(file));
    files.push({ path: inPack, rows: inPack.endsWith(".jsonl") ? lines : null });

    async function* counting(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        for (const byte of chunk) if (byte === LINE_END) lines++;
        yield chunk;
      }
    }
  }
  return files;
}

const LINE_END = 10;
