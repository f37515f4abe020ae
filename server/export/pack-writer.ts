import { Worker } from "node:worker_threads";
import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { type PackOrder, writePackArchive } from "./pack-archive.ts";
import type { PackAnswer } from "./pack-worker.ts";

/** Writes replication packs as archives. @throws StudyNotFound, ExportWrong */
export type PackWriter = (order: PackOrder) => Promise<void>;

/** Writes packs in this thread. */
export const packsHere =
  (context: Pick<Context, "database">): PackWriter =>
  (order) =>
    writePackArchive(context, order);

/** Writes packs one after another, each in a thread with a database connection of its own: nobody who judges waits for one. */
export function packsInThread(database: { readonly url: string }): PackWriter {
  let last: Promise<unknown> = Promise.resolve();
  return (order) => {
    const written = last.then(() => inThread(database.url, order));
    last = written.catch(() => undefined);
    return written;
  };
}

async function inThread(url: string, order: PackOrder): Promise<void> {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "./pack-worker-from-source.mjs" : "./pack-worker.js";
  const thread = new Worker(new URL(file, import.meta.url), { workerData: { url, order }, execArgv: [] });
  thread.unref(); // a server that stops waits for no pack
  const answer = await new Promise<PackAnswer>((resolve, reject) => {
    thread.on("message", resolve);
    thread.on("error", reject);
    thread.on("exit", () => reject(new Error("The thread that writes a pack ended.")));
  }).finally(() => thread.terminate());
  if (answer === "written") return;
  if ("failed" in answer) throw new Error(answer.failed);
  const { name, status, message } = answer.refused;
  throw new TiebreakError(name, status, message);
}
