import { parentPort, workerData } from "node:worker_threads";
import { TiebreakError } from "../contract/errors.ts";
import { giveWay } from "../reports/low-priority.ts";
import { openDatabase } from "../storage/open.ts";
import { type PackOrder, writePackArchive } from "./pack-archive.ts";

/** What the thread that writes a pack sends at its end. `refused`: an error for whoever asked. */
export type PackAnswer =
  { refused: { name: string; status: number; message: string } } | { failed: string } | "written";

const port = parentPort;
if (port === null) throw new Error("The pack worker runs as a worker thread only.");

giveWay(); // to the thread that takes judgments
const { url, order } = workerData as { url: string; order: PackOrder };
const database = openDatabase(url);
const answer = await writePackArchive({ database }, order).then(
  (): PackAnswer => "written",
  (error: unknown): PackAnswer => {
    if (!(error instanceof TiebreakError)) return { failed: String((error as Error).stack ?? error) };
    const { name, status, message } = error;
    return { refused: { name, status, message } };
  },
);
await database.close();
port.postMessage(answer);
