import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { HowFar } from "./how-far.ts";
import type { ParquetOrder, ParquetReply } from "./parquet-worker.ts";
import type { RawRow } from "./raw-row.ts";
import { Unreadable } from "./unreadable.ts";

/** No page of a sound file takes as long to read, on any machine. */
const PATIENCE_MS = 30_000;

/** The thread that has read a file to its end waits here for the next one. */
let spare: Worker | null = null;

/**
 * The rows of a Parquet file, one row group after the other. Whole numbers that JavaScript cannot hold come as text, times in
 * ISO 8601, and bytes that are no text as a note of their length. A few damaged bytes can keep the decoder busy for ever, so it
 * runs in a thread of its own, which is ended when it reads nothing for `patienceMs` milliseconds.
 * @throws Unreadable where it is damaged, encrypted, or has row groups of more than 1 GB
 */
export async function* parquetRows(
  path: string,
  howFar?: HowFar,
  patienceMs = PATIENCE_MS,
): AsyncGenerator<RawRow[]> {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = spare ?? startThread();
  spare = null;
  thread.ref();
  const watch = watchOver(beats, patienceMs);
  let hasEnded = false;
  try {
    thread.postMessage({ path, beats } satisfies ParquetOrder);
    const replies = on(thread, "message", { signal: watch.signal, close: ["exit"] });
    for await (const [reply] of replies as AsyncIterable<[ParquetReply]>) {
      hasEnded = reply === null || "message" in reply;
      if (reply === null) return;
      if ("message" in reply) throw new Unreadable(reply.name, reply.message);
      thread.postMessage("next"); // which it reads while these rows are used
      if (howFar) howFar.share = reply.share;
      watch.rest();
      yield reply.rows;
      watch.resume();
    }
    throw new Error("The thread that reads Parquet ended.");
  } catch (error) {
    throw reasonOf(error, watch.signal.aborted);
  } finally {
    watch.end();
    if (hasEnded && spare === null) (spare = thread).unref();
    else await thread.terminate();
  }
}

function startThread(): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "./parquet-worker-from-source.mjs" : "./parquet-worker.js";
  return new Worker(new URL(file, import.meta.url), { execArgv: [] });
}

/** Aborts its signal where the beats have begun and then stand still for all of one interval, unless it rests. */
function watchOver(beats: Int32Array, patienceMs: number) {
  const stuck = new AbortController();
  let before: number | null = null;
  let isResting = false;
  const timer = setInterval(() => {
    const now = Atomics.load(beats, 0);
    if (!isResting && now > 0 && now === before) stuck.abort();
    before = isResting ? null : now;
  }, patienceMs);
  return {
    signal: stuck.signal,
    rest: () => {
      isResting = true;
    },
    resume: () => {
      isResting = false;
      before = null;
    },
    end: () => clearInterval(timer),
  };
}

function reasonOf(error: unknown, isStuck: boolean): unknown {
  const isFull = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  if (!isStuck && !isFull) return error;
  const why = isFull ? "takes more memory than there is" : "does not come to an end";
  return new Unreadable(
    "FileDamaged",
    `The Parquet file cannot be read: decoding it ${why}. It is probably damaged; fetch or write it again.`,
  );
}
