import { type Context, now } from "../context.ts";
import type { PromptSetUsed } from "../contract/prompt-sets.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { LoadRunning, LoadTakenOver } from "./errors.ts";

/** A load without a sign of life for so long is dead: its process was killed, or its machine is gone. */
const DEAD_AFTER_MS = 15_000;

/**
 * Whether a load that gave its last sign of life then is alive now. A sign from further ahead than a load can be silent
 * is of a clock that was set back since, and says nothing of the present.
 */
export const isAlive = (context: Pick<Context, "clock">, sign: string): boolean =>
  Math.abs(context.clock().getTime() - Date.parse(sign)) < DEAD_AFTER_MS;

export interface LoadStart {
  readonly studyId: number;
  readonly file: string;
  readonly contentHash: string;
  readonly promptSet?: PromptSetUsed | undefined;
}

const keepAlive = statement<{ id: number; last: string; at: string }, { id: number }>((db, param) =>
  db
    .updateTable("load")
    .set({ heartbeat_at: param("at") })
    .where("id", "=", param("id"))
    .where("state", "=", "running")
    .where("heartbeat_at", "=", param("last"))
    .returning("id"),
);

/** A running load. Every transaction on its behalf shows first that it is still this process's. */
export class LoadRun {
  readonly #context: Context;
  readonly id: number;
  readonly studyId: number;
  readonly file: string;
  #heartbeat: string;

  constructor(context: Context, row: { id: number; studyId: number; file: string; heartbeat: string }) {
    this.#context = context;
    this.id = row.id;
    this.studyId = row.studyId;
    this.file = row.file;
    this.#heartbeat = row.heartbeat;
  }

  /** @throws LoadTakenOver where this load was taken for dead. */
  async transact<T>(use: (tx: Transaction, at: string) => Promise<T>): Promise<T> {
    const at = now(this.#context);
    const result = await this.#context.database.transact(async (tx) => {
      const alive = await tx.run(keepAlive, { id: this.id, last: this.#heartbeat, at });
      if (alive.length === 0) throw new LoadTakenOver(this.file);
      return use(tx, at);
    });
    this.#heartbeat = at;
    return result;
  }
}

/**
 * What becomes of a running load that is not published now. `held`: its rows wait to be published with those of the call's
 * other files. Else its rows are deleted by then.
 */
export type LoadEnd =
  | { readonly state: "held" }
  | { readonly state: "gone" }
  | { readonly state: "failed"; readonly report: string | null };

/** Ends the load of one file and begins that of the next, at once, so that no other call comes in between. */
export async function nextLoad(
  context: Context,
  run: LoadRun,
  { end, start }: { end: LoadEnd; start: LoadStart },
): Promise<LoadRun> {
  return run.transact(async (tx) => {
    await endLoad(tx, run.id, end);
    return insertLoad(context, tx, start);
  });
}

export async function endLoad({ db }: Transaction, id: number, end: LoadEnd): Promise<void> {
  if (end.state === "gone") return void (await db.deleteFrom("load").where("id", "=", id).execute());
  if (end.state === "held")
    return void (await db.updateTable("load").set({ state: "held" }).where("id", "=", id).execute());
  const { report } = end;
  await db
    .updateTable("load")
    .set((column) => ({ state: "failed", report, ended_at: column.ref("heartbeat_at") }))
    .where("id", "=", id)
    .execute();
}

/**
 * Begins a load: one at a time in a study.
 * @returns the new load; or, where a dead one stands in the way, that one, for the caller to clear away first
 * @throws LoadRunning where another load is alive
 */
export async function claimLoad(
  context: Context,
  start: LoadStart,
): Promise<{ run: LoadRun; isDead: boolean }> {
  try {
    return await context.database.transact((tx) => claim(context, tx, start));
  } catch (error) {
    if (context.database.dialect.isUniqueViolation(error)) throw new LoadRunning("Another file");
    throw error;
  }
}

async function claim(context: Context, tx: Transaction, start: LoadStart) {
  const { studyId } = start;
  const at = now(context);
  const running = await tx.db
    .selectFrom("load")
    .select(["id", "file_name", "heartbeat_at"])
    .where("study_id", "=", studyId)
    .where("state", "=", "running")
    .executeTakeFirst();
  if (running) {
    if (isAlive(context, running.heartbeat_at)) throw new LoadRunning(running.file_name);
    const taken = await tx.run(keepAlive, { id: running.id, last: running.heartbeat_at, at });
    if (taken.length === 0) throw new LoadRunning(running.file_name);
    const row = { id: running.id, studyId, file: running.file_name, heartbeat: at };
    return { run: new LoadRun(context, row), isDead: true };
  }
  return { run: await insertLoad(context, tx, start), isDead: false };
}

async function insertLoad(
  context: Context,
  tx: Transaction,
  { studyId, file, contentHash, promptSet }: LoadStart,
): Promise<LoadRun> {
  const at = now(context);
  const { id } = await tx.db
    .insertInto("load")
    .values({
      study_id: studyId,
      state: "running",
      file_name: file,
      content_hash: contentHash,
      prompt_set: promptSet === undefined ? null : JSON.stringify(promptSet),
      report: null,
      started_at: at,
      heartbeat_at: at,
      ended_at: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return new LoadRun(context, { id, studyId, file, heartbeat: at });
}
