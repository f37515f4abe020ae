import { sql } from "kysely";
import { type Context, now } from "../context.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { Transaction } from "../storage/database.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { amendByMaterial, planMaterial } from "../studies/amendments/more-material.ts";
import { allotNew } from "./allot-new.ts";
import { LoadTakenOver } from "./errors.ts";
import { isAlive } from "./load-run.ts";
import { Remarks } from "./remarks.ts";
import { Known, Outcome, type Scope } from "./storing/scope.ts";
import { storeResponses } from "./storing/responses.ts";
import { isBlank, textOf } from "./text.ts";

export interface ArrivalsWanted {
  readonly study: { readonly id: number; readonly name: string };
  /** What researchers see in place of a file's name; one at a time of each in a study. */
  readonly name: string;
  readonly by: string;
  /** Why an opened study gets more to judge. */
  readonly reason: string | null;
}

/** One output that is there. */
interface Arrival {
  readonly prompt: { readonly id: number; readonly name: string };
  readonly system: string;
  readonly turns: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Begins a load of outputs that come one by one. It is published from its beginning, so that each is seen, and safe, as
 * soon as it is stored; comparisons and slots follow when it is closed. One that stands open without a sign of life for
 * 15 seconds is closed first.
 * @returns the load; or when the one that stands open gave its last sign of life
 */
export async function openArrivals(
  context: Context,
  wanted: ArrivalsWanted,
): Promise<Arrivals | { readonly aliveAt: string }> {
  const { study, name } = wanted;
  return context.database.transact(async (tx) => {
    const row = tx.db.selectFrom("study").select("id").where("id", "=", study.id);
    await tx.dialect.lockRows(row).executeTakeFirstOrThrow(); // two who come at once come one after the other
    const open = await tx.db
      .selectFrom("load")
      .select(["id", "heartbeat_at as at"])
      .where("study_id", "=", study.id)
      .where("file_name", "=", name)
      .where("state", "=", "published")
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (open && isAlive(context, open.at)) return { aliveAt: open.at };
    if (open) await close(tx, wanted, { ...open, warnings: new Remarks() });
    const at = now(context);
    const { id } = await tx.db
      .insertInto("load")
      .values({
        ...{ study_id: study.id, state: "published", file_name: name, content_hash: name, report: null },
        ...{ started_at: at, heartbeat_at: at, ended_at: null },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return new Arrivals(context, wanted, { id, left: open?.id ?? null });
  });
}

/** Of a response `r`: whether somebody may have read it, as whoever was assigned a pair with it, or masked it in a blinding audit. */
export const wasShown = sql<boolean>`(exists (select 1 from assignment a join comparison c on c.id = a.comparison_id
  where c.prompt_id = r.prompt_id and (c.low_system_id = r.system_id or c.high_system_id = r.system_id))
  or exists (select 1 from masked_response m where m.response_id = r.id))`;

/** A load whose rows come one by one. */
export class Arrivals {
  /** What is to be told of single outputs; kept with the load. */
  readonly warnings = new Remarks();
  #row = 0;
  #hasMore: boolean;
  #isTakenOver = false;

  constructor(
    readonly context: Context,
    readonly wanted: ArrivalsWanted,
    /** `left`: the load that one before it left open. */
    readonly load: { readonly id: number; readonly left: number | null },
  ) {
    this.#hasMore = load.left !== null;
  }

  /** Stores an output by the rules of every load. @returns false where another one has come meanwhile, which stays */
  async store({ prompt, system, turns, metadata }: Arrival): Promise<boolean> {
    const { context, wanted, load } = this;
    const row = ++this.#row;
    const claim = { row, prompt: 0, system, text: textOf(turns), metadata: JSON.stringify(metadata) };
    const stood = await context.database.transact(async (tx) => {
      const about = { studyId: wanted.study.id, loadId: load.id, file: wanted.name, at: now(context) };
      const more = { origin: "loaded", known: new Known(), outcome: new Outcome() } as const;
      const scope: Scope = { tx, context, ...about, ...more, explainErrors: false, near: null };
      const [stands] = await storeResponses(scope, [claim], [{ ...prompt, hash: null }]);
      return stands === "current";
    });
    this.#hasMore ||= stood;
    return stood;
  }

  /** Puts an output in the place of one that nobody was shown. @returns false where somebody was, meanwhile: that one stays */
  async replace({ prompt, system, turns, metadata }: Arrival): Promise<boolean> {
    const { context, wanted, load } = this;
    const { json, hash } = textOf(turns);
    const row = ++this.#row;
    return context.database.transact(async (tx) => {
      await lockStudy(tx, wanted.study.id);
      const { numUpdatedRows } = await tx.db
        .updateTable("response as r")
        .set({ turns: json, turn_count: turns.length, content_hash: hash, blank: isBlank(turns) ? 1 : 0 })
        .set({ metadata: JSON.stringify(metadata), load_id: load.id, load_row: row })
        .where("prompt_id", "=", prompt.id)
        .where("system_id", "=", (e) =>
          e
            .selectFrom("system")
            .select("id")
            .where("study_id", "=", wanted.study.id)
            .where("name", "=", system),
        )
        .where(sql<boolean>`not ${wasShown}`)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
  }

  /** Gives a sign of life. @throws LoadTakenOver where it gave none for so long that another took its place */
  async beat(): Promise<void> {
    const { context, load, wanted } = this;
    const rows = await context.database.transact(({ db }) =>
      db
        .updateTable("load")
        .set({ heartbeat_at: now(context) })
        .where("id", "=", load.id)
        .where("ended_at", "is", null)
        .returning("id")
        .execute(),
    );
    if (rows.length > 0) return;
    this.#isTakenOver = true;
    throw new LoadTakenOver(wanted.name);
  }

  /** Closes the load; a study that hands out work gets comparisons and slots for what is new. */
  async close(): Promise<void> {
    const { context, wanted, load, warnings } = this;
    if (this.#isTakenOver) return; // whoever took its place has closed it
    const at = now(context);
    const loads = [load.id, ...(load.left === null ? [] : [load.left])];
    for (;;) {
      const material = await context.database.read((reader) =>
        planMaterial(reader, { study: wanted.study.name, loads: this.#hasMore ? loads : [] }),
      );
      const isAsPlanned = await context.database.transact(async (tx) => {
        if (!(await amendByMaterial(context, tx, { material, reason: wanted.reason, by: wanted.by })))
          return false;
        await close(tx, wanted, { id: load.id, at, warnings });
        return true;
      });
      if (isAsPlanned) break;
    }
    if (this.#hasMore) await allotNew(context, wanted.study.id);
  }
}

/** Ends a load at a moment, and writes down what it brought; one that brought nothing and has nothing to tell goes. */
async function close(
  tx: Transaction,
  { study, name, by }: ArrivalsWanted,
  { id, at, warnings }: { id: number; at: string; warnings: Remarks },
): Promise<void> {
  const { responses } = await tx.db
    .selectFrom("response")
    .select((e) => e.fn.countAll<number>().as("responses"))
    .where("load_id", "=", id)
    .executeTakeFirstOrThrow();
  if (responses === 0 && warnings.count === 0)
    return void (await tx.db.deleteFrom("load").where("id", "=", id).execute());
  const report = JSON.stringify(
    reportOf({ study: study.name, name, responses: Number(responses), warnings }),
  );
  await tx.db
    .updateTable("load")
    .set({ report, ended_at: at, heartbeat_at: at })
    .where("id", "=", id)
    .execute();
  if (responses === 0) return;
  const detail = { load: id, file: name, prompts: 0, responses: Number(responses), judgments: 0 };
  const change = { study_id: study.id, kind: "load", detail: JSON.stringify(detail) };
  await tx.db
    .insertInto("study_change")
    .values({ ...change, by_whom: by, changed_at: at })
    .execute();
}

function reportOf(of: { study: string; name: string; responses: number; warnings: Remarks }): LoadReport {
  const none = () => ({ read: 0, new: 0, unchanged: 0 });
  const responses = { read: of.responses, new: of.responses, unchanged: 0 };
  const rest = {
    prompts: none(),
    judgments: none(),
    answers: none(),
    repeats: 0,
    leftOut: 0,
    verdicts: null,
    judgedBy: [],
    outputs: [],
    columns: [],
    kept: [],
  };
  const file = { file: of.name, format: null, outcome: "published", rows: of.responses } as const;
  return {
    ...{ study: of.study, dryRun: false, done: true, files: [{ ...file, responses, ...rest }] },
    leftOut: [],
    ...{ errors: new Remarks().toJson(), warnings: of.warnings.toJson() },
    shown: [],
  };
}
