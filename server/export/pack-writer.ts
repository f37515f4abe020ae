import { Worker } from "node:worker_threads";
import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { type PackOrder, writePackArchive } from "./pack-archive.ts";
import type { PackAnswer } from "./pack-worker.ts";

/**
 * Writes replication packs as archives, until nobody waits for one any more.
 * @throws StudyNotFound, ExportWrong, PacksBusy, and the signal's reason once it is aborted
 */
export type PackWriter = (order: PackOrder, gone: AbortSignal) => Promise<void>;

/** As many packs wait for their turn as may. */
export class PacksBusy extends TiebreakError {
  constructor() {
    super("PacksBusy", 429, "Several packs are being written already. Try again in a minute.");
  }
}

/** Besides the one that is being written, so many wait at most. */
const WAITING_MOST = 3;

/** Writes packs in this thread. */
export const packsHere =
  (context: Pick<Context, "database">): PackWriter =>
  (order) =>
    writePackArchive(context, order);

/**
 * Writes packs one after another, each in a thread with a database connection of its own: nobody who judges waits for one. One
 * that nobody waits for any more is not begun, or stopped.
 */
export function packsInThread(database: { readonly url: string }): PackWriter {
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;
  return async (order, gone) => {
    if (asked > WAITING_MOST) throw new PacksBusy();
    asked++;
    let isHeld = true;
    const leave = () => {
      if (isHeld) asked--;
      isHeld = false;
    };
    gone.addEventListener("abort", leave, { once: true }); // its turn may be long in coming
    const written = last
      .then(() => {
        gone.throwIfAborted();
        return inThread(database.url, { order, gone });
      })
      .finally(leave);
    last = written.catch(() => undefined);
    return written;
  };
}

async function inThread(
  url: string,
  { order, gone }: { order: PackOrder; gone: AbortSignal },
): Promise<void> {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "./pack-worker-from-source.mjs" : "./pack-worker.js";
  const thread = new Worker(new URL(file, import.meta.url), { workerData: { url, order }, execArgv: [] });
  thread.unref(); // a server that stops waits for no pack
  const answer = await new Promise<PackAnswer>((resolve, reject) => {
    thread.on("message", resolve);
    thread.on("error", reject);
    thread.on("exit", () => reject(new Error("The thread that writes a pack ended.")));
    gone.addEventListener("abort", () => reject(gone.reason as Error));
  }).finally(() => thread.terminate());
  if (answer === "written") return;
  if ("failed" in answer) throw new Error(answer.failed);
  const { name, status, message } = answer.refused;
  throw new TiebreakError(name, status, message);
}
